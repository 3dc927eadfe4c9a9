using Azure.Data.Tables;

namespace LoanRelief.Tables.Rows;

/// <summary>Reads rows of a partition.</summary>
internal sealed class RowReader(TableClient table)
{
    /// <summary>One row by one point read; null if it is not there.</summary>
    public async Task<TableEntity?> FindAsync(string partition, string key, CancellationToken cancellationToken) =>
        await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken) is { HasValue: true, Value: var row } ? row : null;

    /// <summary>A range in the order of the keys.</summary>
    public IAsyncEnumerable<TableEntity> ReadAsync(string partition, RowRange range, CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(range.Filter(partition), cancellationToken: cancellationToken);
}
