using CsCheck;
using LoanRelief.Domain.Calendars;
using Xunit;

namespace LoanRelief.Domain.Tests.Calendars;

public class ContactDeadlineTests
{
    /// <summary>Source: the two worked dates of the rule (2025-03-31 and 2025-11-05); the others by hand from the notices.</summary>
    [Theory]
    [InlineData("2025-03-31", "2025-02-28", "2025-02-28")] // clamped to the month's end; 31 days anyway
    [InlineData("2025-11-05", "2025-09-30", "2025-09-30")] // 10-05 lies in the National Day holiday
    [InlineData("2025-03-28", "2025-02-28", "2025-02-26")] // one month is 28 days here
    [InlineData("2025-03-30", "2025-02-28", "2025-02-28")]
    [InlineData("2024-03-29", "2024-02-29", "2024-02-28")] // 29 February
    [InlineData("2025-03-08", "2025-02-08", "2025-02-06")] // a Saturday that is worked
    [InlineData("2025-03-09", "2025-02-08", "2025-02-07")] // a Sunday goes back to that Saturday; 30 days before is a Friday
    [InlineData("2025-05-01", "2025-04-01", "2025-04-01")] // maturity itself is not rolled
    [InlineData("2026-03-20", "2026-02-14", "2026-02-14")] // back over the whole Spring Festival, and the strict date is in it too
    [InlineData("2026-01-31", "2025-12-31", "2025-12-31")]
    public void Is_one_month_before_maturity_moved_back_to_a_working_day(string maturity, string deadline, string strict)
    {
        Assert.Equal(new BusinessDate(Date(deadline), false), ContactDeadline.For(Date(maturity), BusinessCalendar.China, ContactRule.OneMonth));
        Assert.Equal(new BusinessDate(Date(strict), false), ContactDeadline.For(Date(maturity), BusinessCalendar.China, ContactRule.OneMonthAndThirtyDays));
    }

    [Fact]
    public void A_jurisdiction_may_ask_for_more_months()
    {
        Assert.Equal(Date("2025-08-29"), ContactDeadline.For(Date("2025-11-30"), BusinessCalendar.China, new(MonthsAhead: 3)).Date);
    }

    [Fact]
    public void Is_provisional_when_it_rests_on_a_year_without_data()
    {
        Assert.Equal(new BusinessDate(Date("2027-10-05"), true), ContactDeadline.For(Date("2027-11-05"), BusinessCalendar.China, ContactRule.OneMonth));
        // The maturity's own year does not matter, only the days that were looked at.
        Assert.Equal(new BusinessDate(Date("2026-12-10"), false), ContactDeadline.For(Date("2027-01-10"), BusinessCalendar.China, ContactRule.OneMonth));
    }

    /// <summary>The scan looks that far ahead: a bound that were too low would miss loans.</summary>
    [Fact]
    public void No_deadline_lies_earlier_than_the_bound_says() =>
        Gen.Select(AnyRule, AnyRule, Gen.Int[0, 4000]).Sample((one, other, days) =>
        {
            var maturity = new DateOnly(2016, 1, 1).AddDays(days);
            var before = ContactDeadline.For(maturity, BusinessCalendar.China, other).Date.DayNumber - ContactDeadline.For(maturity, BusinessCalendar.China, one).Date.DayNumber;
            Assert.True(before <= one.MostDaysBefore(other), $"{before} days, {one}, {other}, {maturity:O}");
        });

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1, 30, 34)] // 30 days instead of the 28 of February, and a holiday before it
    [InlineData(3, 0, 96)]
    public void The_bound_is_nothing_where_nothing_more_is_asked_for_and_otherwise_near(int months, int days, int bound) =>
        Assert.Equal(bound, new ContactRule(months, days).MostDaysBefore(ContactRule.OneMonth));

    [Theory]
    [InlineData(0, 0, "rule.monthsAhead")]
    [InlineData(13, 0, "rule.monthsAhead")]
    [InlineData(1, -1, "rule.minimumDays")]
    [InlineData(1, 401, "rule.minimumDays")]
    public void A_rule_out_of_range_is_refused_by_field(int months, int days, string field) =>
        Assert.Equal(field, Assert.Single(new ContactRule(months, days).Check("rule")).Field);

    [Fact]
    public void The_rules_offered_are_in_range() =>
        Assert.Empty(((ContactRule[])[ContactRule.OneMonth, ContactRule.OneMonthAndThirtyDays]).SelectMany(rule => rule.Check("rule")));

    private static readonly Gen<ContactRule> AnyRule = Gen.Select(Gen.Int[1, 12], Gen.Int[0, 400]).Select((months, days) => new ContactRule(months, days));

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
