using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Relief;

public class ReminderPlanTests
{
    private static readonly ReminderPolicy Policy = new([30, 15, 7, 3, 1, 0], "test");

    private static readonly BusinessCalendar China = BusinessCalendar.China;

    [Theory]
    [InlineData("2024-07-20", "2024-07-28", "2024-08-12", 15)]
    [InlineData("2024-07-28", "2024-08-05", "2024-08-12", 7)]
    [InlineData("2024-08-11", "2024-08-12", "2024-08-12", 0)]
    [InlineData("2024-08-12", "2024-08-13", "2024-09-12", 30)]
    [InlineData("2025-01-11", "2025-01-12", "2025-01-12", 0)]
    public void The_next_reminder_is_the_first_after_a_day(string day, string sendOn, string dueDate, int daysAhead)
    {
        // On 2024-08-12 the book still shows the seventh instalment as unpaid.
        var reminder = ReminderPlan.NextAfter(SampleLoan.AfterSixInstalments, Date(day), China, Policy);

        Assert.Equal(new Reminder(Date(dueDate), Date(sendOn), daysAhead, dueDate == "2025-01-12"), reminder);
    }

    [Fact]
    public void There_is_none_after_maturity_or_for_a_settled_loan()
    {
        Assert.Null(ReminderPlan.NextAfter(SampleLoan.AfterSixInstalments, new(2025, 1, 12), China, Policy));
        Assert.Null(ReminderPlan.NextAfter(SampleLoan.AfterSixInstalments with { Outstanding = Money.Zero }, new(2024, 7, 20), China, Policy));
    }

    [Fact]
    public void Of_reminders_that_were_missed_only_the_latest_for_each_due_date_goes_out()
    {
        var due = ReminderPlan.Due(SampleLoan.AfterSixInstalments, new(2024, 8, 5), new(2024, 8, 28), China, Policy);

        // 08-12 has gone by; 30 and 15 days before 09-12 are 08-13 and 08-28.
        Assert.Equal([new Reminder(new(2024, 9, 12), new(2024, 8, 28), 15, false)], due);
    }

    [Fact]
    public void A_day_without_reminders_has_none() =>
        Assert.Empty(ReminderPlan.Due(SampleLoan.AfterSixInstalments, new(2024, 8, 6), new(2024, 8, 8), China, Policy));

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
