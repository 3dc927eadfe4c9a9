using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Tables.Rows;

/// <summary>Reads ranges of rows, of one partition or of all that an institution has, in the order of their keys.</summary>
internal sealed class RowReader(TableClient table)
{
    /// <summary>One row by one point read; null if it is not there.</summary>
    public async Task<TableEntity?> FindAsync(string partition, string key, CancellationToken cancellationToken) =>
        await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken) is { HasValue: true, Value: var row } ? row : null;

    public IAsyncEnumerable<TableEntity> ReadAsync(string partition, RowRange range, CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(range.Filter(partition), cancellationToken: cancellationToken);

    /// <summary>The rows of all the institution's partitions, merged while they are read.</summary>
    public async IAsyncEnumerable<TableEntity> MergeAsync(
        InstitutionId institution, RowRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shards = Keys.Partitions(institution)
            .Select(partition => ReadAsync(partition, range, cancellationToken).GetAsyncEnumerator(cancellationToken))
            .ToList();
        try
        {
            var next = new PriorityQueue<IAsyncEnumerator<TableEntity>, string>(StringComparer.Ordinal);
            var has = await Task.WhenAll(shards.Select(shard => shard.MoveNextAsync().AsTask()));
            foreach (var (shard, _) in shards.Zip(has).Where(pair => pair.Second))
                next.Enqueue(shard, shard.Current.RowKey);
            while (next.TryDequeue(out var shard, out _))
            {
                yield return shard.Current;
                if (await shard.MoveNextAsync())
                    next.Enqueue(shard, shard.Current.RowKey);
            }
        }
        finally
        {
            foreach (var shard in shards)
                await shard.DisposeAsync();
        }
    }

    /// <summary>The first rows of all the institution's partitions: one query for each, whatever the table holds.</summary>
    /// <param name="count">1 to 1,000.</param>
    public async Task<FirstRows> FirstAsync(InstitutionId institution, RowRange range, int count, CancellationToken cancellationToken)
    {
        var shards = await Task.WhenAll(Keys.Partitions(institution).Select(partition => FirstOfAsync(partition, range, count, cancellationToken)));
        var rows = shards.SelectMany(shard => shard.Rows).OrderBy(row => row.RowKey, StringComparer.Ordinal).ToList();
        return new([.. rows.Take(count)], rows.Count > count || shards.Any(shard => shard.More));
    }

    private async Task<FirstRows> FirstOfAsync(string partition, RowRange range, int count, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>();
        // Storage may break a page off early; without the rest of it the rows could not be merged.
        await foreach (var page in table.QueryAsync<TableEntity>(range.Filter(partition), count, cancellationToken: cancellationToken).AsPages())
        {
            rows.AddRange(page.Values);
            if (rows.Count >= count)
                return new(rows, page.ContinuationToken is not null);
        }

        return new(rows, More: false);
    }
}

/// <param name="More">Others follow, as far as storage knows.</param>
internal readonly record struct FirstRows(IReadOnlyList<TableEntity> Rows, bool More);
