using System.Globalization;
using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Policies;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Policies;

/// <summary>Policy packs in Table Storage: tens, in one partition; a row for each version, and one that says which is the latest.</summary>
internal sealed class TablePolicyStore(TableSet tables) : IPolicyStore
{
    private const string Partition = "policies";
    private const string AllLatest = "latest~";

    private readonly RowReader _rows = new(tables.Policies);

    public async Task<PolicyPack?> FindAsync(PolicyPackReference version, CancellationToken cancellationToken) =>
        await _rows.FindAsync(Partition, Key(version), cancellationToken) is { } row ? Row.Read<PolicyPack>(row) : null;

    public IAsyncEnumerable<PolicyPackReference> LatestAsync(CancellationToken cancellationToken) =>
        _rows.ReadAsync(Partition, RowRange.Of(AllLatest), cancellationToken).Select(Row.Read<PolicyPackReference>);

    public Task AddAsync(PolicyPack pack, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var version = Row.Of(Key(pack.Reference), pack);
        return new RowTransaction(tables.Policies, Partition)
            .Insert(version)
            .Turn([], [Row.Of(AllLatest + pack.Id, pack.Reference)])
            .SubmitAsync(version.Key, witness: version.Key);
    }

    private static string Key(PolicyPackReference version) => string.Create(CultureInfo.InvariantCulture, $"version~{version.Id}~{version.Version:D6}");
}
