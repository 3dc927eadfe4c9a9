using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Stories;

public class WithdrawalStories(ScenarioHouse house) : Scenario(house)
{
    [Theory]
    [InlineData("contact")]
    [InlineData("intent")]
    [InlineData("screening")]
    [InlineData("approval")]
    [InlineData("secondReview")]
    [InlineData("guarantee")]
    [InlineData("signature")]
    [InlineData("repayment")]
    public async Task Until_the_signature_a_withdrawal_closes_the_case_at_once(string stage)
    {
        var file = await Road.ToAsync(stage, Bank);
        Assert.Equal(stage, (await file.ReadAsync()).Stage);

        Assert.Equal("closed: withdrawn, withdrawn", (await file.ReportAsync(Withdrawn())).End);
        Assert.Equal("case.closed", file.Heard.Last());
    }

    [Fact]
    public async Task After_the_signature_what_may_have_been_booked_is_undone_first()
    {
        var file = await Road.ToAsync("booking", Bank);

        var reversing = await file.ReportAsync(Withdrawn());
        Assert.Equal(("booking", true), (reversing.Stage, reversing.Booking!.Reversing));
        Assert.Equal(["reversal-under-way"], (await file.RefusedAsync(Withdrawn())).Codes);
        await Time.PassDaysAsync(1);
        Assert.Equal("booking.reversal-chased", file.Heard.Last());
        Assert.Equal("closed: withdrawn, withdrawn", (await file.ReportAsync(Reversed)).End);
    }

    [Fact]
    public async Task What_is_booked_can_not_be_withdrawn()
    {
        var file = await Road.ToAsync("followUp", Bank);

        Assert.Equal(["not-in-this-stage"], (await file.NotNowAsync(Withdrawn())).Codes);
    }
}
