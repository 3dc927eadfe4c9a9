using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

public sealed record Reminder(DateOnly DueDate, DateOnly SendOn, int DaysAhead, bool IsMaturity);

public static class ReminderPlan
{
    public static Reminder? NextAfter(Loan loan, DateOnly day, BusinessCalendar calendar, ReminderPolicy policy) => null;

    public static IReadOnlyList<Reminder> Due(Loan loan, DateOnly from, DateOnly today, BusinessCalendar calendar, ReminderPolicy policy) => [];
}

public static class LoanRules
{
    public static IReadOnlyList<Refusal> Check(Loan loan) => [];
}
