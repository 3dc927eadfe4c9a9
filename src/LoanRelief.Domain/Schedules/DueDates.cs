using LoanRelief.Domain.Loans;

namespace LoanRelief.Domain.Schedules;

/// <summary>The due dates of a loan: one series of months, cut off at maturity.</summary>
/// <remarks>
/// Each date counts from the same anchor and not from the date before it, so that a loan drawn on the 31st falls due on
/// 28 February and on 31 March. A last period shorter than <see cref="ScheduleTerms.ShortestLastPeriodDays"/> joins the
/// one before it: by the usual week, a loan drawn on 30 June that matures on 31 July is paid on 31 July and not on the day before as well.
/// </remarks>
internal readonly struct DueDates
{
    private readonly DateOnly _anchor;
    private readonly int _periodMonths;
    private readonly int _offset;
    private readonly int _shortestLastDays;
    private readonly DateOnly _maturity;
    private readonly DateOnly? _original;
    private readonly DateOnly? _former;

    /// <summary>1 where the contract names the first date, which then stands whatever follows it; else 0.</summary>
    private readonly int _named;

    public DueDates(ScheduleTerms terms)
    {
        (_maturity, _original, _former) = (terms.Maturity, terms.OriginalMaturity, terms.FormerMaturity);
        _shortestLastDays = terms.ShortestLastPeriodDays;
        _periodMonths = terms.Method == RepaymentMethod.Bullet ? 0 : terms.PeriodMonths;
        _named = terms.FirstDueDate is null ? 0 : 1;
        var afterOnePeriod = terms.Start.AddMonths(_periodMonths);
        if (terms.FirstDueDate is { } first && first != afterOnePeriod)
            (_anchor, _offset, StartIsRegular) = (first, 0, first.AddMonths(-_periodMonths) == terms.Start);
        else
            (_anchor, _offset, StartIsRegular) = (terms.Start, 1, true);
        var last = _periodMonths == 0 ? 0 : IndexAtOrAfter(_maturity);
        if (last > _named && IsShort(Standing(last - 1, Regular(last - 1)), _maturity))
            last--;
        Count = last + 1;
        MaturityIsRegular = _periodMonths != 0 && Regular(last) == _maturity;
    }

    public int Count { get; }

    /// <summary>Whether the first due date lies one whole period after the start.</summary>
    public bool StartIsRegular { get; }

    /// <summary>Whether maturity is one of the series, so that the last period is whole when the one before is.</summary>
    public bool MaturityIsRegular { get; }

    /// <summary>The due date, and whether it is one of the series.</summary>
    public (DateOnly Date, bool IsRegular) this[int index]
    {
        get
        {
            if (index == Count - 1)
                return (_maturity, MaturityIsRegular);
            var regular = Regular(index);
            var date = Standing(index, regular);
            return (date, date == regular);
        }
    }

    /// <summary>Maturity moved by whole months: along the series where it is one of it, so that the day of the month is kept.</summary>
    public DateOnly MaturityPlus(int months) =>
        MaturityIsRegular && months % _periodMonths == 0 ? Regular(Count - 1 + (months / _periodMonths)) : _maturity.AddMonths(months);

    /// <summary>How many due dates lie before a day, counted on beyond maturity where the day lies there.</summary>
    public int CountBefore(DateOnly day)
    {
        var index = IndexAtOrAfter(day);
        if (index == 0)
            return 0;
        // The series may have the date before it earlier than it is due.
        var regular = Regular(index - 1);
        var before = index == Count && regular < _maturity ? _maturity : Standing(index - 1, regular);
        return before >= day ? index - 1 : index;
    }

    /// <summary>The date that the series has there, before or after maturity.</summary>
    private DateOnly Regular(int index) => _anchor.AddMonths((index + _offset) * _periodMonths);

    /// <summary>
    /// A maturity that took in the date of the series just before it stays a due date when it is moved, so that no
    /// payment falls due earlier than before.
    /// </summary>
    private DateOnly Standing(int index, DateOnly regular) =>
        index < _named ? regular
        : _former is { } former && IsShort(regular, former) ? former
        : _original is { } original && IsShort(regular, original) ? original
        : regular;

    private bool IsShort(DateOnly from, DateOnly to) => to > from && to.DayNumber - from.DayNumber < _shortestLastDays;

    /// <summary>Index of the first date of the series that is not before <paramref name="date"/>; at least 0.</summary>
    private int IndexAtOrAfter(DateOnly date)
    {
        var months = ((date.Year - _anchor.Year) * 12) + date.Month - _anchor.Month;
        var index = Math.Max((months / _periodMonths) - _offset, 0);
        while (Regular(index) < date)
            index++;
        return index;
    }
}
