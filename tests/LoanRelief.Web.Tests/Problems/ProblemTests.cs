using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using LoanRelief.Desk;
using LoanRelief.Testing;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Problems;

public sealed class ProblemTests(Azurite azurite) : HouseTests(azurite)
{
    public static TheoryData<string> Slugs => [.. ProblemKind.All.Select(kind => kind.Slug)];

    [Theory, MemberData(nameof(Slugs))]
    public async Task The_type_of_every_problem_can_be_fetched_and_explains_itself(string slug)
    {
        var explanation = (await GetAsync($"/problems/{slug}")).Is(HttpStatusCode.OK).Json;
        Assert.Equal($"/problems/{slug}", (string?)explanation["type"]);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", (string?)explanation["chinese"]!["explanation"]);
        Assert.EndsWith(".", (string?)explanation["english"]!["explanation"], StringComparison.Ordinal);
    }

    [Theory, InlineData("/nothing"), InlineData("/api"), InlineData("/problems/unheard-of"), InlineData("/api/cases/a/b/c"), InlineData("/problems")]
    public async Task Where_nothing_is_there_is_a_problem(string path)
    {
        var problem = (await GetAsync(path, ("Accept-Language", "zh"))).IsProblem(HttpStatusCode.NotFound, "no-such-resource");
        Assert.Equal(("资源不存在", path), ((string?)problem.Json["title"], (string?)problem.Json["instance"]));
    }

    [Fact]
    public async Task A_method_that_is_not_allowed_is_a_problem_that_names_those_that_are()
    {
        var problem = (await SendAsync(HttpMethod.Delete, $"/api/institutions/{Institution}", null)).IsProblem(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Equal("GET, PUT", problem.Headers["Allow"]);
    }

    [Fact]
    public async Task What_nobody_expected_is_told_without_details_and_logged_with_them()
    {
        await using var house = await BrokenAsync(new InvalidOperationException("the secret is 42"));
        using var response = await house.Client.GetAsync("/api/institutions", Cancellation);
        var problem = (await Reply.OfAsync(response)).IsProblem(HttpStatusCode.InternalServerError, "internal-error");
        Assert.DoesNotContain("secret", problem.Text, StringComparison.Ordinal);
        Assert.NotEmpty((string)problem.Json["traceId"]!);
        Assert.Contains("the secret is 42", house.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_that_can_not_be_reached_makes_the_program_unavailable_for_a_while()
    {
        await using var house = await BrokenAsync(new Azure.RequestFailedException("no route"));
        foreach (var path in new[] { "/api/health/ready", "/api/institutions", "/api/operations/clock" })
        {
            using var response = await house.Client.GetAsync(path, Cancellation);
            Assert.Equal("5", (await Reply.OfAsync(response)).IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable").Headers["Retry-After"]);
        }

        using var live = await house.Client.GetAsync("/api/health/live", Cancellation);
        (await Reply.OfAsync(live)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Too_many_at_one_case_are_asked_to_come_again()
    {
        await using var house = await BrokenAsync(new ConflictException("always somebody else"));
        using var response = await house.Client.GetAsync("/api/institutions", Cancellation);
        Assert.Equal("1", (await Reply.OfAsync(response)).IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable").Headers["Retry-After"]);
    }

    [Fact]
    public async Task Health_is_good_when_the_storage_answers()
    {
        (await GetAsync("/api/health/live")).Is(HttpStatusCode.OK);
        (await GetAsync("/api/health/ready")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_root_says_where_to_look()
    {
        var paths = (await GetAsync("/")).Is(HttpStatusCode.OK).Json.AsObject().Select(member => (string)member.Value!).Where(path => path.StartsWith('/')).ToList();
        Assert.True(paths.Count > 3);
        foreach (var path in paths)
            (await GetAsync(path)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_request_that_breaks_off_harms_nobody()
    {
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, House.Client.BaseAddress!.Port, Cancellation);
            await client.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"PUT /api/institutions/{Institution} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"), Cancellation);
        }

        (await GetAsync("/api/health/ready")).Is(HttpStatusCode.OK);
        Assert.DoesNotContain("Error:", House.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_and_bodies_are_not_logged()
    {
        await HaveCaseAsync(change: loan => loan["guarantors"] = new JsonArray(new JsonObject { ["reference"] = "G-1", ["name"] = "周大明" }));
        await ReportContactAsync();
        await PutAsync($"/api/institutions/{Institution}/loans/{Loan}", new JsonObject { ["borrower"] = "王小二" });
        Assert.NotEmpty(House.Log.Text);
        foreach (var name in new[] { "周大明", "文成某食品", "王小二", "rec-1" })
            Assert.DoesNotContain(name, House.Log.Text, StringComparison.Ordinal);
    }

    private Task<House> BrokenAsync(Exception failure) => House.StartAsync(Azurite, services => BrokenStores.Use(services, failure));
}
