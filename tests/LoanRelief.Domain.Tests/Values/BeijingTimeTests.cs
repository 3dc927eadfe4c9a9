using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Values;

public class BeijingTimeTests
{
    [Theory]
    [InlineData("2025-06-30T15:59:59.9999999Z", "2025-06-30")]
    [InlineData("2025-06-30T16:00:00Z", "2025-07-01")]
    [InlineData("2025-06-30T23:30:00+08:00", "2025-06-30")]
    [InlineData("2025-06-30T23:30:00-05:00", "2025-07-01")]
    [InlineData("1989-06-30T15:59:00Z", "1989-06-30")] // daylight saving was kept until 1991: the rule here is +08:00 all the same
    public void The_date_is_that_of_Beijing_whatever_the_offset_of_the_instant(string instant, string date) =>
        Assert.Equal(Date(date), BeijingTime.DateOf(Instant(instant)));

    [Fact]
    public void A_day_lasts_from_midnight_to_midnight_in_Beijing()
    {
        var date = new DateOnly(2024, 2, 29);

        Assert.Equal(Instant("2024-02-28T16:00:00Z"), BeijingTime.StartOf(date));
        Assert.Equal(Instant("2024-02-29T16:00:00Z"), BeijingTime.EndOf(date));
        Assert.Equal(Instant("2024-02-29T09:30:00+08:00"), BeijingTime.At(date, new TimeOnly(9, 30)));
        Assert.Equal(TimeSpan.FromHours(8), BeijingTime.At(date, new TimeOnly(9, 30)).Offset);
        Assert.Equal(date, BeijingTime.DateOf(BeijingTime.StartOf(date)));
        Assert.Equal(date.AddDays(1), BeijingTime.DateOf(BeijingTime.EndOf(date)));
        Assert.Equal(date, BeijingTime.DateOf(BeijingTime.EndOf(date).AddTicks(-1)));
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, null);
}
