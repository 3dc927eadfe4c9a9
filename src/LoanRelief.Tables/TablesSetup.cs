using Azure.Data.Tables;

namespace LoanRelief.Tables;

/// <summary>Makes the tables; a host calls it once before it begins to serve.</summary>
public sealed class TablesSetup
{
    private readonly TableSet _tables;

    internal TablesSetup(TableSet tables) => _tables = tables;

    /// <summary>Creates the tables that are not there: one call when none is missing. Safe at any time, by several hosts at once.</summary>
    /// <exception cref="Azure.RequestFailedException">The account can not be reached, or refuses.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var wanted = _tables.All.OrderBy(table => table.Name, StringComparer.Ordinal).ToList();
        // An account may hold tables of others; the range of names leaves most of them out.
        var (first, last) = (wanted[0].Name, wanted[^1].Name);
        var there = await _tables.Service
            .QueryAsync(TableServiceClient.CreateQueryFilter($"TableName ge {first} and TableName le {last}"), cancellationToken: cancellationToken)
            .Select(table => table.Name)
            .ToHashSetAsync(StringComparer.OrdinalIgnoreCase, cancellationToken);
        await Task.WhenAll(wanted.Where(table => !there.Contains(table.Name)).Select(table => table.CreateIfNotExistsAsync(cancellationToken)));
    }
}
