using LoanRelief.Scenarios.Crashes;
using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Faults;

/// <summary>Ten business minutes a second, and nobody but the orchestration itself to look at the clock.</summary>
[Trait("Host", "Functions")]
public sealed class LateEventTests
{
    private static readonly Dictionary<string, string> RunningClock = new()
    {
        ["Clock__Speed"] = "600",
        ["Schedules__Watchdog"] = "0 0 0 29 2 *", // not today
    };

    [Fact]
    public async Task An_event_that_comes_after_a_wait_has_timed_out_ends_the_next_wait_at_once()
    {
        await using var house = await FragileHouse.StartAsync(HostKind.Functions, changed: RunningClock);
        var file = await Road.ToAsync("booking", house.Bank);

        await file.ReportAsync(BookingFailed);
        await HeardAsync(2); // the timer of an hour: this wait has timed out
        await file.ReportAsync(BookingFailed);
        await HeardAsync(3); // four hours from the report; were it not heard of, the day in which an answer is due would be waited for
        await file.ReportAsync(Booked("JJ2025-0515"));

        Assert.Equal("followUp", (await file.ReadAsync()).Stage);
        Assert.DoesNotContain("booking.chased", file.Heard);
        await Books.CheckAsync(house.Bank, file);

        async Task HeardAsync(int instructions)
        {
            for (var since = DateTime.UtcNow; file.Heard.Count(kind => kind == "booking.instructed") < instructions; await Task.Delay(100, TestContext.Current.CancellationToken))
                Assert.True(DateTime.UtcNow - since < TimeSpan.FromSeconds(90), $"Not instructed {instructions} times: {string.Join(", ", file.Heard)}");
        }
    }
}
