using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using LoanRelief.Tables.Rows;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Rows;

/// <summary>Rows that are written to one partition at a time travel together, and nobody notices but the storage.</summary>
public sealed class GroupedWritesTests(Azurite azurite) : StoreTests(azurite)
{
    private const string Partition = "p";

    private readonly ConcurrentQueue<StorageRequest> _calls = new();
    private readonly TaskCompletionSource _gate = new();

    [Fact]
    public async Task A_row_that_finds_its_partition_at_rest_goes_at_once_and_alone()
    {
        var table = await TableAsync();
        var writes = new GroupedWrites(table);

        await writes.PutAsync(Partition, [Of("a")]);
        await writes.PutAsync(Partition, [Of("b")]);
        await writes.DeleteAsync(Partition, ["a"], Cancellation);

        Assert.Equal(["b"], await KeysAsync(table));
        Assert.All(_calls, call => Assert.Equal(StorageRequestKind.SingleWrite, call.Kind));
        Assert.Equal(3, _calls.Count);
    }

    [Fact]
    public async Task Rows_that_come_while_a_call_is_on_its_way_go_together_in_the_next()
    {
        var table = await TableAsync();
        var writes = new GroupedWrites(table);
        await writes.PutAsync(Partition, [Of("old-1"), Of("old-2")]);
        _calls.Clear();

        var all = await HeldAsync(() => writes.PutAsync(Partition, [Of("first")]), async () => await Task.WhenAll(
            [.. Enumerable.Range(1, 30).Select(n => writes.PutAsync(Partition, [Of($"new-{n}")])), writes.DeleteAsync(Partition, ["old-1"], Cancellation)]));
        await all;

        Assert.Equal([1, 31], _calls.Select(call => call.Operations.Count));
        Assert.Equal(["first", .. Enumerable.Range(1, 30).Select(n => $"new-{n}").Order(StringComparer.Ordinal), "old-2"], await KeysAsync(table));
    }

    [Fact]
    public async Task Partitions_do_not_wait_for_each_other()
    {
        var table = await TableAsync();
        var writes = new GroupedWrites(table);

        var all = await HeldAsync(
            () => writes.PutAsync(Partition, [Of("a")]),
            async () => await writes.PutAsync("other", [new TableEntity("other", "b")]).WaitAsync(TimeSpan.FromSeconds(10)),
            holds: call => call.Body.Contains("\"a\"", StringComparison.Ordinal) || call.Target.Contains("'a'", StringComparison.Ordinal));
        await all;

        Assert.Equal(2, _calls.Count);
    }

    [Fact]
    public async Task More_than_a_hundred_rows_go_a_hundred_at_a_time_and_long_ones_fewer()
    {
        var table = await TableAsync();
        var writes = new GroupedWrites(table);

        await writes.PutAsync(Partition, Enumerable.Range(0, 250).Select(n => Of($"r{n}")));
        Assert.Equal([100, 100, 50], _calls.Select(call => call.Operations.Count));
        Assert.Equal(250, (await KeysAsync(table)).Count);

        _calls.Clear();
        await writes.PutAsync(Partition, Enumerable.Range(0, 50).Select(n => Of($"long{n}", new string('续', 29_000))));
        Assert.Equal([20, 20, 10], _calls.Select(call => call.Operations.Count));
    }

    [Fact]
    public async Task A_row_that_storage_refuses_fails_its_own_caller_and_no_other()
    {
        var table = await TableAsync();
        var writes = new GroupedWrites(table);
        Task[] asked = [];

        var all = await HeldAsync(() => writes.PutAsync(Partition, [Of("first")]), () =>
        {
            asked = [.. new[] { Of("a"), Of("b", new string('x', 40_000)), Of("c") }.Select(row => writes.PutAsync(Partition, [row]))];
            return Task.CompletedTask;
        });
        await all;

        Assert.Equal("PropertyValueTooLarge", (await Assert.ThrowsAsync<RequestFailedException>(() => asked[1])).ErrorCode);
        await Task.WhenAll(asked[0], asked[2]);
        Assert.Equal(["a", "c", "first"], await KeysAsync(table));
    }

    [Fact]
    public async Task A_row_that_has_gone_already_is_deleted_as_well_as_any_other()
    {
        var table = await TableAsync();
        var writes = new GroupedWrites(table);
        await writes.PutAsync(Partition, [Of("a"), Of("b")]);

        await writes.DeleteAsync(Partition, ["a", "never-there", "b"], Cancellation);

        Assert.Empty(await KeysAsync(table));
    }

