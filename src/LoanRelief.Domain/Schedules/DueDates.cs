using LoanRelief.Domain.Loans;

namespace LoanRelief.Domain.Schedules;

/// <summary>The due dates of a loan: one series of months, cut off at maturity.</summary>
/// <remarks>
/// Each date counts from the same anchor and not from the date before it, so that a loan drawn on the 31st falls due on
/// 28 February and on 31 March.
/// </remarks>
internal readonly struct DueDates
{
    private readonly DateOnly _anchor;
    private readonly int _periodMonths;
    private readonly int _offset;
    private readonly DateOnly _maturity;

    public DueDates(ScheduleTerms terms)
    {
        _maturity = terms.Maturity;
        _periodMonths = terms.Method == RepaymentMethod.Bullet ? 0 : terms.PeriodMonths;
        var afterOnePeriod = terms.Start.AddMonths(_periodMonths);
        if (terms.FirstDueDate is { } first && first != afterOnePeriod)
            (_anchor, _offset, StartIsRegular) = (first, 0, first.AddMonths(-_periodMonths) == terms.Start);
        else
            (_anchor, _offset, StartIsRegular) = (terms.Start, 1, true);
        Count = _periodMonths == 0 ? 1 : IndexAtOrAfter(_maturity) + 1;
        MaturityIsRegular = _periodMonths != 0 && Regular(Count - 1) == _maturity;
    }

    public int Count { get; }

    /// <summary>Whether the first due date lies one whole period after the start.</summary>
    public bool StartIsRegular { get; }

    /// <summary>Whether maturity is one of the series, so that the last period is whole when the one before is.</summary>
    public bool MaturityIsRegular { get; }

    public DateOnly this[int index] => index == Count - 1 ? _maturity : Regular(index);

    /// <summary>The date that the series has there, before or after maturity.</summary>
    public DateOnly Regular(int index) => _anchor.AddMonths((index + _offset) * _periodMonths);

    /// <summary>Maturity moved by whole months: along the series where it is one of it, so that the day of the month is kept.</summary>
    public DateOnly MaturityPlus(int months) =>
        MaturityIsRegular && months % _periodMonths == 0 ? Regular(Count - 1 + (months / _periodMonths)) : _maturity.AddMonths(months);

    /// <summary>Index of the first date of the series that is not before <paramref name="date"/>; at least 0.</summary>
    public int IndexAtOrAfter(DateOnly date)
    {
        var months = ((date.Year - _anchor.Year) * 12) + date.Month - _anchor.Month;
        var index = Math.Max((months / _periodMonths) - _offset, 0);
        while (Regular(index) < date)
            index++;
        return index;
    }
}
