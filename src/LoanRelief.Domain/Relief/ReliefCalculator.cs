using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Domain.Relief;

/// <summary>Works out what changes do to a loan, without making them.</summary>
public static class ReliefCalculator
{
    /// <summary>The schedules before and after the changes and the relief, or everything that speaks against them.</summary>
    /// <param name="loan">As the institution's book stands on <paramref name="asOf"/>.</param>
    /// <param name="asOf">The Beijing date; what was due before it is past.</param>
    /// <param name="changes">At least one, at most one of each kind, in any order.</param>
    /// <param name="calendar">Working days, for dates that roll.</param>
    /// <param name="cap">How far an extension may go; null for as far as a loan can run.</param>
    public static ReliefResult Preview(
        Loan loan, DateOnly asOf, IReadOnlyList<LoanChange> changes, BusinessCalendar calendar, ExtensionCap? cap)
    {
        if (LoanRules.CheckPart(loan) is { Count: > 0 } wrong)
            return new ReliefResult.Refused(wrong);
        return new ChangingLoan(loan, asOf, calendar).Preview(changes, cap);
    }
}
