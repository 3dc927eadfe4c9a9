using System.Globalization;
using LoanRelief.Scenarios.House;
using Xunit;

namespace LoanRelief.Scenarios.Crashes;

/// <summary>Real processes on real storage, ended by <c>kill -9</c> at every step, and the client repeating what got no answer.</summary>
public class CrashTests(ITestOutputHelper output)
{
    public static TheoryData<string> Stories => [.. MainStories.All.Keys];

    /// <summary>
    /// The effect is killed before its first byte too: that is the kill after the commit that asked for it.
    /// </summary>
    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Killed_after_every_commit_and_during_every_delivery_a_story_ends_as_if_nothing_had_happened(string story)
    {
        var undisturbed = await TellAsync(story);

        await using var house = await FragileHouse.StartAsync();
        house.KillAtEveryStep();
        var file = await MainStories.All[story](house.Bank);

        (await Ending.OfAsync(house.Bank, file)).MustBe(undisturbed);
        await Books.CheckAsync(house.Bank, file, eventsMayRepeat: true);
        Assert.Equal(house.Bank.Webhook.Events.Count, house.KillsDuringDelivery);
        Assert.All(house.Bank.Webhook.Events, e => Assert.True(e.Arrivals > 1, $"{e.Id} came once although the host was killed while it was delivered."));
        Assert.True(house.KillsAfterCommit >= (await file.HistoryAsync()).Steps.Count);
        Say(story, house);
    }

    [Fact]
    public async Task Killed_before_every_commit_a_renewal_ends_as_if_nothing_had_happened()
    {
        var undisturbed = await TellAsync("renewal");

        await using var house = await FragileHouse.StartAsync();
        house.KillBeforeEveryCommit();
        var file = await MainStories.All["renewal"](house.Bank);

        (await Ending.OfAsync(house.Bank, file)).MustBe(undisturbed);
        await Books.CheckAsync(house.Bank, file, eventsMayRepeat: true);
    }

    private static async Task<Ending> TellAsync(string story)
    {
        await using var house = await FragileHouse.StartAsync();
        var file = await MainStories.All[story](house.Bank);
        await Books.CheckAsync(house.Bank, file);
        return await Ending.OfAsync(house.Bank, file);
    }

    private void Say(string story, FragileHouse house) => output.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{story}: killed {house.KillsAfterCommit} times after a commit and {house.KillsDuringDelivery} times during a delivery; ready again after {house.Restarting.TotalMilliseconds / Math.Max(1, house.KillsAfterCommit + house.KillsDuringDelivery):0} ms on average"));
}
