using Xunit;

namespace LoanRelief.Scenarios.Crashes;

/// <summary>Imports and a scan on real processes and real storage that go wrong by chance: in the end every row of every table is as if nothing had happened.</summary>
public sealed class BookFaultTests(UndisturbedBook undisturbed, ITestOutputHelper output) : IClassFixture<UndisturbedBook>
{
    [Fact]
    public async Task The_process_is_killed_ten_times()
    {
        await using var house = await FragileHouse.StartAsync();
        var (mischief, story) = (Chance(house), await BeginAsync(house));

        string? book = null;
        await mischief.KillAtFirstWriteAsync("ImportRows", async () => book = await story.SendBookAsync());
        var counts = new List<(int, int, int)>();
        await mischief.KillAsync(3, within: 80, async () => counts.Add(await story.StoredAsync(book!)));
        var changes = await story.SendChangesAsync();
        await mischief.KillAsync(2, within: 40, async () => counts.Add(await story.StoredAsync(changes)));
        await mischief.KillAsync(2, within: 100, story.ScanAsync);
        var repayments = await story.SendRepaymentsAsync();
        await mischief.KillAsync(2, within: 20, async () => counts.Add(await story.StoredAsync(repayments)));

        Assert.Equal(10, mischief.Kills);
        await CheckAsync(house, counts);
    }

    [Fact]
    public async Task The_storage_answers_one_call_in_twenty_with_503_or_not_at_all()
    {
        await using var house = await FragileHouse.StartAsync();
        var (mischief, story) = (Chance(house), await BeginAsync(house));

        var counts = new List<(int, int, int)>();
        await mischief.AnswerPoorlyAsync(async () => counts.AddRange(await TellAsync(story)));

        Assert.True(mischief.Faults > 50, $"Only {mischief.Faults} faults.");
        await CheckAsync(house, counts);
    }

    /// <summary>Nobody listens, so that all that happens is in the tables.</summary>
    internal static async Task<BookStory> BeginAsync(FragileHouse house)
    {
        await house.Bank.DeregisterWebhookAsync();
        return new(house.Bank);
    }

    /// <summary>Without anybody who breaks it.</summary>
    /// <returns>What each import added, changed and left.</returns>
    internal static async Task<IReadOnlyList<(int Added, int Changed, int Unchanged)>> TellAsync(BookStory story)
    {
        var book = await story.StoredAsync(await story.SendBookAsync());
        var changes = await story.StoredAsync(await story.SendChangesAsync());
        await story.ScanAsync();
        return [book, changes, await story.StoredAsync(await story.SendRepaymentsAsync())];
    }

    private Mischief Chance(FragileHouse house)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}.");
        return new(house, seed);
    }

    private async Task CheckAsync(FragileHouse house, IReadOnlyList<(int, int, int)> counts)
    {
        await house.Bank.Time.SettleAsync();
        Assert.Equal(undisturbed.Counts, counts);
        Assert.Equal(undisturbed.Rows, await Ledger.ReadAsync(house.Storage.ConnectionString));
    }
}

/// <summary>The same story in a house in which nothing goes wrong.</summary>
public sealed class UndisturbedBook : IAsyncLifetime
{
    internal IReadOnlyList<(int Added, int Changed, int Unchanged)> Counts { get; private set; } = [];

    internal IReadOnlyList<string> Rows { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await using var house = await FragileHouse.StartAsync();
        Counts = await BookFaultTests.TellAsync(await BookFaultTests.BeginAsync(house));
        await house.Bank.Time.SettleAsync();
        Rows = await Ledger.ReadAsync(house.Storage.ConnectionString);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
