using System.Diagnostics;
using Azure;
using Azure.Data.Tables;

namespace LoanRelief.BookBenchmarks;

/// <summary>Azure.Data.Tables and nothing else: what the storage allows.</summary>
internal sealed class BareClient(string connectionString)
{
    private const int FullBatch = 100;

    /// <summary>Requests on their way at a time: more do not make Azurite quicker.</summary>
    public const int SideBySide = 4;

    private readonly TableServiceClient _service = new(connectionString);

    public Task CreateAsync(string table) => _service.CreateTableIfNotExistsAsync(table);

    public Task DeleteAsync(string table) => _service.DeleteTableAsync(table);

    /// <summary>All rows of a table as they were written, without what storage itself adds.</summary>
    public async Task<IReadOnlyList<TableEntity>> ReadAsync(string table)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in _service.GetTableClient(table).QueryAsync<TableEntity>())
        {
            row.Remove("odata.etag");
            row.Remove("Timestamp");
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Inserts rows in full batches, partition by partition; the last of each partition is as full as its rows make it.</summary>
    /// <returns>How many batches it took.</returns>
    public async Task<int> InsertAsync(IEnumerable<(string Table, IReadOnlyList<TableEntity> Rows)> all)
    {
        var batches = all.SelectMany(each => each.Rows.GroupBy(row => row.PartitionKey).SelectMany(rows => rows.Chunk(FullBatch)).Select(rows => (each.Table, Rows: rows))).ToList();
        await Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = SideBySide }, async (batch, cancellation) =>
            await _service.GetTableClient(batch.Table).SubmitTransactionAsync(batch.Rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), cancellation));
        return batches.Count;
    }

    /// <summary>Writes rows of one partition in one call, an insert or a deletion of a single one without a transaction around it.</summary>
    public Task WriteAsync(string table, IReadOnlyList<TableTransactionAction> actions) => actions switch
    {
        [{ ActionType: TableTransactionActionType.Add } only] => _service.GetTableClient(table).AddEntityAsync(only.Entity),
        [{ ActionType: TableTransactionActionType.Delete } only] => _service.GetTableClient(table).DeleteEntityAsync(only.Entity.PartitionKey, only.Entity.RowKey, ETag.All),
        _ => _service.GetTableClient(table).SubmitTransactionAsync(actions),
    };

    /// <summary>One page of a query.</summary>
    /// <param name="top">At most so many entities; null for as many as storage gives.</param>
    /// <returns>How many came.</returns>
    public async Task<int> QueryAsync(string table, string filter, int? top)
    {
        await foreach (var page in _service.GetTableClient(table).QueryAsync<TableEntity>(filter, top).AsPages())
            return page.Values.Count;
        return 0;
    }

    /// <summary>How long one point read takes.</summary>
    public async Task<TimeSpan> TimePointReadAsync(string table, string partition, string key)
    {
        var clock = Stopwatch.StartNew();
        await _service.GetTableClient(table).GetEntityIfExistsAsync<TableEntity>(partition, key);
        return clock.Elapsed;
    }
}
