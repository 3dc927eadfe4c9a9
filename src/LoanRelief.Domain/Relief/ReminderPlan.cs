using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Schedules;

namespace LoanRelief.Domain.Relief;

/// <summary>A reminder of a payment.</summary>
/// <param name="DueDate">Of the payment, by the contract.</param>
/// <param name="SendOn">The due date less the days ahead.</param>
/// <param name="DaysAhead">0 for the due date itself.</param>
/// <param name="IsMaturity">Whether it is the last payment of the loan.</param>
public sealed record Reminder(DateOnly DueDate, DateOnly SendOn, int DaysAhead, bool IsMaturity);

/// <summary>When a borrower is reminded of what falls due.</summary>
public static class ReminderPlan
{
    /// <summary>The first reminder that goes out after a day; null when there is none any more.</summary>
    public static Reminder? NextAfter(Loan loan, DateOnly day, BusinessCalendar calendar, ReminderPolicy policy) =>
        Of(loan, day, calendar, policy).Where(reminder => reminder.SendOn > day).MinBy(reminder => reminder.SendOn);

    /// <summary>Reminders whose day lies from <paramref name="from"/> to <paramref name="today"/>, the latest for each due date.</summary>
    /// <remarks>Days that were missed are caught up, but nobody is reminded of a due date that has gone by.</remarks>
    public static IReadOnlyList<Reminder> Due(Loan loan, DateOnly from, DateOnly today, BusinessCalendar calendar, ReminderPolicy policy) =>
    [
        .. Of(loan, today, calendar, policy)
            .Where(reminder => reminder.SendOn >= from && reminder.SendOn <= today && reminder.DueDate >= today)
            .GroupBy(reminder => reminder.DueDate)
            .Select(ofOneDate => ofOneDate.MinBy(reminder => reminder.DaysAhead)!),
    ];

    private static IEnumerable<Reminder> Of(Loan loan, DateOnly asOf, BusinessCalendar calendar, ReminderPolicy policy) =>
        from instalment in ScheduleCalculator.Remaining(loan, asOf, calendar).Instalments
        where instalment.Total.IsPositive
        from days in policy.DaysAhead
        select new Reminder(instalment.DueDate, instalment.DueDate.AddDays(-days), days, instalment.DueDate == loan.Maturity);
}
