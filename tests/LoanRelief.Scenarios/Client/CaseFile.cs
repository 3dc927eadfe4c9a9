using System.Globalization;
using System.Net;

namespace LoanRelief.Scenarios.Client;

/// <summary>A case as the bank's people and systems work on it.</summary>
public sealed class CaseFile(Bank bank, string id, LoanSheet loan)
{
    private int _requests;

    public string Id => id;

    public string Path => $"/api/cases/{id}";

    public LoanSheet Loan => loan;

    public Task<CaseView> ReadAsync() => bank.Api.GetAsync<CaseView>(Path);

    public Task<HistoryView> HistoryAsync() => bank.Api.GetAsync<HistoryView>($"{Path}/history");

    /// <summary>Reports one fact after the other; each is accepted, and what it causes is done when this returns.</summary>
    /// <returns>The case after the last.</returns>
    public async Task<CaseView> ReportAsync(params Fact[] facts)
    {
        foreach (var fact in facts)
        {
            (await SendAsync(fact)).Expect(HttpStatusCode.OK);
            await bank.Time.SettleAsync();
        }

        return await ReadAsync();
    }

    /// <summary>Reports a fact that is not accepted for what it says (422).</summary>
    public async Task<Problem> RefusedAsync(Fact fact) => await ProblemAsync(fact, HttpStatusCode.UnprocessableEntity);

    /// <summary>Reports a fact that the case does not take at this point (409).</summary>
    public async Task<Problem> NotNowAsync(Fact fact) => await ProblemAsync(fact, HttpStatusCode.Conflict);

    /// <param name="key">A new one when left out.</param>
    public Task<Answer> SendAsync(Fact fact, string? key = null, string? ifMatch = null) =>
        bank.Api.SendAsync(HttpMethod.Post, $"{Path}/facts/{fact.Name}", fact.Body, key ?? NextKey(), ifMatch);

    /// <summary>Kinds of the events that came about the case, in the order in which they came.</summary>
    public IEnumerable<string> Heard => bank.EventsAbout(id).Select(e => e.Type["loanrelief.".Length..]);

    private async Task<Problem> ProblemAsync(Fact fact, HttpStatusCode status)
    {
        var before = await ReadAsync();
        var problem = (await SendAsync(fact)).Expect(status).Problem;
        Xunit.Assert.Equal(before.Version, (await ReadAsync()).Version);
        return problem;
    }

    private string NextKey() => string.Create(CultureInfo.InvariantCulture, $"{loan.Number}-{++_requests}");
}
