using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LoanRelief.Desk;
using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Lists;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace LoanRelief.Web.Tests.OpenApi;

/// <summary>Gets every answer that the document promises, from every operation; the house holds each against its schema.</summary>
public sealed class EveryAnswerTests(Azurite azurite) : HouseTests(azurite)
{
    private const string Key = "first-request";

    private readonly HashSet<(string Operation, int Status)> _alsoSeen = [];

    private ApiContract _contract = null!;

    [Fact]
    public async Task Every_status_of_every_operation_is_answered_some_time()
    {
        _contract = ApiContract.Read((await GetAsync("/api/openapi.json")).Text);
        await LiveThroughTheExamplesAsync();
        await AskForWhatIsNotThereAsync();
        await AskForWhatCanNotBeAsync();
        await AskWronglyAsync();
        await SendDeadLettersAsync();
        await PrepareBatchesAsync();
        await ImportAsync();
        await SendListsAsync();
        var seen = House.Seen.Concat(_alsoSeen).ToHashSet();
        foreach (var failure in new Exception[] { new InvalidOperationException("broken"), new Azure.RequestFailedException("away") })
        {
            await using var broken = await House.StartAsync(Azurite, services => BrokenStores.Use(services, failure));
            foreach (var operation in _contract.Operations)
                await AskAsync(broken, operation);
            seen.UnionWith(broken.Seen);
        }

        // What needs no storage has nothing that a test could break.
        var promised = _contract.Operations.SelectMany(operation => operation.Statuses
            .Where(status => status != 500 || operation.Statuses.Contains(503))
            .Select(status => (operation.Id, status)));
        Assert.Empty(promised.Except(seen).Order());
    }

    /// <summary>The examples of the document are one story: from registering an institution to the booked renewal.</summary>
    private async Task LiveThroughTheExamplesAsync()
    {
        await ExampleAsync("PutInstitution", HttpStatusCode.Created);
        await ExampleAsync("PutInstitution", HttpStatusCode.OK);
        await ExampleAsync("PutLoan", HttpStatusCode.Created);
        await ExampleAsync("PutLoan", HttpStatusCode.OK);
        await ExampleAsync("PreviewRelief", HttpStatusCode.OK);
        await ExampleAsync("GiveAdvice", HttpStatusCode.OK);
        await ExampleAsync("PutPolicy", HttpStatusCode.OK);
        await ExampleAsync("OpenCase", HttpStatusCode.Accepted, ("Idempotency-Key", Key));
        await ExampleAsync("ReportContact", HttpStatusCode.OK);
        await ExampleAsync("ReportIntent", HttpStatusCode.OK);
        await ExampleAsync("ReportHold", HttpStatusCode.OK);
        await ExampleAsync("ReportRelease", HttpStatusCode.OK);
        await ExampleAsync("ReportDocuments", HttpStatusCode.OK);
        await ExampleAsync("ReportApproval", HttpStatusCode.OK);
        await PostAsync("/api/operations/clock", new JsonObject { ["to"] = "2026-01-22T09:00:00+08:00" });
        await ExampleAsync("ReportGuarantorConsent", HttpStatusCode.OK);
        await ExampleAsync("ReportSignature", HttpStatusCode.OK);
        await ExampleAsync("ReportBooking", HttpStatusCode.OK);
        await ExampleAsync("PutCalendar", HttpStatusCode.Created);
        await ExampleAsync("PutCalendar", HttpStatusCode.OK);
        foreach (var read in new[] { "GetInstitution", "ListInstitutions", "GetLoan", "ListLoanGrants", "GetScanCoverage", "ListCoveredLoans", "GetCase", "GetHistory", "GetSchedules", "ListOrchestrations", "GetOrchestration", "SuspendOrchestration", "ResumeOrchestration", "TerminateOrchestration", "RestartOrchestration", "ListDeadLetters", "ReadClock", "MoveClock", "ListJobs", "RunJob", "ListPolicies", "GetPolicy", "GetPolicySchema", "GetCalendar", "ListCalendars", "Live", "Ready", "Welcome", "GetOpenApi", "ExplainProblem" })
            await ExampleAsync(read, HttpStatusCode.OK);
        (await GetAsync("/api/cases?pageSize=1")).Is(HttpStatusCode.OK);
        await ExampleAsync("GetCase", HttpStatusCode.NotModified, ("If-None-Match", "*"));
    }

