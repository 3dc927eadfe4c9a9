using System.Net;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;

namespace LoanRelief.Scenarios.Stories;

/// <summary>A regulator asks a bank of its own whether any maturing loan was dropped.</summary>
public class CoverageStories(ScenarioHouse house) : Scenario(house, ownBank: true)
{
    [Fact]
    public async Task Every_loan_that_matures_in_a_month_has_a_case_or_a_reason_whatever_becomes_of_it()
    {
        var first = Time.Today.AddDays(50);
        var loans = new List<LoanSheet>();
        for (var day = 0; day < 31; day += 2)
            loans.Add(await Bank.HandOverAsync(Bank.NewLoan(maturity: first.AddDays(day))));
        await Bank.HandOverAsync(loans[0] with { Outstanding = 0 });
        await Bank.HandOverAsync(loans[1] with { Maturity = first.AddDays(300) });
        await Bank.HandOverAsync(Bank.NewLoan(maturity: first.AddDays(31)));

        Assert.Equal((16, 0, 16), Counts(await CoverageAsync(first)));

        // The contact deadlines of all come within the next weeks, some on the way.
        await Time.PassDaysAsync(20);
        var coverage = await CoverageAsync(first);
        Assert.Equal((16, coverage.WithCase.Count, 16 - coverage.WithCase.Count), Counts(coverage));
        Assert.InRange(coverage.WithCase.Count, 1, 13);
        Assert.Equal((1, 1, 0), (coverage.Of("settled"), coverage.Of("moved"), coverage.Of("unexplained")));
        Assert.Equal(Time.Today, coverage.ScannedUpTo);

        // A second run of the day changes nothing.
        (await Bank.Api.SendAsync(HttpMethod.Post, "/api/operations/jobs/maturity-scan/runs")).Expect(HttpStatusCode.OK);
        Assert.Equal(Counts(coverage), Counts(await CoverageAsync(first)));

        await Time.PassDaysAsync(20);
        coverage = await CoverageAsync(first);
        Assert.Equal((16, 14, 2), Counts(coverage));

        // Behind each figure are loans, and behind each case a case.
        var behind = await Bank.Api.GetAsync<LoanList>($"{Path}/loans?{Window(first)}&pageSize=100");
        Assert.Equal(16, behind.Loans.Count);
        foreach (var loan in behind.Loans.Where(loan => loan.Verdict == "caseOpened"))
            Assert.Equal(loan.Case, (await Bank.Api.GetAsync<CaseView>($"/api/cases/{loan.Case}")).Id);
    }

    private string Path => $"/api/institutions/{Bank.Name}/scan-coverage";

    private Task<CoverageView> CoverageAsync(DateOnly first) => Bank.Api.GetAsync<CoverageView>($"{Path}?{Window(first)}");

    private static string Window(DateOnly first) => $"from={first:yyyy-MM-dd}&to={first.AddDays(30):yyyy-MM-dd}";

    /// <summary>In all, with and without a case; the last two foot with the first, and the reasons with the last.</summary>
    private static (int, int, int) Counts(CoverageView coverage)
    {
        Assert.Equal(coverage.Loans.Count, coverage.WithCase.Count + coverage.WithoutCase.Count);
        Assert.Equal(coverage.Loans.Outstanding, coverage.WithCase.Outstanding + coverage.WithoutCase.Outstanding);
        Assert.Equal(coverage.WithoutCase.Count, coverage.Reasons.Sum(reason => reason.Count));
        Assert.Equal(coverage.WithoutCase.Outstanding, coverage.Reasons.Sum(reason => reason.Outstanding));
        return (coverage.Loans.Count, coverage.WithCase.Count, coverage.WithoutCase.Count);
    }

    private sealed record CoverageView(DateOnly? ScannedUpTo, Figure Loans, Figure WithCase, Figure WithoutCase, IReadOnlyList<ReasonView> Reasons)
    {
        public int Of(string verdict) => Reasons.Single(reason => reason.Verdict == verdict).Count;
    }

    private sealed record Figure(int Count, decimal Outstanding);

    private sealed record ReasonView(string Verdict, int Count, decimal Outstanding);

    private sealed record LoanList(IReadOnlyList<CoveredLoan> Loans);

    private sealed record CoveredLoan(string LoanNumber, string Verdict, string? Case);
}
