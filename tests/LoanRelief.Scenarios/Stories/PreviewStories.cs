using System.Net;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;

namespace LoanRelief.Scenarios.Stories;

/// <summary>What relief would mean, asked before anybody decides.</summary>
public class PreviewStories(ScenarioHouse house) : Scenario(house)
{
    /// <summary>2,000,000.00 at 4.35% for 182 days, and at a rate that is 10% lower.</summary>
    [Fact]
    public async Task A_rate_cut_shows_what_would_be_paid_and_what_is_saved()
    {
        var loan = new LoanSheet { Number = "PREVIEW-1", DrawnOn = new(2022, 12, 30), Maturity = new(2023, 6, 30) };
        var preview = await PreviewAsync(loan, loan.DrawnOn, new { Type = "rateCut", Share = 0.1m });

        Assert.Equal(43_983.33m, preview.Before.TotalInterest);
        Assert.Equal(39_585.00m, preview.After.TotalInterest);
        Assert.Equal((4_398.33m, 0.03915m), (preview.Relief.Totals.Interest.Relief, preview.NewRate));
    }

    [Fact]
    public async Task A_preview_stores_nothing_and_a_case_proposes_the_same()
    {
        var loan = Bank.NewLoan(daysToMaturity: 60);
        var preview = await PreviewAsync(loan, Time.Today, new { Type = "renewal", NewMaturity = loan.Maturity.AddYears(1) });
        (await Bank.AskAsync(loan, key: "k")).Expect(HttpStatusCode.NotFound);

        var file = await Bank.OpenAsync(loan);
        var proposal = (await file.ReportAsync(Facts.Contacted(), Facts.Wants("renew"), Facts.AllDocuments)).Proposal!;
        Assert.Equal((preview.NewMaturity, preview.NewRate), (proposal.NewMaturity, proposal.NewRate));
    }

    /// <summary>贷款通则 §12: a loan of a year is extended by at most a year.</summary>
    [Fact]
    public async Task An_extension_beyond_the_cap_is_refused()
    {
        var loan = Bank.NewLoan(daysToMaturity: 60);

        var refused = await AskAsync(loan, Time.Today, new { Type = "extension", NewMaturity = loan.Maturity.AddMonths(13) });
        Assert.Equal("/problems/refused", refused.Expect(HttpStatusCode.UnprocessableEntity).Problem.Type);
        (await AskAsync(loan, Time.Today, new { Type = "extension", NewMaturity = loan.Maturity.AddMonths(12) })).Expect(HttpStatusCode.OK);
    }

    private async Task<Preview> PreviewAsync(LoanSheet loan, DateOnly asOf, object change) =>
        (await AskAsync(loan, asOf, change)).Expect(HttpStatusCode.OK).As<Preview>();

    private Task<Answer> AskAsync(LoanSheet loan, DateOnly asOf, object change) =>
        Bank.Api.SendAsync(HttpMethod.Post, "/api/previews", new { Loan = loan, AsOf = asOf, Changes = new[] { change } });

    private sealed record Preview(Plan Before, Plan After, DateOnly NewMaturity, decimal NewRate, Statement Relief);

    private sealed record Plan(decimal TotalInterest);

    private sealed record Statement(Totals Totals);

    private sealed record Totals(Figure Interest);

    private sealed record Figure(decimal Relief);
}
