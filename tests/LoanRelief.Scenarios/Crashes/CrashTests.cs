using System.Globalization;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;

namespace LoanRelief.Scenarios.Crashes;

/// <summary>A story told on real processes and real storage, with the host ended by <c>kill -9</c> at every step and the bank repeating what got no answer.</summary>
/// <remarks>One class for each story, because the classes run side by side.</remarks>
public abstract class CrashTests(Func<Bank, Task<CaseFile>> story, ITestOutputHelper output)
{
    /// <summary>An effect is killed before its first byte too: by the kill after the commit that asked for it.</summary>
    [Fact]
    public async Task Killed_after_every_commit_and_during_every_delivery_it_ends_as_if_nothing_had_happened()
    {
        var undisturbed = await TellAsync();

        await using var house = await FragileHouse.StartAsync();
        house.KillAtEveryStep();
        var file = await story(house.Bank);

        (await Ending.OfAsync(house.Bank, file)).MustBe(undisturbed);
        await Books.CheckAsync(house.Bank, file, eventsMayRepeat: true);
        Assert.Equal(house.Bank.Webhook.Events.Count, house.KillsDuringDelivery);
        Assert.All(house.Bank.Webhook.Events, e => Assert.True(e.Arrivals > 1, $"{e.Id} came once although the host was killed while it was delivered."));
        Assert.True(house.KillsAfterCommit >= (await file.HistoryAsync()).Steps.Count);
        Say(house);
    }

    private protected async Task<Ending> TellAsync()
    {
        await using var house = await FragileHouse.StartAsync();
        var file = await story(house.Bank);
        await Books.CheckAsync(house.Bank, file);
        return await Ending.OfAsync(house.Bank, file);
    }

    private void Say(FragileHouse house)
    {
        var kills = house.KillsAfterCommit + house.KillsDuringDelivery;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Killed {house.KillsAfterCommit} times after a commit and {house.KillsDuringDelivery} times during a delivery; ready again after {house.Restarting.TotalMilliseconds / kills:0} ms on average."));
    }
}

public sealed class RenewalCrashTests(ITestOutputHelper output) : CrashTests(MainStories.RenewalAsync, output)
{
    [Fact]
    public async Task Killed_before_every_write_it_ends_as_if_nothing_had_happened()
    {
        var undisturbed = await TellAsync();

        await using var house = await FragileHouse.StartAsync();
        house.KillBeforeEveryWrite();
        var file = await MainStories.RenewalAsync(house.Bank);

        (await Ending.OfAsync(house.Bank, file)).MustBe(undisturbed);
        await Books.CheckAsync(house.Bank, file, eventsMayRepeat: true);
        Assert.True(house.KillsBeforeWrite >= (await file.HistoryAsync()).Steps.Count);
    }
}

public sealed class GuarantorsCrashTests(ITestOutputHelper output) : CrashTests(MainStories.GuarantorsAsync, output);

public sealed class SilenceCrashTests(ITestOutputHelper output) : CrashTests(MainStories.SilenceAsync, output);

public sealed class BookingFailuresCrashTests(ITestOutputHelper output) : CrashTests(MainStories.BookingFailuresAsync, output);

public sealed class SecondReviewCrashTests(ITestOutputHelper output) : CrashTests(MainStories.SecondReviewAsync, output);

public sealed class WithdrawalAfterSignatureCrashTests(ITestOutputHelper output) : CrashTests(MainStories.WithdrawalAfterSignatureAsync, output);

public sealed class HoldCrashTests(ITestOutputHelper output) : CrashTests(MainStories.HoldAsync, output);

public sealed class BookChangesCrashTests(ITestOutputHelper output) : CrashTests(MainStories.BookChangesAsync, output);
