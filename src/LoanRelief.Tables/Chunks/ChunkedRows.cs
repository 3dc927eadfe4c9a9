using Azure.Data.Tables;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Chunks;

/// <summary>Work on many loans as it is stored: its own row, an entry while it is open, and its parts.</summary>
/// <remarks>
/// The row is in its institution's partition, the entry in one small table. The parts are in a partition of their own,
/// packed, some hundred or thousand rows of the work in one of the table, and are read by point reads only.
/// </remarks>
internal sealed class ChunkedRows<TWork>(TableClient works, TableClient open, TableClient parts)
{
    private const string Open = "open";

    private readonly RowReader _works = new(works);
    private readonly RowReader _open = new(open);
    private readonly RowReader _parts = new(parts);

    /// <exception cref="Desk.ConflictException">There is one already.</exception>
    public async Task<StoredWork<TWork>> BeginAsync(WorkId id, TWork work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // The entry first: one that leads nowhere is cleared away, work that has none would be lost. And once more, because
        // whoever looked in between has cleared it away; should the row have gone with it, the next write of it is refused.
        await EnterAsync(id, cancellationToken);
        var stored = await WriteAsync(id, null, work);
        await EnterAsync(id, CancellationToken.None);
        return stored;
    }

    public async Task<StoredWork<TWork>?> FindAsync(WorkId id, CancellationToken cancellationToken) =>
        await _works.FindAsync(id.Institution.Value, Key(id), cancellationToken) is { } row
            ? new(Row.Read<TWork>(row), row.Timestamp!.Value, row.ETag.ToString())
            : null;

    /// <exception cref="Desk.ConflictException">It has changed since it was read; nothing was stored.</exception>
    public Task<StoredWork<TWork>> PutAsync(WorkId id, string etag, TWork after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return WriteAsync(id, etag, after);
    }

    public Task CloseAsync(WorkId id, CancellationToken cancellationToken) =>
        open.DeleteEntityAsync(Open, OpenKey(id), cancellationToken: cancellationToken);

    /// <summary>What is open, by institution and id.</summary>
    public IAsyncEnumerable<WorkId> OpenAsync(CancellationToken cancellationToken) =>
        _open.ReadAsync(Open, RowRange.Of(""), cancellationToken).Select(Row.Read<WorkId>);

    public async Task RemoveAsync(WorkId id, CancellationToken cancellationToken)
    {
        // The entry last: what is left by a crash is still found there.
        await foreach (var row in parts.QueryAsync<TableEntity>(RowRange.Of("").Filter(Partition(id)), select: [nameof(TableEntity.RowKey)], cancellationToken: cancellationToken))
            await RemovePartAsync(id, row.RowKey, cancellationToken);
        await works.DeleteEntityAsync(id.Institution.Value, Key(id), cancellationToken: cancellationToken);
        await CloseAsync(id, cancellationToken);
    }

    /// <remarks>A write is not broken off half way: it might arrive after the work has been removed, and stay for ever.</remarks>
    public async Task PutPartAsync<TPart>(WorkId id, string key, TPart part, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await parts.UpsertEntityAsync(Row.Of(key, part).ToEntity(Partition(id), Guid.NewGuid()), TableUpdateMode.Replace, CancellationToken.None);
    }

    /// <summary>A part by one point read; null when it is not there.</summary>
    public async Task<TPart?> FindPartAsync<TPart>(WorkId id, string key, CancellationToken cancellationToken) where TPart : class =>
        await _parts.FindAsync(Partition(id), key, cancellationToken) is { } row ? Row.Read<TPart>(row) : null;

    public Task RemovePartAsync(WorkId id, string key, CancellationToken cancellationToken) =>
        parts.DeleteEntityAsync(Partition(id), key, cancellationToken: cancellationToken);

    private async Task EnterAsync(WorkId id, CancellationToken cancellationToken) =>
        await open.UpsertEntityAsync(Row.Of(OpenKey(id), id).ToEntity(Open, Guid.NewGuid()), TableUpdateMode.Replace, cancellationToken);

    private async Task<StoredWork<TWork>> WriteAsync(WorkId id, string? etag, TWork work)
    {
        var row = Row.Of(Key(id), work);
        var written = await new RowTransaction(works, id.Institution.Value).Write(row, etag).SubmitAsync(row.Key, witness: row.Key);
        return new(work, DateTimeOffset.UtcNow, written);
    }

    private static string Key(WorkId id) => id.Id.ToString("N");

    private static string OpenKey(WorkId id) => Partition(id);

    private static string Partition(WorkId id) => $"{id.Institution}~{Key(id)}";
}

/// <param name="Institution">Whose work it is.</param>
internal readonly record struct WorkId(InstitutionId Institution, Guid Id);

/// <param name="TouchedAt">When it was stored, in machine time.</param>
internal sealed record StoredWork<TWork>(TWork Work, DateTimeOffset TouchedAt, string ETag);