    private async Task AskForWhatIsNotThereAsync()
    {
        foreach (var operation in _contract.Operations.Where(operation => operation.Statuses.Contains(404) && operation.Id != "GiveAdvice"))
        {
            var path = operation.Path
                .Replace("/policies/{id}", "/policies/unheard-of", StringComparison.Ordinal)
                .Replace("{institution}", "another-bank", StringComparison.Ordinal)
                .Replace("{loanNumber}", "JJ-0", StringComparison.Ordinal)
                .Replace("{id}", "another-bank~JJ-0~1", StringComparison.Ordinal)
                .Replace("{year}", "2027?version=9", StringComparison.Ordinal)
                .Replace("{inquiry}", "another-bank~needs-2026-01~1", StringComparison.Ordinal)
                .Replace("{list}", "unheard-of", StringComparison.Ordinal)
                .Replace("{job}", "coffee", StringComparison.Ordinal)
                .Replace("{slug}", "unheard-of", StringComparison.Ordinal);
            (await AskAsync(House, operation, path)).Is(HttpStatusCode.NotFound);
        }

        var unknown = new JsonObject { ["stored"] = new JsonObject { ["institution"] = Institution, ["loanNumber"] = "JJ-0" } };
        (await PostAsync("/api/advice", unknown)).Is(HttpStatusCode.NotFound);
    }

    private async Task AskForWhatCanNotBeAsync()
    {
        var pack = Operation("PutPolicy").BodyExample!.DeepClone().AsObject();
        pack["id"] = "own-rules";
        foreach (var (path, expected) in new[] { ("own-rules", HttpStatusCode.Created), ("other-rules", HttpStatusCode.UnprocessableEntity) })
            (await PutAsync($"/api/policies/{path}", pack)).Is(expected);
        (await PutAsync("/api/policies/own-rules", pack, ("If-Match", "\"v9\""))).Is(HttpStatusCode.PreconditionFailed);
        (await PostAsync("/api/advice", new JsonObject())).Is(HttpStatusCode.UnprocessableEntity);

        foreach (var fact in _contract.Operations.Where(operation => operation.Path.StartsWith("/api/cases/{id}/facts/", StringComparison.Ordinal)))
        {
            await ExampleAsync(fact.Id, HttpStatusCode.UnprocessableEntity, ("Idempotency-Key", Key));
            await ExampleAsync(fact.Id, HttpStatusCode.PreconditionFailed, ("If-Match", "\"v999\""));
        }

        await ExampleAsync("OpenCase", HttpStatusCode.Conflict);
        await ExampleAsync("MoveClock", HttpStatusCode.OK);
        (await PostAsync("/api/operations/clock", new JsonObject { ["to"] = "9999-12-31T00:00:00Z" })).Is(HttpStatusCode.UnprocessableEntity);
        await PostAsync("/api/operations/clock", new JsonObject { ["to"] = "2026-01-01T00:00:00Z" });

        var settled = Bodies.Loan();
        settled["outstanding"] = 0;
        await PutAsync($"/api/institutions/{Institution}/loans/JJ-settled", settled);
        (await OpenAsync("JJ-settled")).Is(HttpStatusCode.UnprocessableEntity);
        settled["outstanding"] = -1;
        (await PutAsync($"/api/institutions/{Institution}/loans/JJ-settled", settled)).Is(HttpStatusCode.UnprocessableEntity);
        (await PutAsync($"/api/institutions/{Institution}", new JsonObject { ["name"] = "B", ["kind"] = "bank", ["id"] = "other" })).Is(HttpStatusCode.UnprocessableEntity);
        (await PostAsync("/api/operations/dead-letters/redrive", new JsonObject { ["key"] = "k", ["by"] = "system" })).Is(HttpStatusCode.UnprocessableEntity);
        (await PutAsync("/api/calendars/2028", Operation("PutCalendar").BodyExample!)).Is(HttpStatusCode.UnprocessableEntity);
        var other = Operation("PutCalendar").BodyExample!.DeepClone();
        other["source"] = "another";
        (await PutAsync("/api/calendars/2027", other, ("If-Match", "\"v999\""))).Is(HttpStatusCode.PreconditionFailed);
        var nothing = new JsonObject { ["loan"] = Bodies.Loan(), ["changes"] = new JsonArray(new JsonObject { ["type"] = "bridgeFeeWaiver" }) };
        (await PostAsync("/api/previews", nothing)).Is(HttpStatusCode.UnprocessableEntity);

        // A case that was given up takes nothing more.
        await HaveCaseAsync("JJ-withdrawn");
        foreach (var expected in new[] { HttpStatusCode.OK, HttpStatusCode.Conflict })
            (await PostAsync($"/api/cases/{Institution}~JJ-withdrawn~1/facts/withdrawal", Operation("ReportWithdrawal").BodyExample!)).Is(expected);
        foreach (var fact in _contract.Operations.Where(operation => operation.Path.StartsWith("/api/cases/{id}/facts/", StringComparison.Ordinal)))
            (await PostAsync(fact.Path.Replace("{id}", $"{Institution}~JJ-withdrawn~1", StringComparison.Ordinal), fact.BodyExample!)).Is(HttpStatusCode.Conflict);

        // Nor is there anything left to drive once its events are out.
        await House.WorkAsync($"{Institution}~JJ-withdrawn~1");
        foreach (var act in new[] { "suspend", "resume", "terminate", "restart" })
        {
            var path = $"/api/operations/orchestrations/{Institution}~JJ-withdrawn~1/{act}";
            (await PostAsync(path, new JsonObject { ["by"] = "operator-1", ["reason"] = "r" })).Is(HttpStatusCode.Conflict);
            (await PostAsync(path, new JsonObject { ["by"] = "system", ["reason"] = "r" })).Is(HttpStatusCode.UnprocessableEntity);
        }
    }