    [Fact]
    public async Task Whoever_gives_up_takes_nobody_along()
    {
        var table = await TableAsync();
        var writes = new GroupedWrites(table);
        await writes.PutAsync(Partition, [Of("a"), Of("b"), Of("c")]);
        using var givesUp = new CancellationTokenSource();
        Task waits = Task.CompletedTask, stays = Task.CompletedTask;

        var all = await HeldAsync(() => writes.DeleteAsync(Partition, ["a"], givesUp.Token), async () =>
        {
            waits = writes.DeleteAsync(Partition, ["b"], givesUp.Token);
            stays = writes.DeleteAsync(Partition, ["c"], Cancellation);
            await givesUp.CancelAsync();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        await stays;
        // The one that was on its way has arrived, the one that waited was never sent.
        Assert.Equal(["b"], await KeysAsync(table));
    }

    [Fact]
    public async Task Writes_of_one_row_are_done_in_the_order_in_which_they_were_asked_for()
    {
        var table = await TableAsync();
        var writes = new GroupedWrites(table);
        var random = new Random(1);
        var last = new Dictionary<string, int?>();
        var asked = new List<Task>();

        for (var n = 0; n < 600; n++)
        {
            var key = $"r{random.Next(12)}";
            if (random.Next(3) == 0)
                (asked, last[key]) = ([.. asked, writes.DeleteAsync(Partition, [key], Cancellation)], null);
            else
                (asked, last[key]) = ([.. asked, writes.PutAsync(Partition, [Of(key, n)])], n);
            if (random.Next(20) == 0)
                await Task.Delay(1, Cancellation);
        }

        await Task.WhenAll(asked);
        var there = await table.QueryAsync<TableEntity>(cancellationToken: Cancellation).ToDictionaryAsync(row => row.RowKey, row => row.GetInt32("Said"), cancellationToken: Cancellation);
        Assert.Equal(last.Where(each => each.Value is not null).OrderBy(each => each.Key, StringComparer.Ordinal), there.OrderBy(each => each.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_many_that_come_at_the_same_moment_none_is_left_waiting()
    {
        var table = await TableAsync();
        var writes = new GroupedWrites(table);

        // Three a partition, so that the second often comes just as the first finds it at rest.
        await Parallel.ForAsync(0, 1_500, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (n, cancellation) =>
            await writes.PutAsync($"p{n / 3}", [new TableEntity($"p{n / 3}", $"r{n}")]).WaitAsync(TimeSpan.FromSeconds(30), cancellation));

        Assert.Equal(1_500, _calls.Sum(call => call.Operations.Count));
    }

    [Fact]
    public async Task When_storage_is_away_all_are_told_and_what_comes_later_is_stored()
    {
        var table = await TableAsync(retries: 0);
        var writes = new GroupedWrites(table);
        Stores.Proxy.Before = _ => Task.FromResult(ProxyVerdict.Unavailable);

        var asked = Enumerable.Range(0, 5).Select(n => writes.PutAsync(Partition, [Of($"r{n}")])).ToList();
        foreach (var each in asked)
            Assert.Equal(503, (await Assert.ThrowsAsync<RequestFailedException>(() => each)).Status);

        Stores.Proxy.Before = null;
        await writes.PutAsync(Partition, [Of("later")]);
        Assert.Equal(["later"], await KeysAsync(table));
    }

    [Fact]
    public async Task Many_callers_at_once_from_many_threads_are_all_served()
    {
        var table = await TableAsync();
        var writes = new GroupedWrites(table);

        await Parallel.ForAsync(0, 3_000, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Cancellation }, async (n, token) =>
        {
            await writes.PutAsync(Partition, [Of($"r{n}")]);
            if (n % 10 != 0)
                await writes.DeleteAsync(Partition, [$"r{n}"], token);
        });

        Assert.Equal(Enumerable.Range(0, 300).Select(n => $"r{n * 10}").Order(StringComparer.Ordinal), await KeysAsync(table));
        Assert.True(_calls.Count < 3_000, $"{_calls.Count} calls for 5,700 rows.");
    }

    /// <summary>Holds the first call back while others ask.</summary>
    /// <param name="holds">Which calls are held; by default all.</param>
    private async Task<Task> HeldAsync(Func<Task> first, Func<Task> others, Func<StorageRequest, bool>? holds = null)
    {
        var came = new TaskCompletionSource();
        Stores.Proxy.Before = async call =>
        {
            if (holds?.Invoke(call) ?? true)
            {
                came.TrySetResult();
                await _gate.Task;
            }

            return ProxyVerdict.Pass;
        };
        var all = new List<Task> { first() };
        await came.Task.WaitAsync(Cancellation);
        all.Add(others());
        if (holds is not null)
            await all[^1];
        _gate.SetResult();
        return Task.WhenAll(all);
    }

    private async Task<TableClient> TableAsync(int retries = 3)
    {
        var table = new TableClient(Stores.Proxy.ConnectionString, $"Grouped{Guid.NewGuid():N}", new TableClientOptions { Retry = { MaxRetries = retries, Delay = TimeSpan.FromMilliseconds(10), Mode = RetryMode.Fixed } });
        await table.CreateAsync(Cancellation);
        Stores.Proxy.After = call =>
        {
            if (call.IsWrite)
                _calls.Enqueue(call);
            return Task.FromResult(ProxyVerdict.Pass);
        };
        return table;
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(TableClient table) =>
        await table.QueryAsync<TableEntity>(row => row.PartitionKey == Partition, cancellationToken: Cancellation).Select(row => row.RowKey).Order(StringComparer.Ordinal).ToListAsync(Cancellation);

    private static TableEntity Of(string key, object? said = null) => new(Partition, key) { ["Said"] = said };
}
