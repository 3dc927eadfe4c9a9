using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Tests.Relief;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Schedules;

/// <summary>The published worked examples, and dates worked out by hand from the calendar.</summary>
public class WorkedScheduleTests
{
    private static readonly BusinessCalendar China = BusinessCalendar.China;

    [Theory]
    [InlineData(DayCount.Actual360, 182, "43983.33")]
    [InlineData(DayCount.Thirty360, 180, "43500.00")]
    [InlineData(DayCount.Actual365Fixed, 182, "43380.82")]
    public void Half_a_year_of_a_bullet_loan_by_three_day_counts(DayCount dayCount, int days, string interest)
    {
        var row = Assert.Single(ScheduleCalculator.For(ScheduleTerms.Of(SampleLoan.Bullet) with { DayCount = dayCount }, China).Instalments);

        Assert.Equal(days, InterestMath.Days(dayCount, new(2022, 12, 30), new(2023, 6, 30)));
        Assert.Equal(interest, row.Interest.ToString());
        Assert.Equal(new DateOnly(2023, 6, 30), row.PayBy);
        Assert.Equal(SampleLoan.Bullet.Principal, row.Principal);
    }

    [Fact]
    public void Twelve_equal_instalments_of_a_million()
    {
        var schedule = ScheduleCalculator.For(ScheduleTerms.Of(SampleLoan.EqualInstalments), China);

        Assert.Equal(12, schedule.Instalments.Count);
        Assert.All(schedule.Instalments.SkipLast(1), row => Assert.Equal("85309.90", row.Total.ToString()));
        Assert.Equal("85309.89", schedule.Instalments[^1].Total.ToString());
        Assert.Equal("23718.79", schedule.TotalInterest.ToString());
        Assert.Equal("505427.45", schedule.Instalments[5].Balance.ToString());
        Assert.Equal(SampleLoan.EqualInstalments.Principal, schedule.TotalPrincipal);
    }

    [Fact]
    public void Twelve_equal_parts_of_principal_with_falling_interest()
    {
        var schedule = ScheduleCalculator.For(ScheduleTerms.Of(SampleLoan.EqualInstalments) with { Method = RepaymentMethod.EqualPrincipal }, China);

        Assert.All(schedule.Instalments.SkipLast(1), row => Assert.Equal("83333.33", row.Principal.ToString()));
        Assert.Equal("83333.37", schedule.Instalments[^1].Principal.ToString());
        Assert.Equal("3625.00", schedule.Instalments[0].Interest.ToString());
        Assert.Equal("3322.92", schedule.Instalments[1].Interest.ToString());
        Assert.Equal("302.08", schedule.Instalments[^1].Interest.ToString());
    }

    [Fact]
    public void A_day_that_a_month_lacks_is_clamped_and_comes_back()
    {
        var terms = ScheduleTerms.Of(SampleLoan.EqualInstalments) with { Start = new(2023, 10, 31), Maturity = new(2024, 4, 30), HolidayRule = HolidayRule.Stay };

        Assert.Equal(
            ["2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"],
            ScheduleCalculator.For(terms, China).Instalments.Select(row => row.DueDate.ToString("O", null)));
    }

    [Fact]
    public void Quarterly_interest_on_the_twentieth_with_broken_first_and_last_periods()
    {
        var terms = ScheduleTerms.Of(SampleLoan.Bullet) with
        {
            Method = RepaymentMethod.InterestThenPrincipal,
            PeriodMonths = 3,
            Start = new(2024, 1, 10),
            FirstDueDate = new(2024, 3, 20),
            Maturity = new(2025, 1, 10),
        };

        var rows = ScheduleCalculator.For(terms, China).Instalments;

        // Days 70, 92, 92, 91, 21 at 2,000,000 × 4.35% / 360 = 241.6667 a day; all due dates are working days.
        Assert.Equal(
            [("2024-03-20", "16916.67"), ("2024-06-20", "22233.33"), ("2024-09-20", "22233.33"), ("2024-12-20", "21991.67"), ("2025-01-10", "5075.00")],
            rows.Select(row => (row.DueDate.ToString("O", null), row.Interest.ToString())));
        Assert.Equal([0, 0, 0, 0, 200_000_000], rows.Select(row => row.Principal.Fen));
    }

