using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

/// <summary>Rates over time: before relief and after it.</summary>
internal sealed class RateTimeline
{
    private readonly Step[] _steps;

    private RateTimeline(Step[] steps) => _steps = steps;

    /// <param name="contract">The loan's rate.</param>
    /// <param name="renewal">The rate of a loan that renews it, from its first day on.</param>
    /// <param name="cut">The rate after a cut, given the rate before, from its first day to the day after its last.</param>
    public static RateTimeline Of(Rate contract, (DateOnly From, Rate Rate)? renewal, (DateOnly From, DateOnly Until, Func<Rate, Rate> Rate)? cut)
    {
        var bounds = new SortedSet<DateOnly> { DateOnly.MinValue };
        if (renewal is { } r)
            bounds.Add(r.From);
        if (cut is { } c)
            bounds.UnionWith([c.From, c.Until]);
        return new([.. bounds.Select(from =>
        {
            var before = from >= renewal?.From ? renewal.Value.Rate : contract;
            var relieved = from >= cut?.From && from < cut.Value.Until;
            return new Step(from, before, relieved ? cut!.Value.Rate(before) : before);
        })]);
    }

    /// <summary>Interest of a period on a balance, before and after relief, each rounded once.</summary>
    public ReliefLine Interest(in InterestPeriod period, Money balance, ScheduleTerms terms)
    {
        var (before, after) = (new WeightedRate(), new WeightedRate());
        var spans = new List<RateSpan>(1);
        foreach (var (from, to, share) in period.Pieces(terms))
        {
            foreach (var span in Spans(from, to, share))
            {
                before.Add(span.Before, span.Share);
                after.Add(span.After, span.Share);
                spans.Add(span);
            }
        }

        return new(ReliefComponent.Interest, period.Number, balance, terms.DayCount, spans, before.Of(balance), after.Of(balance));
    }

    /// <summary>Cuts a time at the days on which rates change; the parts share it by actual days.</summary>
    private IEnumerable<RateSpan> Spans(DateOnly from, DateOnly to, YearShare share)
    {
        for (var i = 0; i < _steps.Length; i++)
        {
            var step = _steps[i];
            var start = step.From > from ? step.From : from;
            var end = i + 1 < _steps.Length && _steps[i + 1].From < to ? _steps[i + 1].From : to;
            if (start < end)
                yield return new(start, end, share.Part(end.DayNumber - start.DayNumber, to.DayNumber - from.DayNumber), step.Before, step.After);
        }
    }

    private readonly record struct Step(DateOnly From, Rate Before, Rate After);

    /// <summary>Σ rate × share of a year as one fraction, so that there is one division and one rounding.</summary>
    private struct WeightedRate
    {
        private decimal _numerator;
        private int _denominator;

        public void Add(Rate rate, YearShare share)
        {
            if (_denominator == 0 || _denominator == share.Denominator)
            {
                _numerator += rate.Fraction * share.Numerator;
                _denominator = share.Denominator;
            }
            else
            {
                _numerator = (_numerator * share.Denominator) + (rate.Fraction * share.Numerator * _denominator);
                _denominator *= share.Denominator;
            }
        }

        public readonly Money Of(Money balance) =>
            _denominator == 0 ? Money.Zero : Money.RoundFen(InterestMath.Exact(balance.Fen, _numerator, new(1, _denominator)));
    }
}
