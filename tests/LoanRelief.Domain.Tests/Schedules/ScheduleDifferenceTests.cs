using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Schedules;

public class ScheduleDifferenceTests
{
    [Fact]
    public void Rows_that_are_new_gone_or_changed_are_named_and_no_others()
    {
        var (first, second, third, other) = (Row(1, 100), Row(2, 100), Row(3, 100), Row(2, 90));

        var differences = ScheduleDifference.Between(new([first, second]), new([other, third]));

        Assert.Equal([new(1, first, null), new(2, second, other), new(3, null, third)], differences);
        Assert.Empty(ScheduleDifference.Between(new([first, second]), new([first, second])));
    }

    private static Instalment Row(int number, long principal)
    {
        var date = new DateOnly(2025, number, 15);
        return new(number, date, date, Money.FromFen(principal), Money.Zero, Money.Zero);
    }
}
