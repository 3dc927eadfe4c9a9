using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

/// <summary>Relief from the fees of a loan.</summary>
internal static class FeeRelief
{
    public static bool IsOfGuarantee(FeeChange change) => change is not BridgeFeeWaiver;

    /// <summary>One line for each fee that a change touches.</summary>
    public static IEnumerable<ReliefLine> Lines(Loan loan, DateOnly asOf, IEnumerable<LoanChange> changes)
    {
        // Whatever the order in which they were asked for: first the cap, then the waiver of what it leaves, then the subsidy.
        var byFee = changes.OfType<FeeChange>().OrderBy(Rank).ToLookup(IsOfGuarantee);
        if (loan.GuaranteeFee is { } guarantee && byFee.Contains(true))
            yield return Line(ReliefComponent.GuaranteeFee, loan.DayCount, guarantee, asOf, [.. byFee[true]]);
        if (loan.BridgeFee is { } bridge && byFee.Contains(false))
            yield return Line(ReliefComponent.BridgeFee, loan.DayCount, bridge, asOf, [.. byFee[false]]);
    }

    private static int Rank(FeeChange change) => change switch
    {
        GuaranteeFeeCap => 0,
        GuaranteeFeeSubsidy => 2,
        _ => 1,
    };

    private static ReliefLine Line(ReliefComponent component, DayCount dayCount, FeeTerms fee, DateOnly asOf, FeeChange[] changes)
    {
        // Months of 30 days do not add up over parts: the parts share the whole time by actual days, wherever a change begins.
        var whole = InterestMath.ShareOfDays(dayCount, fee.From, fee.To);
        var days = fee.To.DayNumber - fee.From.DayNumber;
        var bounds = new SortedSet<DateOnly> { fee.From, fee.To };
        foreach (var change in changes)
            bounds.UnionWith([Clamp(change.From ?? asOf, fee), Clamp(change.Until ?? fee.To, fee)]);
        RateSpan[] spans =
        [
            .. bounds.Zip(bounds.Skip(1), (from, to) => new RateSpan(
                from, to, whole.Part(to.DayNumber - from.DayNumber, days), fee.Rate,
                changes.Where(change => Covers(change, from, asOf)).Aggregate(fee.Rate, After))),
        ];
        return new(component, null, fee.Amount, dayCount, spans, Amount(fee, spans, span => span.Before), Amount(fee, spans, span => span.After));
    }

    private static bool Covers(FeeChange change, DateOnly day, DateOnly asOf) =>
        day >= (change.From ?? asOf) && (change.Until is not { } until || day < until);

    private static Rate After(Rate rate, FeeChange change) => change switch
    {
        GuaranteeFeeCap { Cap: var cap } => cap < rate ? cap : rate,
        GuaranteeFeeWaiver { Share: var share } => new(rate.Fraction * (1m - share)),
        BridgeFeeWaiver { Share: var share } => new(rate.Fraction * (1m - share)),
        GuaranteeFeeSubsidy { Subsidy: var subsidy } => new(Math.Max(rate.Fraction - subsidy.Fraction, 0m)),
        _ => throw new InvalidOperationException($"{change.GetType().Name} changes no fee."),
    };

    private static Money Amount(FeeTerms fee, RateSpan[] spans, Func<RateSpan, Rate> rate) =>
        Money.RoundFen(spans.Sum(span => rate(span).Fraction * span.Share.Numerator) * fee.Amount.Fen / spans[0].Share.Denominator);

    private static DateOnly Clamp(DateOnly date, FeeTerms fee) => date < fee.From ? fee.From : date > fee.To ? fee.To : date;
}
