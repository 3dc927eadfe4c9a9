using System.Globalization;
using Azure.Data.Tables;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Imports;

/// <summary>Imports in Table Storage.</summary>
/// <remarks>
/// An import is one row of <c>Imports</c>, in its institution's partition with the newest first, and while it is open one
/// of the small index <c>OpenImports</c>; when rows of it were refused, there is one of <c>RejectedRowsByDay</c> until they
/// have been deleted. Rows of an index are inserted before what they lead to and deleted after it. What was received of it
/// is in a partition of its own in <c>ImportRows</c>, packed, a thousand rows of the file in one of the table, and is read
/// by point reads only.
/// </remarks>
internal sealed class TableImportStore(TableSet tables) : IImportStore
{
    private const string Open = "open";
    private const int LargestPage = 1_000;
    private const string HexDigits = "0123456789abcdef";

    private readonly RowReader _imports = new(tables.Imports);
    private readonly RowReader _open = new(tables.OpenImports);
    private readonly RowReader _received = new(tables.ImportRows);

    public async Task<StoredImport> BeginAsync(LoanImport import, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // The index first: a row of it that leads nowhere is cleared away, an import that is not in it would be lost. And once
        // more, because whoever looked in between has cleared it away; should the import have gone with it, its next write is refused.
        var open = new OpenImport(import.Institution, import.Id);
        await EnterAsync(open, cancellationToken);
        var stored = await WriteAsync(null, import);
        await EnterAsync(open, CancellationToken.None);
        return stored;
    }

