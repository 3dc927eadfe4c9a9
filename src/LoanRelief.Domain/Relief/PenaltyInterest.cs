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
        var late = new SortedDictionary<DateOnly, Money>();
        for (var i = 0; i < agreed.Periods.Length; i++)
            Add(late, agreed.Periods[i].PayBy.Date, agreed.Principal[i]);
        for (var i = 0; i < deferred.Periods.Length; i++)
            Add(late, deferred.Periods[i].PayBy.Date, -deferred.Principal[i]);
        var (overdue, since) = (Money.Zero, DateOnly.MinValue);
        foreach (var (date, change) in late.Where(each => !each.Value.IsZero))
        {
            if (overdue.IsPositive && loan.PenaltyUplift > 0)
                yield return Line(loan, null, overdue, since, date, 1m);
            (overdue, since) = (overdue + change, date);
        }
    }

    /// <summary>What is waived of the uplift that has accrued on each row that is late, until a day.</summary>
    public static IEnumerable<ReliefLine> Waived(Loan loan, RunningLoan running, DateOnly asOf, PenaltyWaiver waiver) =>
        running.Late(loan.Outstanding).Select(late => Line(loan, late.Row.Number, late.Unpaid, late.Row.PayBy, asOf, waiver.Share));

    private static ReliefLine Line(Loan loan, int? instalment, Money overdue, DateOnly from, DateOnly to, decimal waived)
    {
        var share = InterestMath.ShareOfDays(loan.DayCount, from, to);
        var uplift = new Rate(loan.Rate.Fraction * loan.PenaltyUplift);
        var charged = new Rate(uplift.Fraction * (1m - waived));
        return new(
            ReliefComponent.Penalty, instalment, overdue, loan.DayCount, [new(from, to, share, uplift, charged)],
            InterestMath.Interest(overdue, uplift, share), InterestMath.Interest(overdue, charged, share));
    }

    private static void Add(SortedDictionary<DateOnly, Money> late, DateOnly date, Money amount) =>
        late[date] = late.GetValueOrDefault(date) + amount;
}
