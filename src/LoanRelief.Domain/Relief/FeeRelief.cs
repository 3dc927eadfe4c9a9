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
        var bounds = new List<DateOnly>(2 + (2 * changes.Length)) { fee.From, fee.To };
        foreach (var change in changes)
            bounds.AddRange([Clamp(change.From ?? asOf, fee), Clamp(change.Until ?? fee.To, fee)]);
        bounds.Sort();
        var spans = new List<RateSpan>(bounds.Count - 1);
        for (var i = 1; i < bounds.Count; i++)
        {
            var (from, to) = (bounds[i - 1], bounds[i]);
            if (from < to)
                spans.Add(new(from, to, whole.Part(to.DayNumber - from.DayNumber, days), fee.Rate, After(fee.Rate, changes, from, asOf)));
        }

        return new(component, null, fee.Amount, dayCount, spans, Amount(fee, spans, span => span.Before), Amount(fee, spans, span => span.After));
    }

    private static bool Covers(FeeChange change, DateOnly day, DateOnly asOf) =>
        day >= (change.From ?? asOf) && (change.Until is not { } until || day < until);

    private static Rate After(Rate rate, FeeChange[] changes, DateOnly day, DateOnly asOf)
    {
        foreach (var change in changes)
        {
            if (Covers(change, day, asOf))
                rate = After(rate, change);
        }

        return rate;
    }

    private static Rate After(Rate rate, FeeChange change) => change switch
    {
        GuaranteeFeeCap { Cap: var cap } => cap < rate ? cap : rate,
        GuaranteeFeeWaiver { Share: var share } => new(rate.Fraction * (1m - share)),
        BridgeFeeWaiver { Share: var share } => new(rate.Fraction * (1m - share)),
        GuaranteeFeeSubsidy { Subsidy: var subsidy } => new(Math.Max(rate.Fraction - subsidy.Fraction, 0m)),
        _ => throw new InvalidOperationException($"{change.GetType().Name} changes no fee."),
    };

    private static Money Amount(FeeTerms fee, List<RateSpan> spans, Func<RateSpan, Rate> rate) =>
        Money.RoundFen(spans.Sum(span => rate(span).Fraction * span.Share.Numerator) * fee.Amount.Fen / spans[0].Share.Denominator);

    private static DateOnly Clamp(DateOnly date, FeeTerms fee) => date < fee.From ? fee.From : date > fee.To ? fee.To : date;
}
