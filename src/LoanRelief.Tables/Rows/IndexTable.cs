using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Tables.Rows;

/// <summary>A table of index rows, in the order of their row keys within each institution.</summary>
/// <remarks>
/// The partition is the institution and the beginning of the row key, up to its day: so the partitions stay small,
/// which Azurite needs (it looks through a partition for each row that is named by its keys), and stand in the order
/// of the row keys, so that a range of rows is one range of partitions and one query in Azure as in Azurite.
/// </remarks>
/// <param name="partOf">The beginning of a row key, or of a bound, that goes into the partition key. Must keep the order.</param>
internal sealed class IndexTable(TableClient client, Func<string, string> partOf)
{
    private readonly GroupedWrites _writes = new(client);

    public TableClient Client => client;

    public string Partition(InstitutionId institution, string key) => $"{institution}~{partOf(key)}";

    /// <summary>Puts rows of one partition, together with what others write to it; not to be cancelled.</summary>
    /// <exception cref="Azure.RequestFailedException">One of them is not stored; others may be.</exception>
    /// <exception cref="AggregateException">Storage did not answer.</exception>
    public Task PutAsync(string partition, params IEnumerable<TableEntity> rows) => _writes.PutAsync(partition, rows);

    /// <summary>Deletes rows of one partition, together with what others write to it. What is on its way when somebody gives up is still done.</summary>
    /// <inheritdoc cref="PutAsync"/>
    public Task DeleteAsync(string partition, IEnumerable<string> keys, CancellationToken cancellationToken) => _writes.DeleteAsync(partition, keys, cancellationToken);

    /// <summary>The institution's rows in a range.</summary>
    public string Filter(InstitutionId institution, RowRange range) => TableClient.CreateQueryFilter(
        $"PartitionKey ge {Partition(institution, range.After)} and PartitionKey le {Partition(institution, range.Before)} and RowKey gt {range.After} and RowKey lt {range.Before}");

    public IAsyncEnumerable<TableEntity> ReadAsync(InstitutionId institution, RowRange range, CancellationToken cancellationToken) =>
        client.QueryAsync<TableEntity>(Filter(institution, range), cancellationToken: cancellationToken);

    /// <summary>A range page by page, as storage cuts it.</summary>
    public async IAsyncEnumerable<IReadOnlyList<TableEntity>> PagesAsync(
        string filter, IEnumerable<string>? select, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in client.QueryAsync<TableEntity>(filter, select: select, cancellationToken: cancellationToken).AsPages())
            yield return page.Values;
    }

    /// <summary>The first rows of a range: one query, whatever the table holds.</summary>
    /// <param name="count">1 to 1,000.</param>
    public async Task<FirstRows> FirstAsync(InstitutionId institution, RowRange range, int count, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>();
        // Storage may break a page off early, where the next partition is on another server.
        await foreach (var page in client.QueryAsync<TableEntity>(Filter(institution, range), count, cancellationToken: cancellationToken).AsPages())
        {
            rows.AddRange(page.Values);
            if (rows.Count >= count)
                return new([.. rows.Take(count)], rows.Count > count || page.ContinuationToken is not null);
        }

        return new(rows, More: false);
    }
}

/// <param name="More">Others follow, as far as storage knows.</param>
internal readonly record struct FirstRows(IReadOnlyList<TableEntity> Rows, bool More);
