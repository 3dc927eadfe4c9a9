using System.Text.Json;
using LoanRelief.Domain.Calendars;
using Xunit;

namespace LoanRelief.Domain.Tests.Calendars;

public class BusinessCalendarTests
{
    private const string Year2027 = """
        {
          "source": "example",
          "years": {
            "2027": {
              "notices": ["国办发明电〔2026〕1号"],
              "holidays": [
                { "name": "元旦", "from": "2026-12-31", "to": "2027-01-02", "makeUpDays": ["2027-01-03"] },
                { "name": "国庆节", "from": "2027-10-01", "to": "2027-10-07", "makeUpDays": ["2027-09-26"] }
              ]
            }
          }
        }
        """;

    private static readonly BusinessCalendar China = BusinessCalendar.China;

    [Theory]
    [InlineData("2025-09-30", true)]
    [InlineData("2025-10-01", false)]
    [InlineData("2025-10-11", true)] // a Saturday, worked
    [InlineData("2025-10-12", false)]
    [InlineData("2018-12-29", true)] // a Saturday, worked by the notice for 2019
    [InlineData("2018-12-31", false)] // a Monday, off by the notice for 2019
    [InlineData("2020-02-01", false)] // a make-up day that the longer Spring Festival took back
    [InlineData("2015-09-03", false)] // once only
    [InlineData("2027-10-01", true)] // a Friday of a year without data: a plain weekday
    [InlineData("1999-01-02", false)]
    public void Working_days_follow_the_notices_and_plain_weekdays_where_there_is_none(string date, bool working) =>
        Assert.Equal(working, China.IsWorkingDay(Date(date)));

    [Theory]
    [InlineData("2025-10-01", "2025-10-09", "2025-09-30")]
    [InlineData("2025-10-10", "2025-10-10", "2025-10-10")]
    [InlineData("2025-10-12", "2025-10-13", "2025-10-11")]
    [InlineData("2026-02-15", "2026-02-24", "2026-02-14")]
    public void A_day_off_rolls_forward_or_back_to_a_working_day(string date, string next, string previous)
    {
        Assert.Equal(new BusinessDate(Date(next), false), China.NextWorkingDayOnOrAfter(Date(date)));
        Assert.Equal(new BusinessDate(Date(previous), false), China.PreviousWorkingDayOnOrBefore(Date(date)));
    }

    [Theory]
    [InlineData("2025-09-26", 0, "2025-09-26")]
    [InlineData("2025-09-26", 1, "2025-09-28")] // a Sunday, worked
    [InlineData("2025-09-26", 4, "2025-10-09")]
    [InlineData("2025-10-09", -4, "2025-09-26")]
    [InlineData("2025-10-04", 1, "2025-10-09")]
    [InlineData("2025-10-04", -1, "2025-09-30")]
    [InlineData("2025-10-04", 0, "2025-10-04")]
    public void Working_days_are_counted_over_holidays_and_make_up_days(string from, int count, string to) =>
        Assert.Equal(new BusinessDate(Date(to), false), China.AddWorkingDays(Date(from), count));

    [Theory]
    [InlineData("2026-12-27", false)]
    [InlineData("2026-12-28", true)] // the notice for 2027 may still move it
    [InlineData("2027-06-01", true)]
    [InlineData("2014-06-01", true)]
    [InlineData("2015-01-01", false)]
    public void A_day_is_provisional_until_every_notice_about_it_is_known(string date, bool provisional) =>
        Assert.Equal(provisional, China.IsProvisional(Date(date)));

