using System.Net;
using System.Text.Json;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;

namespace LoanRelief.Scenarios.Stories;

/// <summary>What happens by the day, and what happens when days were missed.</summary>
public class DailyStories(ScenarioHouse house) : Scenario(house)
{
    [Fact]
    public async Task A_borrower_is_reminded_of_the_maturity_30_15_7_3_and_1_days_ahead_and_on_the_day()
    {
        var loan = await Bank.HandOverAsync(Bank.NewLoan(daysToMaturity: 31));
        await Time.PassUntilAsync(loan.Maturity.AddDays(1));

        Assert.Equal([30, 15, 7, 3, 1, 0], DaysAhead(loan));
        Assert.All(Bank.EventsAbout(loan), e => Assert.Equal((loan.Maturity, true), (DueDateOf(e.Data), e.Data.GetProperty("reminder").GetProperty("isMaturity").GetBoolean())));
    }

    [Fact]
    public async Task A_borrower_who_pays_interest_every_month_is_reminded_of_each_due_date()
    {
        var loan = await Bank.HandOverAsync(Bank.NewLoan(daysToMaturity: 120) with { RepaymentMethod = "interestThenPrincipal" });
        await Time.PassDaysAsync(31);

        var whole = Bank.EventsAbout(loan).GroupBy(e => DueDateOf(e.Data)).Where(date => date.Key <= Time.Today).ToList();
        Assert.Single(whole);
        Assert.Equal(0, whole[0].Last().Data.GetProperty("reminder").GetProperty("daysAhead").GetInt32());
    }

    [Fact]
    public async Task Nobody_is_reminded_of_a_loan_that_is_settled()
    {
        var loan = await Bank.HandOverAsync(Bank.NewLoan(daysToMaturity: 8));
        await Time.PassDaysAsync(2);
        await Bank.HandOverAsync(loan with { Outstanding = 0 });
        await Time.PassDaysAsync(7);

        Assert.Equal([7], DaysAhead(loan));
    }

    [Fact]
    public async Task Days_that_were_missed_are_caught_up()
    {
        // Each of these is due for the scan on another day of the week that is missed.
        var loans = new List<LoanSheet>();
        for (var day = 2; day <= 6; day++)
            loans.Add(await Bank.HandOverAsync(Bank.NewLoan(maturity: Time.Today.AddDays(15 + day).AddMonths(1))));
        var near = await Bank.HandOverAsync(Bank.NewLoan(daysToMaturity: 9));

        await Time.MoveToAsync(BusinessTime.MorningOf(Time.Today.AddDays(7)));

        foreach (var loan in loans)
            Assert.Equal("contact", (await (await Bank.HearOfCaseAsync(loan)).ReadAsync()).Stage);
        // Of the reminders that were missed, 7 and 3 days ahead, only the latest goes out.
        Assert.Equal([3], DaysAhead(near));
    }

    [Fact]
    public async Task The_scan_opens_one_case_for_each_maturity_however_often_it_runs()
    {
        var loan = await Bank.HandOverAsync(Bank.NewLoan(daysToMaturity: 35));
        await Time.PassDaysAsync(1);
        var file = await Bank.HearOfCaseAsync(loan);
        await file.ReportAsync(Facts.Withdrawn());

        (await Bank.Api.SendAsync(HttpMethod.Post, "/api/operations/jobs/maturity-scan/runs")).Expect(HttpStatusCode.OK);
        await Time.PassDaysAsync(1);
        Assert.Equal("closed", (await file.ReadAsync()).Stage);
        Assert.Single(Bank.Webhook.Events, e => e.Type == "loanrelief.contact.requested" && e.Data.GetProperty("loan").GetString() == loan.Number);
    }

    [Fact]
    public async Task A_maturity_that_moves_in_the_book_moves_the_dates_of_the_case()
    {
        var file = await Bank.OpenAsync(Bank.NewLoan(daysToMaturity: 60));
        var moved = file.Loan with { Maturity = file.Loan.Maturity.AddMonths(2) };
        await Bank.HandOverAsync(moved);
        await Time.SettleAsync();

        var state = await file.ReadAsync();
        Assert.Equal(moved.Maturity.AddDays(-1), state.LastDay);
        Assert.InRange(state.ContactDeadline.Date, moved.Maturity.AddMonths(-1).AddDays(-10), moved.Maturity.AddMonths(-1));
    }

    private IEnumerable<int> DaysAhead(LoanSheet loan) =>
        Bank.EventsAbout(loan).Select(e => e.Data.GetProperty("reminder").GetProperty("daysAhead").GetInt32());

    private static DateOnly DueDateOf(JsonElement reminder) => reminder.GetProperty("reminder").GetProperty("dueDate").Deserialize<DateOnly>();
}