    private async Task AskWronglyAsync()
    {
        foreach (var operation in _contract.Operations.Where(operation => operation.Statuses.Contains(400)))
            (await AskAsync(House, operation, operation.ExamplePath + "?surplus=1")).Is(HttpStatusCode.BadRequest);
        foreach (var operation in _contract.Operations.Where(operation => operation.Examples.Count > 0))
        {
            (await AskAsync(House, operation, body: ("text/plain", "{}"))).Is(HttpStatusCode.UnsupportedMediaType);
            if (operation.BodySchema is not null)
                (await AskAsync(House, operation, body: ("application/json", new string(' ', 300_000)))).Is(HttpStatusCode.RequestEntityTooLarge);
        }
    }

    private async Task PrepareBatchesAsync()
    {
        var (path, relief) = (Operation("CreateBatch").ExamplePath, Operation("CreateBatch").BodyExample!.DeepClone().AsObject());
        var approval = Operation("ApproveBatch").BodyExample!;
        var batch = (await PostAsync(path, relief)).Is(HttpStatusCode.Accepted).Headers["Location"];
        (await GetAsync(batch)).Is(HttpStatusCode.OK);
        (await GetAsync($"{batch}/rows")).Is(HttpStatusCode.OK);
        (await PostAsync($"{batch}/approval", approval)).Is(HttpStatusCode.Conflict);
        (await SendAsync(HttpMethod.Post, $"{batch}/cancel", null)).Is(HttpStatusCode.OK);

        var pack = Bodies.Parse(
            """
            {
              "id": "every-answer", "title": { "zh": "减息", "en": "Cut" }, "authority": "x", "jurisdiction": "x", "effectiveFrom": "2026-01-01", "source": "test",
              "measures": [{ "id": "cut", "article": "一", "title": { "zh": "减息", "en": "Cut" }, "offers": [{ "type": "rateCut", "share": 0.1 }], "automatic": true }]
            }
            """);
        (await PutAsync("/api/policies/every-answer", pack)).Is(HttpStatusCode.Created);
        relief["automatic"] = new JsonObject { ["measure"] = new JsonObject { ["policy"] = "every-answer", ["measure"] = "cut" } };
        (await PostAsync(path, relief)).Is(HttpStatusCode.UnprocessableEntity);
        relief.Remove("relief");
        batch = (await PostAsync(path, relief)).Is(HttpStatusCode.Accepted).Headers["Location"];
        (await PostAsync($"{batch}/approval", new JsonObject { ["by"] = (string)relief["by"]! })).Is(HttpStatusCode.UnprocessableEntity);
        (await PostAsync($"{batch}/approval", approval)).Is(HttpStatusCode.OK);
    }

    private async Task ImportAsync()
    {
        var operation = Operation("ImportLoans");
        foreach (var book in operation.Examples)
        {
            var import = (await AskAsync(House, operation, body: book)).Is(HttpStatusCode.Accepted).Headers["Location"];
            foreach (var part in new[] { "", "/rejected-rows", "/rejected-rows.csv" })
                (await GetAsync(import + part)).Is(HttpStatusCode.OK);
        }

        (await GetAsync($"{operation.ExamplePath}?pageSize=1")).Is(HttpStatusCode.OK);
        await LetRefusedRowsGoAsync(operation);
        (await AskAsync(House, operation, body: ("text/csv", "no,header,of,a,book\n"))).Is(HttpStatusCode.UnprocessableEntity);
        await using var small = await House.StartAsync(Azurite, services => services.Replace(ServiceDescriptor.Singleton(new ImportLimits { Bytes = 10 })));
        (await AskAsync(small, operation)).Is(HttpStatusCode.RequestEntityTooLarge);
        _alsoSeen.UnionWith(small.Seen);
    }

