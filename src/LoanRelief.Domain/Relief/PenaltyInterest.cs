using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

/// <summary>罚息 on principal that is paid late: the contract's uplift alone, for interest at the contract rate goes on anyway.</summary>
/// <remarks>Interest on unpaid interest (复利) is not counted.</remarks>
internal static class PenaltyInterest
{
    /// <summary>What a deferral spares: the uplift on principal from its old day of payment to its new one.</summary>
    /// <remarks>Interest that joins the principal is no principal that was due: it neither is late nor repays what is.</remarks>
    public static IEnumerable<ReliefLine> SparedByDeferral(Loan loan, RepaymentPlan agreed, RepaymentPlan deferred)
    {
        var (overdue, since) = (Money.Zero, DateOnly.MinValue);
        // Days of payment rise in both, so that they are gone through side by side.
        var (due, paid) = (0, 0);
        while (due < agreed.Periods.Length || paid < deferred.Periods.Length)
        {
            var date = Earlier(DayOfPayment(agreed, due), DayOfPayment(deferred, paid));
            var before = overdue;
            for (; DayOfPayment(agreed, due) == date; due++)
                overdue += agreed.Principal[due];
            for (; DayOfPayment(deferred, paid) == date; paid++)
                overdue -= deferred.Principal[paid];
            if (overdue == before)
                continue;
            if (before.IsPositive && loan.PenaltyUplift > 0)
                yield return Line(loan, null, before, since, date, 1m);
            since = date;
        }
    }

    /// <summary>What is waived of the uplift that has accrued on principal that is late, until a day.</summary>
    public static IEnumerable<ReliefLine> Waived(Loan loan, RunningLoan running, DateOnly asOf, PenaltyWaiver waiver, BusinessCalendar calendar) =>
        running.Late(loan, asOf, calendar).Select(late => Line(loan, late.Instalment, late.Amount, late.Since, asOf, waiver.Share));

    private static ReliefLine Line(Loan loan, int? instalment, Money overdue, DateOnly from, DateOnly to, decimal waived)
    {
        var share = InterestMath.ShareOfDays(loan.DayCount, from, to);
        var uplift = new Rate(loan.Rate.Fraction * loan.PenaltyUplift);
        var charged = new Rate(uplift.Fraction * (1m - waived));
        return new(
            ReliefComponent.Penalty, instalment, overdue, loan.DayCount, [new(from, to, share, uplift, charged)],
            InterestMath.Interest(overdue, uplift, share), InterestMath.Interest(overdue, charged, share));
    }

    private static DateOnly DayOfPayment(RepaymentPlan plan, int row) => row < plan.Periods.Length ? plan.Periods[row].PayBy.Date : DateOnly.MaxValue;

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
