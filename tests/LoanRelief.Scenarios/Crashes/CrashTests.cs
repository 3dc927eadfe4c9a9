using System.Globalization;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;

namespace LoanRelief.Scenarios.Crashes;

/// <summary>A story told on real processes and real storage, with the host ended by <c>kill -9</c> at every step of its own and the bank repeating what got no answer.</summary>
/// <remarks>One class for each story, because the classes run side by side.</remarks>
public abstract class CrashTests(Func<Bank, Func<Task>, Task<CaseFile>> story, ITestOutputHelper output)
{
    /// <summary>An effect is killed before its first byte too: by the kill after the commit that asked for it.</summary>
    [Fact]
    public async Task Killed_after_every_commit_and_during_every_delivery_it_ends_as_if_nothing_had_happened()
    {
        var undisturbed = await TellAsync(story);

        await using var house = await FragileHouse.StartAsync();
        var (heard, steps) = (0, 0);
        var file = await story(house.Bank, async () =>
        {
            heard = house.Bank.Webhook.Events.Count;
            foreach (var begun in house.Bank.Files)
                steps += (await begun.ReadAsync()).Version;
            house.KillAtEveryStep();
        });

        (await Ending.OfAsync(house.Bank, file)).MustBe(undisturbed);
        await Books.CheckAsync(house.Bank, file, eventsMayRepeat: true);
        Assert.Equal(house.Bank.Webhook.Events.Count - heard, house.KillsDuringDelivery);
        Assert.All(house.Bank.Webhook.Events.Skip(heard), e => Assert.True(e.Arrivals > 1, $"{e.Id} came once although the host was killed while it was delivered."));
        Assert.True(house.KillsAfterCommit >= (await file.HistoryAsync()).Steps.Count - steps);
        Say(house);
    }

    internal static async Task<Ending> TellAsync(Func<Bank, Func<Task>, Task<CaseFile>> story)
    {
        await using var house = await FragileHouse.StartAsync();
        var file = await story(house.Bank, () => Task.CompletedTask);
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

public sealed class RenewalCrashTests(ITestOutputHelper output) : CrashTests(MainStories.RenewalAsync, output);

public sealed class GuarantorsCrashTests(ITestOutputHelper output) : CrashTests(MainStories.GuarantorsAsync, output);

public sealed class SilenceCrashTests(ITestOutputHelper output) : CrashTests(MainStories.SilenceAsync, output);

public sealed class BookingFailuresCrashTests(ITestOutputHelper output) : CrashTests(MainStories.BookingFailuresAsync, output);

public sealed class SecondReviewCrashTests(ITestOutputHelper output) : CrashTests(MainStories.SecondReviewAsync, output);

public sealed class WithdrawalAfterSignatureCrashTests(ITestOutputHelper output) : CrashTests(MainStories.WithdrawalAfterSignatureAsync, output);

public sealed class HoldCrashTests(ITestOutputHelper output) : CrashTests(MainStories.HoldAsync, output);

public sealed class BookChangesCrashTests(ITestOutputHelper output) : CrashTests(MainStories.BookChangesAsync, output);
