using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Calendars;

/// <summary>What a notice of the State Council can not say.</summary>
public static class HolidayRules
{
    /// <summary>Years that a notice can be about: since the first 《全国年节及纪念日放假办法》.</summary>
    public const int FirstYear = 1949;

    public const int LastYear = 2999;

    /// <summary>The longest holiday so far had 10 days, in 2020.</summary>
    private const int LongestHoliday = 15;

    /// <summary>The farthest make-up day so far lay 11 days from its holiday, in 2026.</summary>
    private const int FarthestMakeUpDay = 31;

    /// <summary>The statutory days before 2025; since then there are 13, and a notice adds the weekends around them.</summary>
    private const int FewestDaysOff = 11;

    private const int MostDaysOff = 60;

    /// <summary>
    /// Everything that is wrong with a year that is handed in; empty when nothing is. Besides <see cref="Check(int, HolidayYear)"/> it asks
    /// where the year comes from, and whether it is whole and within all reason: a slip of the pen moves real deadlines.
    /// </summary>
    /// <returns>Fields are JSON paths within the year, such as <c>holidays[0].makeUpDays[1]</c>.</returns>
    public static IReadOnlyList<Refusal> CheckSubmission(int year, HolidayYear content)
    {
        var found = new Findings();
        Check(year, content, found);
        if (found.All.Count > 0)
            return found.All;
        found.When(content.Notices.Count == 0 && content.Source is null, "notice-needed", "notices");
        found.OutOfRange(content.Holidays.Sum(holiday => holiday.Days), FewestDaysOff, MostDaysOff, "holidays");
        for (var i = 0; i < content.Holidays.Count; i++)
            CheckReason(content.Holidays[i], found, $"holidays[{i}]");
        return found.All;
    }

    /// <summary>Everything by which a year contradicts itself or the year that it is of.</summary>
    public static IReadOnlyList<Refusal> Check(int year, HolidayYear content)
    {
        var found = new Findings();
        Check(year, content, found);
        return found.All;
    }

    private static void Check(int year, HolidayYear content, Findings found)
    {
        for (var i = 0; i < content.Notices.Count; i++)
            found.When(string.IsNullOrWhiteSpace(content.Notices[i]), "required", $"notices[{i}]");
        var seen = new HashSet<DateOnly>();
        for (var i = 0; i < content.Holidays.Count; i++)
            Check(year, content.Holidays[i], seen, found, $"holidays[{i}]");
    }

    private static void Check(int year, Holiday holiday, HashSet<DateOnly> seen, Findings found, string path)
    {
        // The notice of a year also moves days of the last week of December before it (元旦).
        var first = new DateOnly(year - 1, 12, BusinessCalendar.FirstDayMovedByNextYear);
        var last = new DateOnly(year, 12, 31);
        found.When(string.IsNullOrWhiteSpace(holiday.Name), "required", $"{path}.name");
        if (found.OutOfRange(holiday.From, first, last, $"{path}.from") || found.OutOfRange(holiday.To, holiday.From, last, $"{path}.to"))
            return;
        for (var date = holiday.From; date <= holiday.To; date = date.AddDays(1))
        {
            if (!seen.Add(date))
                found.Add(Twice(date, path));
        }

        for (var i = 0; i < holiday.MakeUpDays.Count; i++)
        {
            var (date, field) = (holiday.MakeUpDays[i], $"{path}.makeUpDays[{i}]");
            if (found.OutOfRange(date, first, last, field))
                continue;
            if (!BusinessCalendar.IsWeekend(date))
                found.Add(new Refusal("make-up-day-on-weekday", field).With("seen", date));
            if (!seen.Add(date))
                found.Add(Twice(date, field));
        }
    }

    private static void CheckReason(Holiday holiday, Findings found, string path)
    {
        if (holiday.Days > LongestHoliday)
            found.Add(new Refusal("holiday-too-long", path).With("seen", holiday.Days).With("maximum", LongestHoliday));
        if (holiday.MakeUpDays.Count > holiday.WeekdaysOff)
            found.Add(new Refusal("more-made-up-than-off", $"{path}.makeUpDays").With("seen", holiday.MakeUpDays.Count).With("maximum", holiday.WeekdaysOff));
        for (var i = 0; i < holiday.MakeUpDays.Count; i++)
            found.OutOfRange(holiday.MakeUpDays[i], holiday.From.AddDays(-FarthestMakeUpDay), holiday.To.AddDays(FarthestMakeUpDay), $"{path}.makeUpDays[{i}]");
    }

    private static Refusal Twice(DateOnly date, string field) => new Refusal("day-named-twice", field).With("seen", date);
}
