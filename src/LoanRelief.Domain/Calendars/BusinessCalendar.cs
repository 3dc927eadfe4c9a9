using System.Collections;
using System.Text.Json;

namespace LoanRelief.Domain.Calendars;

/// <summary>Working days in China: weekdays, less holidays, plus make-up working days at weekends (调休).</summary>
/// <remarks>
/// A year without data is <em>provisional</em>: its weekdays count as working days, and every date that rests on it is
/// marked, so that nobody takes a guess for a published date.
/// </remarks>
public sealed class BusinessCalendar
{
    /// <summary>From this day of December the next year's notice may move days: 元旦 2019 began on 2018-12-29.</summary>
    internal const int FirstDayMovedByNextYear = 28;

    private static readonly Lazy<BusinessCalendar> EmbeddedChina = new(ReadEmbedded);

    private readonly DateOnly _first;
    private readonly BitArray _working;
    private readonly BitArray _provisional;

    private BusinessCalendar(HolidayData data)
    {
        Data = data;
        _first = new(data.Years.Keys.Min() - 1, 1, 1);
        var days = new DateOnly(data.Years.Keys.Max(), 12, 31).DayNumber - _first.DayNumber + 1;
        _working = new(days);
        _provisional = new(days);
        for (var i = 0; i < days; i++)
        {
            var date = _first.AddDays(i);
            _working[i] = !IsWeekend(date);
            _provisional[i] = IsProvisional(date.Year)
                || (date is { Month: 12, Day: >= FirstDayMovedByNextYear } && IsProvisional(date.Year + 1));
        }

        // In the order of years, so that a later notice overrules an earlier one about the days around New Year.
        foreach (var holiday in data.Years.OrderBy(year => year.Key).SelectMany(year => year.Value.Holidays))
        {
            for (var date = holiday.From; date <= holiday.To; date = date.AddDays(1))
                _working[date.DayNumber - _first.DayNumber] = false;
            foreach (var date in holiday.MakeUpDays)
                _working[date.DayNumber - _first.DayNumber] = true;
        }
    }

    /// <summary>The State Council's days for 2015 to 2026, as shipped with the program.</summary>
    public static BusinessCalendar China => EmbeddedChina.Value;

    /// <summary>What the calendar was made from, with the numbers of the notices.</summary>
    public HolidayData Data { get; }

    /// <summary>Reads holiday data of the form of <c>china-holidays.json</c>, so that a new year needs no new build.</summary>
    /// <exception cref="JsonException">The data is not of that form or contradicts itself; the message names the JSON path.</exception>
    public static BusinessCalendar FromJson(string json) => new(HolidayDataReader.Read(json));

    /// <summary>This calendar with the years of <paramref name="newer"/>; where both have a year, the newer data wins.</summary>
    public BusinessCalendar With(BusinessCalendar newer) => With(newer.Data.Years);

    /// <summary>This calendar with other years; where both have a year, the given one wins.</summary>
    /// <param name="years">Years that <see cref="HolidayRules.Check(int, HolidayYear)"/> finds nothing wrong with.</param>
    public BusinessCalendar With(IReadOnlyDictionary<int, HolidayYear> years)
    {
        var all = new Dictionary<int, HolidayYear>(Data.Years);
        foreach (var (year, content) in years)
            all[year] = content;
        return new(Data with { Years = all });
    }

    public bool IsWorkingDay(DateOnly date)
    {
        var index = date.DayNumber - _first.DayNumber;
        return (uint)index < (uint)_working.Length ? _working[index] : !IsWeekend(date);
    }

    /// <summary>Whether the year's holidays are not known.</summary>
    public bool IsProvisional(int year) => !Data.Years.ContainsKey(year);

    /// <summary>Whether a notice that is not known yet could turn this day into a holiday or a working day.</summary>
    /// <remarks>The last days of December stay provisional until the next year's notice is known, because 元旦 reaches back to them.</remarks>
    public bool IsProvisional(DateOnly date)
    {
        var index = date.DayNumber - _first.DayNumber;
        return (uint)index >= (uint)_provisional.Length || _provisional[index];
    }

    /// <summary>The date itself when it is a working day, else the next one (顺延).</summary>
    public BusinessDate NextWorkingDayOnOrAfter(DateOnly date) => Roll(date, 1);

    /// <summary>The date itself when it is a working day, else the one before it (提前).</summary>
    public BusinessDate PreviousWorkingDayOnOrBefore(DateOnly date) => Roll(date, -1);

    /// <summary>The <paramref name="count"/>th working day after the date, or before it when negative; zero gives the date itself.</summary>
    public BusinessDate AddWorkingDays(DateOnly date, int count)
    {
        var step = Math.Sign(count);
        var provisional = IsProvisional(date);
        for (var left = Math.Abs(count); left > 0;)
        {
            date = date.AddDays(step);
            provisional |= IsProvisional(date);
            if (IsWorkingDay(date))
                left--;
        }

        return new(date, provisional);
    }

    internal static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private BusinessDate Roll(DateOnly date, int step)
    {
        var provisional = IsProvisional(date);
        while (!IsWorkingDay(date))
        {
            date = date.AddDays(step);
            provisional |= IsProvisional(date);
        }

        return new(date, provisional);
    }

    private static BusinessCalendar ReadEmbedded()
    {
        using var stream = typeof(BusinessCalendar).Assembly.GetManifestResourceStream("china-holidays.json")!;
        using var reader = new StreamReader(stream);
        return FromJson(reader.ReadToEnd());
    }
}
