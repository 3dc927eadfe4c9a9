namespace LoanRelief.Tables;

/// <summary>Makes the tables; a host calls it once before it begins to serve.</summary>
public sealed class TablesSetup
{
    private readonly TableSet _tables;

    internal TablesSetup(TableSet tables) => _tables = tables;

    /// <summary>Creates the tables that are not there. Safe to call at any time, by several hosts at once.</summary>
    /// <exception cref="Azure.RequestFailedException">The account can not be reached, or refuses.</exception>
    public Task EnsureAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_tables.All.Select(table => table.CreateIfNotExistsAsync(cancellationToken)));
}
