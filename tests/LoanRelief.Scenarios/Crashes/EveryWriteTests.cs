using LoanRelief.Scenarios.House;
using Xunit;

namespace LoanRelief.Scenarios.Crashes;

/// <summary>The renewal on real processes and real storage, with the host ended by <c>kill -9</c> before whatever it writes: cases, loans, indexes and watermarks.</summary>
public sealed class EveryWriteTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Killed_before_every_write_it_ends_as_if_nothing_had_happened()
    {
        var undisturbed = await CrashTests.TellAsync(MainStories.RenewalAsync);

        await using var house = await FragileHouse.StartAsync();
        var file = await MainStories.RenewalAsync(house.Bank, () =>
        {
            house.KillBeforeEveryWrite();
            return Task.CompletedTask;
        });

        (await Ending.OfAsync(house.Bank, file)).MustBe(undisturbed);
        await Books.CheckAsync(house.Bank, file, eventsMayRepeat: true);
        // Indexes and watermarks are written at least as often as the case.
        Assert.True(house.KillsBeforeWrite >= 2 * (await file.HistoryAsync()).Steps.Count);
        output.WriteLine($"Killed {house.KillsBeforeWrite} times; ready again after {house.Restarting.TotalMilliseconds / house.KillsBeforeWrite:0} ms on average.");
    }
}