    [Theory]
    [InlineData(null, "2025-07-31", "2025-07-31")] // and not on the 30th as well
    [InlineData(null, "2025-08-05", "2025-08-05")] // six days
    [InlineData(null, "2025-08-06", "2025-07-30 2025-08-06")] // a week
    [InlineData(null, "2025-09-01", "2025-07-30 2025-09-01")]
    [InlineData("2025-07-20", "2025-07-22", "2025-07-20 2025-07-22")] // the first is named in the contract
    [InlineData("2025-07-20", "2025-08-22", "2025-07-20 2025-08-22")]
    public void A_last_period_of_less_than_a_week_joins_the_one_before_it(string? firstDueDate, string maturity, string dueDates)
    {
        var terms = ScheduleTerms.Of(SampleLoan.EqualInstalments) with
        {
            Start = new(2025, 6, 30),
            FirstDueDate = firstDueDate is null ? null : DateOnly.ParseExact(firstDueDate, "yyyy-MM-dd"),
            Maturity = DateOnly.ParseExact(maturity, "yyyy-MM-dd"),
        };

        Assert.Equal(dueDates.Split(' '), ScheduleCalculator.For(terms, China).Instalments.Select(row => row.DueDate.ToString("O", null)));
    }

    [Theory]
    [InlineData(0, "2025-07-30 2025-07-31")]
    [InlineData(1, "2025-07-30 2025-07-31")]
    [InlineData(2, "2025-07-31")]
    public void How_short_a_last_period_may_be_is_a_term_of_the_contract(int shortest, string dueDates)
    {
        var terms = ScheduleTerms.Of(SampleLoan.EqualInstalments with { DrawnOn = new(2025, 6, 30), Maturity = new(2025, 7, 31), ShortestLastPeriodDays = shortest });

        Assert.Equal(dueDates.Split(' '), ScheduleCalculator.For(terms, China).Instalments.Select(row => row.DueDate.ToString("O", null)));
    }

    /// <summary>2025-10-31 took in the date of 2025-10-30, and stays a due date when the loan is extended.</summary>
    [Fact]
    public void The_maturity_first_agreed_stays_a_due_date()
    {
        var terms = ScheduleTerms.Of(SampleLoan.EqualInstalments) with { Start = new(2025, 8, 30), OriginalMaturity = new(2025, 10, 31), Maturity = new(2025, 12, 31) };

        Assert.Equal(
            ["2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31"],
            ScheduleCalculator.For(terms, China).Instalments.Select(row => row.DueDate.ToString("O", null)));
    }

    [Theory]
    [InlineData(HolidayRule.Roll, "2023-01-28", "8216.67", "2023-02-27", "7250.00")] // 34 and 30 days
    [InlineData(HolidayRule.RollMaturity, "2023-01-25", "7491.67", "2023-02-27", "7975.00")] // 31 and 33 days
    [InlineData(HolidayRule.Stay, "2023-01-25", "7491.67", "2023-02-25", "7491.67")] // 31 and 31 days
    public void A_due_date_in_the_Spring_Festival_rolls_or_stays_and_interest_runs_to_the_day_of_payment(
        HolidayRule rule, string firstPayBy, string firstInterest, string lastPayBy, string lastInterest)
    {
        // 2023-01-25 lies in the Spring Festival, 2023-01-28 is a Saturday that is worked, 2023-02-25 a Saturday.
        var terms = ScheduleTerms.Of(SampleLoan.Bullet) with
        {
            Method = RepaymentMethod.InterestThenPrincipal,
            Start = new(2022, 12, 25),
            Maturity = new(2023, 2, 25),
            HolidayRule = rule,
        };

        var rows = ScheduleCalculator.For(terms, China).Instalments;

        Assert.Equal((firstPayBy, firstInterest), (rows[0].PayBy.ToString("O", null), rows[0].Interest.ToString()));
        Assert.Equal((lastPayBy, lastInterest), (rows[1].PayBy.ToString("O", null), rows[1].Interest.ToString()));
    }

    [Fact]
    public void The_days_until_a_rolled_maturity_is_paid_add_to_the_last_of_equal_instalments()
    {
        // 2025-01-12 is a Sunday: one more day on 85,001.75 (the last principal) at 4.35% / 360 = 10.27.
        var rows = ScheduleCalculator.For(ScheduleTerms.Of(SampleLoan.EqualInstalments) with { HolidayRule = HolidayRule.Roll }, China).Instalments;

        Assert.Equal(new DateOnly(2025, 1, 13), rows[^1].PayBy);
        Assert.Equal(Money.FromYuan(85_309.89m + 10.27m), rows[^1].Total);
        Assert.All(rows.SkipLast(1), row => Assert.Equal("85309.90", row.Total.ToString()));
    }

    [Fact]
    public void A_day_of_payment_in_a_year_without_holiday_data_is_provisional()
    {
        var terms = ScheduleTerms.Of(SampleLoan.EqualInstalments) with { Start = new(2026, 9, 12), Maturity = new(2027, 2, 12), HolidayRule = HolidayRule.Roll };

        var schedule = ScheduleCalculator.For(terms, China);

        Assert.Equal([false, false, false, true, true], schedule.Instalments.Select(row => row.Provisional));
        Assert.True(schedule.Provisional);
        Assert.False(ScheduleCalculator.For(terms with { HolidayRule = HolidayRule.Stay }, China).Provisional);
    }
}
