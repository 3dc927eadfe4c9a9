using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Schedules;

public class InterestMathTests
{
    /// <summary>Source: the rule of 30/360 bond basis, by hand.</summary>
    [Theory]
    [InlineData("2023-01-31", "2023-02-28", 28)]
    [InlineData("2023-02-28", "2023-03-31", 33)] // a February day is not stretched
    [InlineData("2024-02-29", "2024-03-31", 32)]
    [InlineData("2023-01-30", "2023-03-31", 60)]
    [InlineData("2023-01-29", "2023-03-31", 62)]
    [InlineData("2023-01-31", "2023-03-31", 60)]
    [InlineData("2022-12-30", "2023-06-30", 180)]
    [InlineData("2020-02-29", "2021-02-28", 359)]
    public void Months_of_thirty_days(string from, string to, int days) =>
        Assert.Equal(days, InterestMath.Days(DayCount.Thirty360, Date(from), Date(to)));

    [Theory]
    [InlineData("2024-02-28", "2024-03-01", 2)]
    [InlineData("2023-02-28", "2023-03-01", 1)]
    [InlineData("2023-12-31", "2024-12-31", 366)]
    public void Actual_days_count_the_first_and_not_the_last(string from, string to, int days)
    {
        Assert.Equal(days, InterestMath.Days(DayCount.Actual360, Date(from), Date(to)));
        Assert.Equal(days, InterestMath.Days(DayCount.Actual365Fixed, Date(from), Date(to)));
    }

    [Fact]
    public void Interest_is_rounded_once_at_the_end() =>
        // 1.20 yuan at 5% for a month is half a fen; 0.0041666… rounded before would be nothing.
        Assert.Equal(1, InterestMath.Interest(Money.FromFen(120), new(0.05m), InterestMath.ShareOfMonths(1)).Fen);

    [Fact]
    public void Shares_of_a_year_add_up()
    {
        var sum = new YearShare(1, 12) + new YearShare(15, 360);

        Assert.Equal(1m / 8m, (decimal)sum.Numerator / sum.Denominator);
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
