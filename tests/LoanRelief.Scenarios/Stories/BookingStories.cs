using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Stories;

public class BookingStories(ScenarioHouse house) : Scenario(house)
{
    [Fact]
    public async Task A_booking_that_fails_twice_is_instructed_again_after_one_and_four_hours_and_confirmed()
    {
        var file = await Road.ToAsync("booking", Bank);
        await FailAsync(file, hours: 1);
        await FailAsync(file, hours: 4);
        Assert.Equal(3, file.Heard.Count(kind => kind == "booking.instructed"));

        Assert.Equal("followUp", (await file.ReportAsync(Booked("JJ2025-0517"))).Stage);
        await Time.PassDaysAsync(30);
        Assert.Equal("closed: renewed, relieved-as-agreed", (await file.ReadAsync()).End);
    }

    [Fact]
    public async Task A_booking_that_fails_three_times_is_reversed()
    {
        var file = await Road.ToAsync("booking", Bank);
        await FailAsync(file, hours: 1);
        await FailAsync(file, hours: 4);

        var reversing = await file.ReportAsync(BookingFailed);
        Assert.True(reversing.Booking!.Reversing);
        Assert.Equal(["reversal-under-way"], (await file.RefusedAsync(Booked("JJ2025-0518"))).Codes);
        Assert.Equal("closed: bookingFailed, core-system-refused", (await file.ReportAsync(Reversed)).End);
        Assert.Equal(["booking.instructed", "booking.instructed", "booking.instructed", "booking.reversal-instructed", "case.closed"], file.Heard.TakeLast(5));
    }

    [Fact]
    public async Task A_core_system_that_does_not_answer_is_asked_every_day_and_never_instructed_twice()
    {
        var file = await Road.ToAsync("booking", Bank);
        await Time.MoveByAsync(TimeSpan.FromHours(24));
        await Time.MoveByAsync(TimeSpan.FromHours(24));

        Assert.Equal(["booking.instructed", "booking.chased", "booking.chased"], file.Heard.TakeLast(3));
        Assert.Equal(1, (await file.ReadAsync()).Booking!.Attempts);
        await file.ReportAsync(Booked("JJ2025-0519"));
    }

    [Fact]
    public async Task A_confirmation_says_what_was_booked()
    {
        var file = await Road.ToAsync("booking", Bank);

        Assert.Equal(["new-loan-number-needed"], (await file.RefusedAsync(Booked())).Codes);
        Assert.Equal(["new-loan-number-is-old"], (await file.RefusedAsync(Booked(file.Loan.Number))).Codes);
        Assert.Equal(["no-reversal-asked"], (await file.RefusedAsync(Reversed)).Codes);
    }

    private async Task FailAsync(CaseFile file, int hours)
    {
        var asked = file.Heard.Count(kind => kind == "booking.instructed");
        var failed = await file.ReportAsync(BookingFailed);
        Assert.Equal(Time.Now.AddHours(hours), failed.NextDeadline);
        await Time.MoveToAsync(failed.NextDeadline!.Value.AddMinutes(-1));
        Assert.Equal(asked, file.Heard.Count(kind => kind == "booking.instructed"));
        await Time.MoveToAsync(failed.NextDeadline.Value);
        Assert.Equal(asked + 1, file.Heard.Count(kind => kind == "booking.instructed"));
    }
}
