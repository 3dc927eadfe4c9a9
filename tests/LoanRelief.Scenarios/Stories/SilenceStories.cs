using System.Globalization;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;

namespace LoanRelief.Scenarios.Stories;

/// <summary>Nobody says anything, and everything that then happens does so on its day.</summary>
[FixedDates]
public class SilenceStories(ScenarioHouse house) : Scenario(house)
{
    /// <summary>A loan due on 2025-05-15 has to be spoken about by 2025-04-15; Qingming and Labour Day lie on the way.</summary>
    [Fact]
    public async Task Silence_to_the_end_is_reminded_of_by_date_recorded_as_a_breach_and_closed_as_lapsed()
    {
        Assert.SkipUnless(Time.Today < new DateOnly(2025, 3, 31), $"The clock stands at {Time.Today:O}, after the first date of this story.");
        var loan = await Bank.HandOverAsync(Bank.NewLoan(maturity: new(2025, 5, 15)));
        var days = new List<string>();
        while (Time.Today < new DateOnly(2025, 5, 16))
        {
            var before = Heard(loan).Count;
            await Time.PassDaysAsync(1);
            // What falls on one day has no order of its own.
            days.AddRange(Heard(loan).Skip(before).Order().Select(kind => $"{Time.Today.ToString("MM-dd", CultureInfo.InvariantCulture)} {kind}"));
        }

        Assert.Equal(
        [
            "03-31 contact.requested", // 15 days before the deadline
            "04-03 contact.reminder", // 10 days before is Saturday of Qingming
            "04-10 contact.reminder", // 5 days before
            "04-11 contact.reminder", // 2 days before is a Sunday
            "04-15 contact.escalated", // the deadline itself
            "04-15 due-date.reminder 30",
            "04-16 contact.breached", // midnight went by
            "04-18 contact.escalated", // every third working day from here on
            "04-23 contact.escalated",
            "04-27 contact.escalated", // a Sunday that is worked for Labour Day
            "04-30 contact.escalated",
            "04-30 due-date.reminder 15",
            "05-08 contact.escalated",
            "05-08 due-date.reminder 7",
            "05-12 due-date.reminder 3",
            "05-13 contact.escalated",
            "05-14 due-date.reminder 1",
            "05-15 case.closed", // the last day was the 14th
            "05-15 due-date.reminder 0",
        ], days);
        var file = await Bank.HearOfCaseAsync(loan);
        Assert.Equal("closed: lapsed, borrower-not-reached", (await file.ReadAsync()).End);
    }

    private List<string> Heard(LoanSheet loan) =>
    [
        .. Bank.Webhook.Events.Where(e => e.Data.GetProperty("loan").GetString() == loan.Number).Select(e =>
            e.Type["loanrelief.".Length..] + (e.Data.TryGetProperty("reminder", out var reminder) ? $" {reminder.GetProperty("daysAhead").GetInt32()}" : "")),
    ];
}
