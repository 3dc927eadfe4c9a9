using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LoanRelief.Desk;
using LoanRelief.Web.Tests.Kit;
using LoanRelief.Web.Tests.OpenApi;
using Xunit;

namespace LoanRelief.Web.Tests.Fuzz;

/// <summary>Brings a house to where the example of an operation is taken, each time with a loan of its own.</summary>
internal sealed class Places(House house, ApiContract contract, Func<HttpMethod, string, string?, Task<Reply>> send)
{
    private const string Institution = "wencheng-rcb";

    /// <summary>The examples are one story: what has happened before each of them.</summary>
    private static readonly string[] Story =
        ["ReportContact", "ReportIntent", "ReportDocuments", "ReportApproval", "ReportGuarantorConsent", "ReportSignature", "ReportBooking"];

    private const string AutomaticCut =
        """
        {
          "id": "rate-cuts", "title": { "zh": "减息", "en": "Cut" }, "authority": "x", "jurisdiction": "x", "effectiveFrom": "2026-01-01", "source": "test",
          "measures": [{ "id": "cut", "article": "一", "title": { "zh": "减息", "en": "Cut" }, "offers": [{ "type": "rateCut", "share": 0.1 }], "automatic": true }]
        }
        """;

    private int _loans;

    /// <summary>The case that was opened last.</summary>
    public string? Case { get; private set; }

    /// <summary>A loan that is like the example.</summary>
    public static JsonObject Loan(ApiContract contract) => contract.Operations.Single(each => each.Id == "PutLoan").BodyExample!.DeepClone().AsObject();

    /// <summary>An operator does it with the orchestration of a case.</summary>
    public static bool IsAct(ApiOperation operation) => operation.Path.StartsWith("/api/operations/orchestrations/{id}/", StringComparison.Ordinal);

    /// <returns>The path for the operation.</returns>
    public async Task<string> PrepareAsync(ApiOperation operation)
    {
        await DoAsync("PutInstitution", contract.Operations.Single(each => each.Id == "PutInstitution").ExamplePath);
        if (operation.Id == "RedriveDeadLetter")
            await HaveDeadLetterAsync();
        else if (operation.Path.StartsWith("/api/cases/{id}/", StringComparison.Ordinal) || IsAct(operation))
            return await HaveCaseAsync(operation);
        else if (operation.Id == "ApproveBatch")
            return await HaveBatchAsync();
        else if (operation.Id == "AnswerInquiry")
            return await HaveInquiryAsync(operation);
        else if (operation.Id is "OpenCase" or "CreateBatch")
            await HaveLoanAsync("JJ2025-0001");
        return operation.ExamplePath;
    }

    /// <summary>A case that has come to where the operation is taken.</summary>
    private async Task<string> HaveCaseAsync(ApiOperation operation)
    {
        var loan = $"JJ-{++_loans}";
        await HaveLoanAsync(loan);
        await OpenAsync(loan);
        string[] before = operation.Id == "ReportRelease" ? ["ReportHold"] : Story[..Math.Max(Array.IndexOf(Story, operation.Id), 0)];
        foreach (var step in before)
            await DoAsync(step, PathOf(contract.Operations.Single(each => each.Id == step)));
        return PathOf(operation);
    }

    private async Task HaveDeadLetterAsync()
    {
        await HaveLoanAsync("JJ2025-0001");
        if (Case is null)
        {
            await OpenAsync("JJ2025-0001");
            foreach (var step in Story[..3])
                await DoAsync(step, PathOf(contract.Operations.Single(each => each.Id == step)));
        }

        house.Channel.Status = DeliveryStatus.Refused;
        await house.WorkAsync(Case!);
    }

    /// <summary>A batch of grants that waits for its approval.</summary>
    private async Task<string> HaveBatchAsync()
    {
        await HaveLoanAsync("JJ2025-0001");
        var pack = await send(HttpMethod.Put, "/api/policies/rate-cuts", AutomaticCut);
        Assert.True(pack.Status is HttpStatusCode.OK or HttpStatusCode.Created, pack.Text);
        var create = contract.Operations.Single(each => each.Id == "CreateBatch");
        var body = create.BodyExample!.DeepClone().AsObject();
        body.Remove("relief");
        body["automatic"] = new JsonObject { ["measure"] = new JsonObject { ["policy"] = "rate-cuts", ["measure"] = "cut" } };
        return (await send(HttpMethod.Post, create.ExamplePath, body.ToJsonString())).Is(HttpStatusCode.Accepted).Headers["Location"] + "/approval";
    }

    /// <summary>A need that nobody has answered.</summary>
    private async Task<string> HaveInquiryAsync(ApiOperation operation)
    {
        var number = ++_loans;
        using var list = new StringContent(
            $"number,kind,creditCode,text,responsible,receivedOn,answerBy\n{number},need,91330328MA2CPQ4R41,x,,2026-01-05,\n", Encoding.UTF8, "text/csv");
        using var stored = await house.Client.PostAsync(new Uri($"/api/institutions/{Institution}/inquiry-lists/needs-2026-01", UriKind.Relative), list);
        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        return operation.Path.Replace("{institution}", Institution, StringComparison.Ordinal).Replace("{inquiry}", $"{Institution}~needs-2026-01~{number}", StringComparison.Ordinal);
    }

    private async Task OpenAsync(string loan)
    {
        (await send(HttpMethod.Post, $"/api/institutions/{Institution}/cases", $$"""{"loanNumber":"{{loan}}","by":"mgr-lin"}""")).Is(HttpStatusCode.Accepted);
        Case = $"{Institution}~{loan}~1";
    }

    private async Task HaveLoanAsync(string number) => await send(HttpMethod.Put, $"/api/institutions/{Institution}/loans/{number}", Loan(contract).ToJsonString());

    private async Task DoAsync(string operation, string path)
    {
        var reply = await send(HttpMethod.Parse(contract.Operations.Single(each => each.Id == operation).Method), path, contract.Operations.Single(each => each.Id == operation).BodyExample!.ToJsonString());
        if (reply.Status is not (HttpStatusCode.OK or HttpStatusCode.Created))
            reply.Is(HttpStatusCode.OK);
    }

    private string PathOf(ApiOperation operation) => operation.Path.Replace("{id}", Case, StringComparison.Ordinal);
}
