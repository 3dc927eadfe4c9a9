using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Web.Tests.Kit;

/// <summary>Each test has a house of its own, and says in a line what a bank would do.</summary>
public abstract class HouseTests(Azurite azurite) : IAsyncLifetime
{
    protected const string Institution = "wencheng-rcb";
    protected const string Loan = "JJ2025-0001";
    protected const string Case = $"{Institution}~{Loan}~1";

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected Azurite Azurite => azurite;

    protected House House { get; private set; } = null!;

    public async ValueTask InitializeAsync() => House = await House.StartAsync(azurite);

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) => await SendAsync(HttpMethod.Get, path, null, headers);

    protected async Task<Reply> PutAsync(string path, JsonNode body, params (string Name, string Value)[] headers) =>
        await SendAsync(HttpMethod.Put, path, body.ToJsonString(), headers);

    protected async Task<Reply> PostAsync(string path, JsonNode body, params (string Name, string Value)[] headers) =>
        await SendAsync(HttpMethod.Post, path, body.ToJsonString(), headers);

    protected async Task<Reply> SendAsync(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        using var response = await House.Client.SendAsync(request, Cancellation);
        return await Reply.OfAsync(response);
    }

    /// <summary>An institution and a loan that matures on 2026-03-20.</summary>
    protected async Task HaveLoanAsync(string loan = Loan, Action<JsonObject>? change = null)
    {
        await HaveInstitutionAsync();
        var body = Bodies.Loan();
        change?.Invoke(body);
        (await PutAsync($"/api/institutions/{Institution}/loans/{loan}", body)).Is(HttpStatusCode.Created);
    }

    protected Task<Reply> HaveInstitutionAsync() => PutAsync($"/api/institutions/{Institution}", Bodies.Institution());

    protected async Task<JsonNode> HaveCaseAsync(string loan = Loan, Action<JsonObject>? change = null)
    {
        await HaveLoanAsync(loan, change);
        return (await OpenAsync(loan)).Is(HttpStatusCode.Accepted).Json;
    }

    protected Task<Reply> OpenAsync(string loan = Loan, params (string Name, string Value)[] headers) =>
        PostAsync($"/api/institutions/{Institution}/cases", new JsonObject { ["loanNumber"] = loan, ["by"] = "mgr-lin" }, headers);

    protected Task<Reply> ReportAsync(string fact, JsonObject body, params (string Name, string Value)[] headers) =>
        PostAsync($"/api/cases/{Case}/facts/{fact}", body, headers);

    /// <summary>The borrower was reached, and there is a recording of it.</summary>
    protected Task<Reply> ReportContactAsync() => ReportAsync("contact", Bodies.Contact());
}

/// <summary>An answer that has been read.</summary>
public sealed record Reply(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public static async Task<Reply> OfAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, headers, await response.Content.ReadAsStringAsync());
    }

    public Reply Is(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{(int)Status} instead of {(int)status}: {Text}");
        return this;
    }

    /// <summary>A problem of this kind, whole: type, title, status, content type.</summary>
    public Reply IsProblem(HttpStatusCode status, string slug)
    {
        Is(status);
        Assert.Equal("application/problem+json", Headers["Content-Type"].Split(';')[0]);
        Assert.Equal($"/problems/{slug}", (string?)Json["type"]);
        Assert.Equal((int)status, (int?)Json["status"]);
        Assert.NotEmpty((string)Json["title"]!);
        return this;
    }

    /// <summary>Its errors as <c>code@field</c>.</summary>
    public IEnumerable<string> Errors => Json["errors"]?.AsArray().Select(error => $"{error!["code"]}@{error["field"]}") ?? [];
}

/// <summary>What is sent.</summary>
internal static class Bodies
{
    public static JsonObject Institution() => Parse(
        """
        { "name": "文成农商银行", "kind": "bank", "webhook": { "url": "http://127.0.0.1:9/events", "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" } }
        """);

    public static JsonObject Loan() => Parse(
        """
        {
          "borrower": { "reference": "C-42", "name": "文成某食品有限公司", "kind": "smallOrMicroFirm", "industry": "食品制造", "district": "文成县" },
          "product": "workingCapital",
          "principal": 2000000.00,
          "outstanding": 2000000.00,
          "rate": 0.0435,
          "repaymentMethod": "interestThenPrincipal",
          "drawnOn": "2025-03-20",
          "maturity": "2026-03-20"
        }
        """);

    public static JsonObject LoanMaturing(string day)
    {
        var loan = Loan();
        loan["maturity"] = day;
        return loan;
    }

    public static JsonObject Contact() => Parse("""{ "by": "mgr-lin", "channel": "phone", "reached": true, "evidence": "rec-1" }""");

    public static JsonObject Intent(string kind = "renew") => new() { ["by"] = "mgr-lin", ["kind"] = kind };

    public static JsonObject Documents(params string[] received) => new() { ["by"] = "mgr-lin", ["received"] = JsonSerializer.SerializeToNode(received) };

    public static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
