using System.Text;
using System.Text.Json.Nodes;
using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Tests.Kit;
using LoanRelief.Web.Tests.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace LoanRelief.Web.Tests.Endpoints;

/// <summary>A host that has no routing of ours, such as a function for each endpoint, takes what answers by name.</summary>
public sealed class WithoutHostTests
{
    [Fact]
    public async Task An_endpoint_answers_by_its_name()
    {
        var answered = await AskAsync("PutLoan", """{ "product": 3 }""", ("institution", "X"), ("loanNumber", "JJ-1"));
        Assert.Equal(400, answered.Status);
        var errors = answered.Json["errors"]!.AsArray().Select(error => (string)error!["field"]!).ToList();
        Assert.Contains("institution", errors);
        Assert.Contains("product", errors);
    }

    [Fact]
    public async Task What_goes_wrong_inside_leaves_as_a_problem_here_too()
    {
        var answered = await AskAsync("GetInstitution", null, ("institution", "a-bank"));
        Assert.Equal((500, "/problems/internal-error"), (answered.Status, (string?)answered.Json["type"]));
    }

    [Fact]
    public async Task The_document_is_the_same_in_every_host()
    {
        var answered = await AskAsync("GetOpenApi", null);
        Assert.Equal(200, answered.Status);
        Assert.Equal(
            ApiEndpoints.Routes.Select(route => route.Name).Order(),
            ApiContract.Read(answered.Json.ToJsonString()).Operations.Select(operation => operation.Id).Order());
    }

    [Fact]
    public void A_name_that_nobody_has_is_a_mistake_of_the_host()
    {
        using var services = Services();
        Assert.Throws<KeyNotFoundException>(() => services.GetRequiredService<ApiEndpoints>()["Coffee"]);
    }

    private static async Task<(int Status, JsonNode Json)> AskAsync(string name, string? body, params (string Name, string Value)[] route)
    {
        await using var services = Services();
        using var answer = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services };
        http.Response.Body = answer;
        foreach (var (parameter, value) in route)
            http.Request.RouteValues[parameter] = value;
        if (body is not null)
        {
            http.Request.ContentType = "application/json";
            http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        }

        await services.GetRequiredService<ApiEndpoints>()[name](http);
        return (http.Response.StatusCode, JsonNode.Parse(answer.ToArray())!);
    }

    private static ServiceProvider Services()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services
            .AddDesk(BusinessClock.Simulated(House.Start, speed: 0), CasePolicy.Default, BusinessCalendar.China)
            .AddSingleton<IEventChannel, FakeChannel>()
            .AddSingleton<ICaseSignal, NoSignal>()
            .AddLoanReliefWeb();
        BrokenStores.Use(builder.Services, new InvalidOperationException("no storage here"));
        return builder.Services.BuildServiceProvider();
    }

    private sealed class NoSignal : ICaseSignal
    {
        public void Changed(CaseId id, DateTimeOffset? dueAt)
        {
        }
    }
}
