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
        var bounds = new List<DateOnly>(4) { DateOnly.MinValue };
        if (renewal is { } r)
            bounds.Add(r.From);
        if (cut is { } c)
            bounds.AddRange([c.From, c.Until]);
        bounds.Sort();
        var steps = new Step[bounds.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            var from = bounds[i];
            var before = from >= renewal?.From ? renewal.Value.Rate : contract;
            var relieved = from >= cut?.From && from < cut.Value.Until;
            steps[i] = new(from, before, relieved ? cut!.Value.Rate(before) : before);
        }

        return new(steps);
    }

    /// <summary>Interest of a period on a balance, before and after relief, each rounded once.</summary>
    public ReliefLine Interest(in InterestPeriod period, Money balance, ScheduleTerms terms)
    {
        var (months, days) = period.Pieces(terms);
        Span<RateSpan> spans = stackalloc RateSpan[2 * _steps.Length];
        var count = Cut(months, spans);
        count += Cut(days, spans[count..]);
        spans = spans[..count];
        var (before, after) = (new WeightedRate(), new WeightedRate());
        var relieved = false;
        foreach (ref readonly var span in spans)
        {
            before.Add(span.Before, span.Share);
            after.Add(span.After, span.Share);
            relieved |= span.After != span.Before;
        }

        var wouldHavePaid = before.Of(balance);
        return new(ReliefComponent.Interest, period.Number, balance, terms.DayCount, spans.ToArray(), wouldHavePaid, relieved ? after.Of(balance) : wouldHavePaid);
    }

    /// <summary>Cuts a time at the days on which rates change; the parts share it by actual days.</summary>
    /// <returns>How many parts there are.</returns>
    private int Cut(InterestPiece? piece, Span<RateSpan> parts)
    {
        if (piece is not (var from, var to, var share))
            return 0;
        var count = 0;
        for (var i = 0; i < _steps.Length; i++)
        {
            ref readonly var step = ref _steps[i];
            var start = step.From > from ? step.From : from;
            var end = i + 1 < _steps.Length && _steps[i + 1].From < to ? _steps[i + 1].From : to;
            if (start < end)
                parts[count++] = new(start, end, share.Part(end.DayNumber - start.DayNumber, to.DayNumber - from.DayNumber), step.Before, step.After);
        }

        return count;
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
            _denominator == 0 ? Money.Zero : Money.RoundFen(_numerator * balance.Fen / _denominator);
    }
}