    private async Task SendListsAsync()
    {
        var lists = _contract.Operations.Where(operation => operation.Id is "ImportExclusions" or "ImportFunnelRecords" or "ImportInquiries").ToList();
        foreach (var (list, content) in lists.SelectMany(list => list.Examples.Select(content => (list, content))))
            Assert.Equal("[]", (await AskAsync(House, list, body: content)).Is(HttpStatusCode.OK).Json["rejected"]!.ToJsonString());
        foreach (var read in new[] { "GetListings", "GetFunnel", "ListInquiries", "GetInquiry", "AnswerInquiry" })
            await ExampleAsync(read, HttpStatusCode.OK);
        (await GetAsync($"{Operation("ListFunnelFirms").Path.Replace("{institution}", Institution, StringComparison.Ordinal)}?to=2025-12-31&pageSize=1")).Is(HttpStatusCode.OK);

        var answer = Operation("AnswerInquiry");
        foreach (var (by, expected) in new[] { ("system", HttpStatusCode.UnprocessableEntity), ("mgr-lin", HttpStatusCode.Conflict) })
            (await PostAsync(answer.ExamplePath, new JsonObject { ["by"] = by, ["text"] = "另一答复" })).Is(expected);

        await using var small = await House.StartAsync(Azurite, services => services.Replace(ServiceDescriptor.Singleton(new ListLimits { Bytes = 10 })));
        foreach (var list in lists)
        {
            (await AskAsync(House, list, body: ("text/csv", "no,header,of,a,list\n"))).Is(HttpStatusCode.UnprocessableEntity);
            (await AskAsync(small, list)).Is(HttpStatusCode.RequestEntityTooLarge);
        }

        _alsoSeen.UnionWith(small.Seen);
    }

    private async Task LetRefusedRowsGoAsync(ApiOperation operation)
    {
        var (type, book) = operation.Examples[0];
        var import = (await AskAsync(House, operation, body: (type, book.Replace("0.0435", "4.35", StringComparison.Ordinal)))).Is(HttpStatusCode.Accepted).Headers["Location"];
        var until = DateOnly.Parse((string)(await GetAsync(import)).Json["rejectedRowsUntil"]!, CultureInfo.InvariantCulture);
        await PostAsync("/api/operations/clock", new JsonObject { ["to"] = $"{until.AddDays(1):yyyy-MM-dd}T12:00:00+08:00" });
        (await SendAsync(HttpMethod.Post, "/api/operations/jobs/rejected-rows-retention/runs", null)).Is(HttpStatusCode.OK);
        foreach (var part in new[] { "/rejected-rows", "/rejected-rows.csv" })
            (await GetAsync(import + part)).Is(HttpStatusCode.Gone);
    }

    private async Task SendDeadLettersAsync()
    {
        House.Channel.Status = DeliveryStatus.Refused;
        await House.WorkAsync(Case);
        await ExampleAsync("RedriveDeadLetter", HttpStatusCode.Accepted);

        await PutAsync($"/api/institutions/{Institution}/loans/JJ-due", Bodies.LoanMaturing("2026-02-08"));
        (await SendAsync(HttpMethod.Post, "/api/operations/jobs/due-date-reminders/runs", null)).Is(HttpStatusCode.OK);
        var letters = (await GetAsync("/api/operations/dead-letters")).Json["deadLetters"]!.AsArray();
        var reminder = letters.Select(letter => (string)letter!["key"]!).First(key => key.Contains("/due/", StringComparison.Ordinal));
        foreach (var (status, expected) in new[] { (DeliveryStatus.Failed, HttpStatusCode.BadGateway), (DeliveryStatus.Delivered, HttpStatusCode.OK) })
        {
            House.Channel.Status = status;
            (await PostAsync("/api/operations/dead-letters/redrive", new JsonObject { ["key"] = reminder, ["by"] = "operator-1" })).Is(expected);
        }
    }

    private ApiOperation Operation(string id) => _contract.Operations.Single(operation => operation.Id == id);

    private async Task ExampleAsync(string id, HttpStatusCode expected, params (string, string)[] headers) =>
        (await AskAsync(House, Operation(id), headers: headers)).Is(expected);

    /// <summary>Sends the example of an operation; to another path, or with another body.</summary>
    private static async Task<Reply> AskAsync(
        House house, ApiOperation operation, string? path = null, (string MediaType, string Text)? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(operation.Method), path ?? operation.ExamplePath);
        if (body is null && operation.Examples is [var first, ..])
            body = first;
        if (body is { } sent)
            request.Content = new StringContent(sent.Text, Encoding.UTF8, sent.MediaType);
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        using var response = await house.Client.SendAsync(request, Cancellation);
        return await Reply.OfAsync(response);
    }
}
