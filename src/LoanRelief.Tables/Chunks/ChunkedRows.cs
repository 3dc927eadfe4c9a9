using Azure.Data.Tables;
using LoanRelief.Desk;
using LoanRelief.Desk.Chunks;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Chunks;

/// <summary>Work on many loans as it is stored: its own row, an entry while it is open, and its parts.</summary>
/// <remarks>
/// The row is in its institution's partition, the entry in one small table. The parts are in a partition of their own,
/// packed, some hundred or thousand rows of the work in one of the table, and are read by point reads only.
/// </remarks>
internal abstract class ChunkedRows<TWork>(TableClient works, TableClient open, TableClient parts) : IWorkStore<TWork>
    where TWork : IWork
{
    private const string Open = "open";

    private readonly RowReader _works = new(works);
    private readonly RowReader _open = new(open);
    private readonly RowReader _parts = new(parts);

    public async Task<StoredWork<TWork>> BeginAsync(TWork work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // The entry first: one that leads nowhere is cleared away, work that has none would be lost. And once more, because
        // whoever looked in between has cleared it away; should the row have gone with it, the next write of it is refused.
        await EnterAsync(IdOf(work), cancellationToken);
        var stored = await WriteAsync(null, work);
        await EnterAsync(IdOf(work), CancellationToken.None);
        return stored;
    }

    public async Task<StoredWork<TWork>?> FindAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken) =>
        await _works.FindAsync(institution.Value, KeyOf(id), cancellationToken) is { } row
            ? new(Row.Read<TWork>(row), row.Timestamp!.Value, row.ETag.ToString())
            : null;

    public virtual Task<StoredWork<TWork>> PutAsync(StoredWork<TWork> before, TWork after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return WriteAsync(before.ETag, after);
    }

    public Task CloseAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken) =>
        open.DeleteEntityAsync(Open, Partition(new(institution, id)), cancellationToken: cancellationToken);

    public IAsyncEnumerable<WorkId> OpenAsync(CancellationToken cancellationToken) =>
        _open.ReadAsync(Open, RowRange.Of(""), cancellationToken).Select(Row.Read<WorkId>);

    public async Task RemoveAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken)
    {
        // The entry last: what is left by a crash is still found there.
        var partition = Partition(new(institution, id));
        await foreach (var row in parts.QueryAsync<TableEntity>(RowRange.Of("").Filter(partition), select: [nameof(TableEntity.RowKey)], cancellationToken: cancellationToken))
            await parts.DeleteEntityAsync(partition, row.RowKey, cancellationToken: cancellationToken);
        await works.DeleteEntityAsync(institution.Value, KeyOf(id), cancellationToken: cancellationToken);
        await CloseAsync(institution, id, cancellationToken);
    }

    /// <summary>Row key of work within its institution.</summary>
    protected virtual string KeyOf(Guid id) => id.ToString("N");

    /// <remarks>A write is not broken off half way: it might arrive after the work has been removed, and stay for ever.</remarks>
    protected async Task PutPartAsync<TPart>(TWork work, string key, TPart part, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await parts.UpsertEntityAsync(Row.Packed(Partition(IdOf(work)), key, part), TableUpdateMode.Replace, CancellationToken.None);
    }

    /// <summary>A part by one point read; null when it is not there.</summary>
    protected async Task<TPart?> FindPartAsync<TPart>(TWork work, string key, CancellationToken cancellationToken)
        where TPart : class =>
        await _parts.FindAsync(Partition(IdOf(work)), key, cancellationToken) is { } row ? Row.Read<TPart>(row) : null;

    protected Task RemovePartAsync(TWork work, string key, CancellationToken cancellationToken) =>
        parts.DeleteEntityAsync(Partition(IdOf(work)), key, cancellationToken: cancellationToken);

    private async Task EnterAsync(WorkId id, CancellationToken cancellationToken) =>
        await open.UpsertEntityAsync(Row.Of(Partition(id), id).ToEntity(Open, Guid.NewGuid()), TableUpdateMode.Replace, cancellationToken);

    /// <param name="beside">A row of the same partition that must not be there yet.</param>
    /// <exception cref="ConflictException">The work has changed, or that row is there; nothing was stored.</exception>
    protected async Task<StoredWork<TWork>> WriteAsync(string? etag, TWork work, Row? beside = null)
    {
        var row = Row.Of(KeyOf(work.Id), work);
        var transaction = new RowTransaction(works, work.Institution.Value).Write(row, etag);
        if (beside is { } other)
            transaction.Insert(other);
        var written = await transaction.SubmitAsync(row.Key, witness: row.Key);
        return new(work, DateTimeOffset.UtcNow, written);
    }

    private static WorkId IdOf(TWork work) => new(work.Institution, work.Id);

    /// <summary>Of the parts; and the key of the entry.</summary>
    private static string Partition(WorkId id) => $"{id.Institution}~{id.Id:N}";
}
