using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Schedules;

public class ScheduleTests
{
    private static readonly Money Hundred = Money.FromFen(100);

    [Fact]
    public void Rows_that_foot_repay_the_principal()
    {
        Assert.True(new Schedule([Row(1, 60, 40), Row(2, 40, 0)]).Repays(Hundred));
        Assert.True(new Schedule([Row(1, 0, 105), Row(2, 105, 0)]) { Capitalised = Money.FromFen(5) }.Repays(Hundred));
    }

    public static TheoryData<string, Schedule> Wrong => new()
    {
        { "principal is lost", new([Row(1, 0, 100), Row(2, 0, 100)]) },
        { "too much is repaid", new([Row(1, 60, 40), Row(2, 60, -20)]) },
        { "a balance does not follow", new([Row(1, 60, 30), Row(2, 40, 0)]) },
        { "a row pays back", new([Row(1, 110, -10), Row(2, -10, 0)]) },
        { "a date comes twice", new([Row(1, 60, 40), Row(1, 40, 0)]) },
        { "interest that was capitalised is not there", new([Row(1, 60, 40), Row(2, 40, 0)]) { Capitalised = Money.FromFen(5) } },
        { "there is no row", new([]) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Rows_that_do_not_foot_do_not(string why, Schedule schedule) =>
        Assert.False(schedule.Repays(Hundred), why);

    private static Instalment Row(int month, long principal, long balance) =>
        new(month, new(2025, month, 15), new(2025, month, 15), Money.FromFen(principal), Money.Zero, Money.FromFen(balance));
}
