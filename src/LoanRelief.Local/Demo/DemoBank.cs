using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Local.Demo;

/// <summary>The institutions' side of the HTTP surface.</summary>
internal sealed class DemoBank(HttpClient http)
{
    public Task RegisterAsync(Institution institution, CancellationToken cancellationToken) =>
        PutAsync($"api/institutions/{institution.Id}", institution, ["id"], cancellationToken);

    public Task HandOverAsync(Loan loan, CancellationToken cancellationToken) =>
        PutAsync($"api/institutions/{loan.Institution}/loans/{loan.Number}", loan, ["institution", "number"], cancellationToken);

    /// <summary>Reports a fact; that the case has moved on meanwhile is no surprise to anybody.</summary>
    public async Task ReportAsync(string caseId, Fact fact, string by, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToNode(fact, fact.GetType(), DomainJson.Options)!.AsObject();
        body["by"] = by;
        using var answer = await http.PostAsync($"api/cases/{Uri.EscapeDataString(caseId)}/facts/{Fact.NameOf(fact.GetType())}", JsonContent.Create(body), cancellationToken);
        if (answer.StatusCode is not (HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity))
            answer.EnsureSuccessStatusCode();
    }

    /// <summary>All cases of a list, page by page.</summary>
    public async Task<IReadOnlyList<CaseLine>> ListAsync(string path, CancellationToken cancellationToken)
    {
        var cases = new List<CaseLine>();
        for (string? continuation = null; ;)
        {
            var query = continuation is null ? path : $"{path}&continuation={Uri.EscapeDataString(continuation)}";
            var page = (await http.GetFromJsonAsync<CaseLines>(query, DomainJson.Options, cancellationToken))!;
            cases.AddRange(page.Cases);
            if ((continuation = page.Continuation) is null)
                return cases;
        }
    }

    private async Task PutAsync<T>(string path, T content, string[] fromPath, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToNode(content, DomainJson.Options)!.AsObject();
        foreach (var name in fromPath)
            body.Remove(name);
        using var answer = await http.PutAsync(path, JsonContent.Create<JsonNode>(body), cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"PUT {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }
}

internal sealed record CaseLines(IReadOnlyList<CaseLine> Cases, string? Continuation);

internal sealed record CaseLine(Stage Stage, Outcome? Outcome);
