using LoanRelief.Domain.Calendars;
using Xunit;

namespace LoanRelief.Domain.Tests.Calendars;

public class ChinaHolidayDataTests
{
    /// <summary>Source: npm package chinese-days 1.5.7, which is kept by others from the same notices.</summary>
    [Fact]
    public void Each_day_of_2015_to_2026_is_a_working_day_exactly_when_chinese_days_says_so()
    {
        var (holidays, makeUpDays) = ChineseDaysPackage.Read();
        var differences = Days(2015, 2026)
            .Where(day => BusinessCalendar.China.IsWorkingDay(day) != (makeUpDays.Contains(day) || (!holidays.Contains(day) && !IsWeekend(day))));

        Assert.Empty(differences);
    }

    [Fact]
    public void Each_make_up_day_and_each_holiday_on_a_weekday_is_one_that_chinese_days_has()
    {
        var (holidays, makeUpDays) = ChineseDaysPackage.Read();
        var announced = BusinessCalendar.China.Data.Years.Values.SelectMany(year => year.Holidays).ToList();

        Assert.Equal(
            makeUpDays.Where(day => day.Year is >= 2015 and <= 2026).Order(),
            announced.SelectMany(holiday => holiday.MakeUpDays).Order());
        Assert.Equal(
            holidays.Where(day => day.Year is >= 2015 and <= 2026 && !IsWeekend(day)).Order(),
            announced.SelectMany(DaysOff).Where(day => !IsWeekend(day)).Order());
    }

    [Fact]
    public void Each_year_from_2015_to_2026_cites_its_notice()
    {
        var years = BusinessCalendar.China.Data.Years;

        Assert.Equal(Enumerable.Range(2015, 12), years.Keys.Order());
        // A year's notice is published late in the year before; changes follow within the year.
        Assert.All(years, year => Assert.StartsWith($"国办发明电〔{year.Key - 1}〕", year.Value.Notices[0], StringComparison.Ordinal));
        Assert.All(years, year => Assert.All(year.Value.Notices.Skip(1), change => Assert.Contains($"〔{year.Key}〕", change, StringComparison.Ordinal)));
    }

    private static IEnumerable<DateOnly> Days(int firstYear, int lastYear)
    {
        for (var day = new DateOnly(firstYear, 1, 1); day.Year <= lastYear; day = day.AddDays(1))
            yield return day;
    }

    private static IEnumerable<DateOnly> DaysOff(Holiday holiday)
    {
        for (var day = holiday.From; day <= holiday.To; day = day.AddDays(1))
            yield return day;
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