    [Fact]
    public void A_date_is_provisional_when_any_day_that_was_looked_at_is()
    {
        Assert.Equal(new BusinessDate(Date("2027-10-01"), true), China.NextWorkingDayOnOrAfter(Date("2027-10-01")));
        Assert.Equal(new BusinessDate(Date("2026-12-31"), true), China.AddWorkingDays(Date("2027-01-04"), -2));
        Assert.Equal(new BusinessDate(Date("2026-12-25"), true), China.AddWorkingDays(Date("2027-01-04"), -6));
        Assert.Equal(new BusinessDate(Date("2026-12-25"), false), China.AddWorkingDays(Date("2026-12-24"), 1));
        Assert.True(China.IsProvisional(2027));
        Assert.False(China.IsProvisional(2026));
    }

    [Fact]
    public void A_new_year_can_be_supplied_without_a_build()
    {
        var calendar = China.With(BusinessCalendar.FromJson(Year2027));

        Assert.False(calendar.IsProvisional(2027));
        Assert.Equal(new BusinessDate(Date("2027-10-08"), false), calendar.NextWorkingDayOnOrAfter(Date("2027-10-01")));
        Assert.True(calendar.IsWorkingDay(Date("2027-09-26")));
        Assert.False(calendar.IsWorkingDay(Date("2026-12-31")));
        Assert.Equal(new BusinessDate(Date("2026-12-30"), false), calendar.PreviousWorkingDayOnOrBefore(Date("2026-12-31")));
        Assert.False(calendar.IsWorkingDay(Date("2025-10-01")));
        Assert.True(China.IsProvisional(2027));
    }

    [Theory]
    [InlineData("\"to\": \"2027-10-07\"", "\"to\": \"2027-09-30\"", "$.years['2027'].holidays[1].to")]
    [InlineData("\"2027-09-26\"", "\"2027-09-27\"", "$.years['2027'].holidays[1].makeUpDays[0]")] // a Monday
    [InlineData("\"2027-09-26\"", "\"2027-10-02\"", "$.years['2027'].holidays[1].makeUpDays[0]")] // a day off already
    [InlineData("\"from\": \"2027-10-01\"", "\"from\": \"2027-01-01\"", "$.years['2027'].holidays[1]")] // over New Year's
    [InlineData("\"from\": \"2026-12-31\"", "\"from\": \"2026-12-01\"", "$.years['2027'].holidays[0].from")]
    [InlineData("\"name\": \"国庆节\"", "\"name\": \" \"", "$.years['2027'].holidays[1].name")]
    [InlineData("\"from\": \"2027-10-01\"", "\"from\": \"2027-02-30\"", "$.years.2027.holidays[1].from")]
    [InlineData("\"from\": \"2027-10-01\"", "\"form\": \"2027-10-01\"", "$.years.2027.holidays[1].form")]
    [InlineData("\"notices\": [\"国办发明电〔2026〕1号\"]", "\"notices\": [null]", "$.years['2027'].notices[0]")]
    [InlineData("\"notices\": [\"国办发明电〔2026〕1号\"]", "\"notices\": null", "$.years.2027.notices")]
    [InlineData("\"2027\": {", "\"0\": {", "$.years['0']")]
    [InlineData("\"2027\": {", "\"next\": {", "$.years.next")]
    [InlineData("\"source\": \"example\"", "\"source\": \"example\", \"source\": \"again\"", "$.source")]
    public void Wrong_data_is_refused_with_the_path_of_the_mistake(string right, string wrong, string path)
    {
        Assert.Contains(right, Year2027, StringComparison.Ordinal);

        var error = Assert.Throws<JsonException>(() => BusinessCalendar.FromJson(Year2027.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Equal(path, error.Path);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "source": "x", "years": {} }""")]
    [InlineData("""{ "source": "x", "years": { "2027": null } }""")]
    [InlineData("""{ "source": "x", "years": { "2027": { "notices": [], "holidays": [] } } }""")]
    [InlineData("""{ "source": "x", "years": { "2027": { "notices": [], "holidays": [null] } } }""")]
    public void Data_that_says_nothing_is_refused(string json) =>
        Assert.Contains('$', Assert.Throws<JsonException>(() => BusinessCalendar.FromJson(json)).Path!);

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
