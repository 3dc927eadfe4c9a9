using System.Globalization;
using Azure.Data.Tables;
using LoanRelief.Desk.Chunks;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Chunks;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Imports;

/// <summary>Imports in Table Storage, the newest first; the parts are the loans and the refused rows that have been received.</summary>
/// <remarks>
/// When rows of an import were refused, it is in the index <c>RejectedRowsByDay</c> until they have been deleted. The row
/// that leads from an idempotency key to its import stands behind the imports, in their partition, so that both are
/// written in one transaction.
/// </remarks>
internal sealed class TableImportStore(TableSet tables) : ChunkedRows<LoanImport>(tables.Imports, tables.OpenImports, tables.ImportRows), IImportStore
{
    private const int LargestPage = 1_000;
    private const string HexDigits = "0123456789abcdef";

    /// <summary>Before the digest of an idempotency key: sorts after every import.</summary>
    private const string KeyPrefix = "key~";

    private readonly RowReader _keys = new(tables.Imports);

    public async Task<ImportPage> ListAsync(InstitutionId institution, Guid? after, int count, CancellationToken cancellationToken)
    {
        var range = new RowRange(After: after is { } last ? KeyOf(last) : "", Before: KeyPrefix);
        // One more than is shown, to know whether others follow.
        var imports = await tables.Imports.QueryAsync<TableEntity>(range.Filter(institution.Value), Math.Min(count + 1, LargestPage), cancellationToken: cancellationToken)
            .Take(count + 1)
            .Select(Row.Read<LoanImport>)
            .ToListAsync(cancellationToken);
        return new([.. imports.Take(count)], imports.Count > count);
    }

    public override async Task<StoredWork<LoanImport>> PutAsync(StoredWork<LoanImport> before, LoanImport after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // The index before what it leads to.
        if (before.Work.RejectedUntil is null && after.RejectedUntil is { } until)
        {
            var key = OutdatedKey(new(until, after.Id));
            await tables.RejectedRowsByDay.Client.UpsertEntityAsync(new TableEntity(tables.RejectedRowsByDay.Partition(after.Institution, key), key), TableUpdateMode.Replace, cancellationToken);
        }

        return before.Work.Key is null && after.Key is { } idempotencyKey
            ? await WriteAsync(before.ETag, after, beside: Row.Of(KeyRow(idempotencyKey), after.Id))
            : await base.PutAsync(before, after, cancellationToken);
    }

    public async Task<LoanImport?> FindByKeyAsync(InstitutionId institution, string key, CancellationToken cancellationToken) =>
        await _keys.FindAsync(institution.Value, KeyRow(key), cancellationToken) is { } row
            ? (await FindAsync(institution, Row.Read<Guid>(row), cancellationToken))?.Work
            : null;

    public Task AddChunkAsync(LoanImport import, int number, IReadOnlyList<Loan> loans, CancellationToken cancellationToken) =>
        PutPartAsync(import, ChunkKey(number), loans, cancellationToken);

    public async Task<IReadOnlyList<Loan>?> FindChunkAsync(LoanImport import, int number, CancellationToken cancellationToken) =>
        await FindPartAsync<Loan[]>(import, ChunkKey(number), cancellationToken);

    public Task RemoveChunkAsync(LoanImport import, int number, CancellationToken cancellationToken) =>
        RemovePartAsync(import, ChunkKey(number), cancellationToken);

    public Task AddRejectedAsync(LoanImport import, int page, IReadOnlyList<RejectedRow> rows, CancellationToken cancellationToken) =>
        PutPartAsync(import, RejectedKey(page), rows, cancellationToken);

    public async Task<IReadOnlyList<RejectedRow>> FindRejectedAsync(LoanImport import, int page, CancellationToken cancellationToken) =>
        await FindPartAsync<RejectedRow[]>(import, RejectedKey(page), cancellationToken) ?? [];

    public IAsyncEnumerable<OutdatedImport> OutdatedAsync(InstitutionId institution, DateOnly day, CancellationToken cancellationToken) =>
        tables.RejectedRowsByDay.ReadAsync(institution, RowRange.Below("", Keys.Sortable(day)), cancellationToken)
            .Select(row => row.RowKey.Split('~') is [var until, var id] ? new OutdatedImport(Keys.Date(until), Guid.ParseExact(id, "N")) : throw new InvalidDataException($"{row.RowKey} names no import."));

    public async Task RemoveRejectedAsync(LoanImport import, CancellationToken cancellationToken)
    {
        for (var page = 0; page < import.RejectedPages; page++)
            await RemovePartAsync(import, RejectedKey(page), cancellationToken);
    }

    public Task SettleAsync(InstitutionId institution, OutdatedImport outdated, CancellationToken cancellationToken) =>
        tables.RejectedRowsByDay.Client.DeleteEntityAsync(
            tables.RejectedRowsByDay.Partition(institution, OutdatedKey(outdated)), OutdatedKey(outdated), cancellationToken: cancellationToken);

    /// <summary>The id with every digit turned round: ids sort by time, these by time backwards.</summary>
    protected override string KeyOf(Guid id) =>
        string.Concat(base.KeyOf(id).Select(digit => HexDigits[HexDigits.Length - 1 - HexDigits.IndexOf(digit, StringComparison.Ordinal)]));

    /// <summary>A key may have characters that a row key may not.</summary>
    private static string KeyRow(string key) => KeyPrefix + Keys.Digest(key);

    private static string OutdatedKey(OutdatedImport outdated) => $"{Keys.Sortable(outdated.Until)}~{outdated.Id:N}";

    private static string ChunkKey(int number) => string.Create(CultureInfo.InvariantCulture, $"chunk~{number:D6}");

    private static string RejectedKey(int page) => string.Create(CultureInfo.InvariantCulture, $"rejected~{page:D6}");
}