    public async Task<StoredImport?> FindAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken) =>
        await _imports.FindAsync(institution.Value, NewestFirst(id), cancellationToken) is { } row
            ? new(Row.Read<LoanImport>(row), row.Timestamp!.Value, row.ETag.ToString())
            : null;

    public async Task<ImportPage> ListAsync(InstitutionId institution, Guid? after, int count, CancellationToken cancellationToken)
    {
        var range = after is { } last ? RowRange.All with { After = NewestFirst(last) } : RowRange.All;
        // One more than is shown, to know whether others follow.
        var imports = await tables.Imports.QueryAsync<TableEntity>(range.Filter(institution.Value), Math.Min(count + 1, LargestPage), cancellationToken: cancellationToken)
            .Take(count + 1)
            .Select(Row.Read<LoanImport>)
            .ToListAsync(cancellationToken);
        return new([.. imports.Take(count)], imports.Count > count);
    }

    public async Task<StoredImport> PutAsync(StoredImport before, LoanImport after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (before.Import.RejectedUntil is null && after.RejectedUntil is { } until)
        {
            var key = OutdatedKey(new(until, after.Id));
            await tables.RejectedRowsByDay.Client.UpsertEntityAsync(new TableEntity(tables.RejectedRowsByDay.Partition(after.Institution, key), key), TableUpdateMode.Replace, cancellationToken);
        }

        return await WriteAsync(before.ETag, after);
    }

    public Task CloseAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken) =>
        tables.OpenImports.DeleteEntityAsync(Open, OpenKey(new(institution, id)), cancellationToken: cancellationToken);

    public IAsyncEnumerable<OpenImport> OpenAsync(CancellationToken cancellationToken) =>
        _open.ReadAsync(Open, RowRange.Of(""), cancellationToken).Select(Row.Read<OpenImport>);

    public async Task RemoveAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken)
    {
        // The index last: what is left by a crash is still found there.
        var partition = Partition(institution, id);
        await foreach (var row in tables.ImportRows.QueryAsync<TableEntity>(
            RowRange.Of("").Filter(partition), select: [nameof(TableEntity.RowKey)], cancellationToken: cancellationToken))
        {
            await tables.ImportRows.DeleteEntityAsync(partition, row.RowKey, cancellationToken: cancellationToken);
        }

        await tables.Imports.DeleteEntityAsync(institution.Value, NewestFirst(id), cancellationToken: cancellationToken);
        await CloseAsync(institution, id, cancellationToken);
    }

    public Task AddChunkAsync(LoanImport import, int number, IReadOnlyList<Loan> loans, CancellationToken cancellationToken) =>
        LayDownAsync(import, Row.Of(ChunkKey(number), loans), cancellationToken);

    public async Task<IReadOnlyList<Loan>?> FindChunkAsync(LoanImport import, int number, CancellationToken cancellationToken) =>
        await _received.FindAsync(Partition(import), ChunkKey(number), cancellationToken) is { } row ? Row.Read<Loan[]>(row) : null;

    public Task RemoveChunkAsync(LoanImport import, int number, CancellationToken cancellationToken) =>
        tables.ImportRows.DeleteEntityAsync(Partition(import), ChunkKey(number), cancellationToken: cancellationToken);

    public Task AddRejectedAsync(LoanImport import, int page, IReadOnlyList<RejectedRow> rows, CancellationToken cancellationToken) =>
        LayDownAsync(import, Row.Of(RejectedKey(page), rows), cancellationToken);

    public async Task<IReadOnlyList<RejectedRow>> FindRejectedAsync(LoanImport import, int page, CancellationToken cancellationToken) =>
        await _received.FindAsync(Partition(import), RejectedKey(page), cancellationToken) is { } row ? Row.Read<RejectedRow[]>(row) : [];

    public IAsyncEnumerable<OutdatedImport> OutdatedAsync(InstitutionId institution, DateOnly day, CancellationToken cancellationToken) =>
        tables.RejectedRowsByDay.ReadAsync(institution, RowRange.Below("", Keys.Sortable(day)), cancellationToken)
            .Select(row => row.RowKey.Split('~') is [var until, var id] ? new OutdatedImport(Keys.Date(until), Guid.ParseExact(id, "N")) : throw new InvalidDataException($"{row.RowKey} names no import."));

    public async Task RemoveRejectedAsync(LoanImport import, CancellationToken cancellationToken)
    {
        for (var page = 0; page < import.RejectedPages; page++)
            await tables.ImportRows.DeleteEntityAsync(Partition(import), RejectedKey(page), cancellationToken: cancellationToken);
    }

    public Task SettleAsync(InstitutionId institution, OutdatedImport outdated, CancellationToken cancellationToken) =>
        tables.RejectedRowsByDay.Client.DeleteEntityAsync(
            tables.RejectedRowsByDay.Partition(institution, OutdatedKey(outdated)), OutdatedKey(outdated), cancellationToken: cancellationToken);

    private async Task EnterAsync(OpenImport open, CancellationToken cancellationToken) =>
        await tables.OpenImports.UpsertEntityAsync(Row.Of(OpenKey(open), open).ToEntity(Open, Guid.NewGuid()), TableUpdateMode.Replace, cancellationToken);

    private async Task<StoredImport> WriteAsync(string? etag, LoanImport import)
    {
        var row = Row.Of(NewestFirst(import.Id), import);
        var written = await new RowTransaction(tables.Imports, import.Institution.Value).Write(row, etag).SubmitAsync(row.Key, witness: row.Key);
        return new(import, DateTimeOffset.UtcNow, written);
    }

    /// <remarks>A write is not broken off half way: it might arrive after the import has been removed, and stay for ever.</remarks>
    private async Task LayDownAsync(LoanImport import, Row row, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await tables.ImportRows.UpsertEntityAsync(row.ToEntity(Partition(import), Guid.NewGuid()), TableUpdateMode.Replace, CancellationToken.None);
    }

    private static string Key(Guid id) => id.ToString("N");

    /// <summary>The id with every digit turned round: ids sort by time, these by time backwards.</summary>
    private static string NewestFirst(Guid id) =>
        string.Concat(Key(id).Select(digit => HexDigits[HexDigits.Length - 1 - HexDigits.IndexOf(digit, StringComparison.Ordinal)]));

    private static string OutdatedKey(OutdatedImport outdated) => $"{Keys.Sortable(outdated.Until)}~{Key(outdated.Id)}";

    private static string OpenKey(OpenImport open) => $"{open.Institution}~{Key(open.Id)}";

    private static string Partition(LoanImport import) => Partition(import.Institution, import.Id);

    private static string Partition(InstitutionId institution, Guid id) => $"{institution}~{Key(id)}";

    private static string ChunkKey(int number) => string.Create(CultureInfo.InvariantCulture, $"chunk~{number:D6}");

    private static string RejectedKey(int page) => string.Create(CultureInfo.InvariantCulture, $"rejected~{page:D6}");
}
