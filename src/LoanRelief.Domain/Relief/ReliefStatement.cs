using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

/// <summary>What the borrower would have paid without the relief, what the borrower pays, and the difference.</summary>
/// <remarks>
/// Both sides are worked out for the same days and the same principal: those of the schedule after the change. So a
/// deferral by itself, for which interest accrues normally, relieves the borrower of penalty interest only. Each amount
/// is rounded to the fen first and then subtracted.
/// </remarks>
/// <param name="Lines">In the order interest, penalty, fees; by date within each.</param>
public sealed record ReliefStatement(IReadOnlyList<ReliefLine> Lines)
{
    /// <summary>The sums over the lines.</summary>
    public ReliefTotals Totals
    {
        get
        {
            var (interest, penalty, fees) = (new ReliefSum(), new ReliefSum(), new ReliefSum());
            foreach (var line in Lines)
            {
                var sum = new ReliefSum(line.WouldHavePaid, line.Paid);
                switch (line.Component)
                {
                    case ReliefComponent.Interest:
                        interest += sum;
                        break;
                    case ReliefComponent.Penalty:
                        penalty += sum;
                        break;
                    default:
                        fees += sum;
                        break;
                }
            }

            return new(interest, penalty, fees);
        }
    }
}

/// <summary>A relief statement in three sums.</summary>
/// <param name="Interest">Interest before and after a cut.</param>
/// <param name="Penalty">罚息: the uplift alone, reported apart from the interest.</param>
/// <param name="Fees">Guarantee and bridge-fund fees.</param>
public sealed record ReliefTotals(ReliefSum Interest, ReliefSum Penalty, ReliefSum Fees)
{
    public ReliefSum Total => Interest + Penalty + Fees;
}

public readonly record struct ReliefSum(Money WouldHavePaid, Money Paid)
{
    /// <summary>Never negative.</summary>
    public Money Relief => WouldHavePaid - Paid;

    public static ReliefSum operator +(ReliefSum a, ReliefSum b) => new(a.WouldHavePaid + b.WouldHavePaid, a.Paid + b.Paid);
}

public enum ReliefComponent
{
    Interest,

    /// <summary>罚息.</summary>
    Penalty,

    /// <summary>担保费.</summary>
    GuaranteeFee,

    /// <summary>转贷应急周转资金占用费.</summary>
    BridgeFee,
}

/// <summary>One amount of the statement and how it was worked out.</summary>
/// <param name="Component">What is relieved.</param>
/// <param name="Instalment">Number of the row whose period it is or whose principal is late; none for fees and for what a deferral spares.</param>
/// <param name="Amount">What the rate is charged on.</param>
/// <param name="DayCount">How days were counted; a whole period of months shows as months in <see cref="RateSpan.Share"/>.</param>
/// <param name="Spans">By date. An amount is Σ <paramref name="Amount"/> × rate × share of a year, rounded once.</param>
/// <param name="WouldHavePaid">At the rates before.</param>
/// <param name="Paid">At the rates after.</param>
public sealed record ReliefLine(
    ReliefComponent Component,
    int? Instalment,
    Money Amount,
    DayCount DayCount,
    IReadOnlyList<RateSpan> Spans,
    Money WouldHavePaid,
    Money Paid)
{
    /// <summary>Never negative.</summary>
    public Money Relief => WouldHavePaid - Paid;
}

/// <summary>Days at one rate.</summary>
/// <param name="From">First day that counts.</param>
/// <param name="To">Day after the last one.</param>
/// <param name="Share">Share of a year that they count as.</param>
/// <param name="Before">Rate a year before the relief.</param>
/// <param name="After">Rate a year after it.</param>
public readonly record struct RateSpan(DateOnly From, DateOnly To, YearShare Share, Rate Before, Rate After);

/// <summary>先收后返: interest collected at the contract rate, and what is paid back of it.</summary>
/// <param name="Instalment">Number of the row in whose period the interest accrued.</param>
/// <param name="PayableFrom">Day on which the interest has been collected in full.</param>
/// <param name="Collected">Interest of the period at the contract rate.</param>
/// <param name="Rebate">What is paid back, so that the borrower has paid the interest at the lower rate.</param>
public sealed record RebateEntry(int Instalment, DateOnly PayableFrom, Money Collected, Money Rebate);
