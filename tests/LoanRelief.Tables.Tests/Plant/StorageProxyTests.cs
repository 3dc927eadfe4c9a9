using Azure;
using Azure.Core;
using Azure.Data.Tables;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Plant;

public sealed class StorageProxyTests(Azurite azurite) : IClassFixture<Azurite>, IAsyncLifetime
{
    private StorageProxy _proxy = null!;
    private TableClient _table = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _proxy = await StorageProxy.StartAsync(azurite);
        _table = new(_proxy.ConnectionString, $"T{Guid.NewGuid():N}", Impatient());
        await _table.CreateAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    [Fact]
    public async Task A_row_goes_in_and_out_and_is_counted()
    {
        var before = _proxy.Counts;

        await _table.AddEntityAsync(new TableEntity("温州~文成", "O'Neill 1+2") { ["Text"] = "应续尽续" }, Cancellation);
        TableEntity row = await _table.GetEntityAsync<TableEntity>("温州~文成", "O'Neill 1+2", cancellationToken: Cancellation);
        row["Text"] = "应延尽延";
        await _table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation);
        var found = await _table.QueryAsync<TableEntity>(e => e.PartitionKey == "温州~文成", cancellationToken: Cancellation).ToListAsync(Cancellation);

        Assert.Equal("应延尽延", Assert.Single(found).GetString("Text"));
        Assert.Equal(new StorageCounts(PointReads: 1, Queries: 1, SingleWrites: 2, 0, 0, 0), _proxy.Counts - before);
    }

    [Fact]
    public async Task A_transaction_is_one_call_with_its_operations()
    {
        StorageRequest? seen = null;
        _proxy.After = request => Pass(() => seen = request);
        var before = _proxy.Counts;

        await _table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Add, new TableEntity("p", "1")),
                new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "O'Neill")),
                new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "3")),
            ],
            Cancellation);

        Assert.Equal(new StorageCounts(0, 0, 0, Transactions: 1, TransactionOperations: 3, 0), _proxy.Counts - before);
        Assert.True(seen is { Succeeded: true, IsWrite: true });
        Assert.Equal(
            [new("POST", _table.Name, null, null), new("PUT", _table.Name, "p", "O'Neill"), new("PATCH", _table.Name, "p", "3")],
            seen!.Operations.Select(o => o with { Method = o.Method == "MERGE" ? "PATCH" : o.Method }));
        Assert.Equal(3, await _table.QueryAsync<TableEntity>(cancellationToken: Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task Refused_before_means_not_written()
    {
        _proxy.Before = request => Task.FromResult(request.IsWrite ? ProxyVerdict.Unavailable : ProxyVerdict.Pass);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => _table.AddEntityAsync(new TableEntity("p", "r"), Cancellation));

        Assert.Equal(503, refused.Status);
        Assert.False((await _table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).HasValue);
    }

    [Fact]
    public async Task Dropped_after_means_written_and_not_known()
    {
        _proxy.After = request => Task.FromResult(request.IsWrite ? ProxyVerdict.Drop : ProxyVerdict.Pass);

        await Assert.ThrowsAsync<RequestFailedException>(() => _table.AddEntityAsync(new TableEntity("p", "r"), Cancellation));

        Assert.True((await _table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Cancellation)).HasValue);
    }

    [Fact]
    public async Task A_delayed_call_comes_late_and_whole()
    {
        _proxy.Before = _ => Task.FromResult(ProxyVerdict.Delay(TimeSpan.FromMilliseconds(300)));
        var started = TimeProvider.System.GetTimestamp();

        await _table.AddEntityAsync(new TableEntity("p", "r"), Cancellation);

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.FromMilliseconds(290), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task An_etag_guards_a_row_through_the_proxy_too()
    {
        await _table.AddEntityAsync(new TableEntity("p", "r"), Cancellation);
        TableEntity row = await _table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancellation);
        await _table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => _table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation));

        Assert.Equal(412, refused.Status);
    }

    private static Task<ProxyVerdict> Pass(Action look)
    {
        look();
        return Task.FromResult(ProxyVerdict.Pass);
    }

    // Without the client's own retries, which would hide what the proxy does.
    private static TableClientOptions Impatient() => new() { Retry = { MaxRetries = 0, Mode = RetryMode.Fixed } };
}
