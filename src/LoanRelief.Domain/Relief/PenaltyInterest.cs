using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

/// <summary>罚息 on principal that is paid late: the contract's uplift alone, for interest at the contract rate goes on anyway.</summary>
/// <remarks>Interest on unpaid interest (复利) is not counted.</remarks>
internal static class PenaltyInterest
{
    /// <summary>What a deferral spares: the uplift on principal from its old day of payment to its new one.</summary>
    public static IEnumerable<ReliefLine> SparedByDeferral(Loan loan, RepaymentPlan agreed, Schedule deferred)
    {
        var late = new SortedDictionary<DateOnly, Money>();
        for (var i = 0; i < agreed.Periods.Length; i++)
            Add(late, agreed.Periods[i].PayBy.Date, agreed.Principal[i]);
        foreach (var row in deferred.Instalments)
            Add(late, row.PayBy, -row.Principal);
        var (overdue, since) = (Money.Zero, DateOnly.MinValue);
        foreach (var (date, change) in late.Where(each => !each.Value.IsZero))
        {
            if (overdue.IsPositive && loan.PenaltyUplift > 0)
                yield return Line(loan, overdue, since, date, 1m);
            (overdue, since) = (overdue + change, date);
        }
    }

    /// <summary>What is waived of the uplift that has accrued on a loan that is overdue.</summary>
    public static ReliefLine Waived(Loan loan, DateOnly since, DateOnly asOf, PenaltyWaiver waiver) =>
        Line(loan, loan.Outstanding, since, asOf, waiver.Share);

    private static ReliefLine Line(Loan loan, Money overdue, DateOnly from, DateOnly to, decimal waived)
    {
        var share = InterestMath.ShareOfDays(loan.DayCount, from, to);
        var uplift = new Rate(loan.Rate.Fraction * loan.PenaltyUplift);
        var charged = new Rate(uplift.Fraction * (1m - waived));
        return new(
            ReliefComponent.Penalty, null, overdue, loan.DayCount, [new(from, to, share, uplift, charged)],
            InterestMath.Interest(overdue, uplift, share), InterestMath.Interest(overdue, charged, share));
    }

    private static void Add(SortedDictionary<DateOnly, Money> late, DateOnly date, Money amount) =>
        late[date] = late.GetValueOrDefault(date) + amount;
}
