using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LoanRelief.Desk;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Orchestrations;

/// <summary>What is kept about orchestrations in Table Storage: a row for each, one for each act of an operator, and an entry for each that is stopped or fails.</summary>
/// <remarks>
/// Row and acts of a case stay together in the partition of its loan, as long as the case does: they are the trace of what
/// was done to it. What is searched are the entries, a partition for each status, which go when the status does. An entry is
/// written before the row that it leads to and deleted after it, so that no list is ever one short; one that a crash left
/// behind leads to a row that says otherwise, and is passed over.
/// </remarks>
internal sealed class TableOrchestrationStore(TableSet tables) : IOrchestrationStore
{
    /// <summary>Entries that are followed side by side.</summary>
    private const int AtATime = 256;

    private readonly RowReader _rows = new(tables.Orchestrations);
    private readonly RowReader _entries = new(tables.OrchestrationsByStatus);

    public async Task<StoredOrchestration> FindAsync(CaseId id, CancellationToken cancellationToken) =>
        await _rows.FindAsync(Partition(id), Key(id), cancellationToken) is { } row
            ? new(Row.Read<Orchestration>(row), row.ETag.ToString())
            : new(new() { Id = id }, ETag: null);

    public async Task PutAsync(StoredOrchestration before, Orchestration after, OperatorAct? act, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (id, was, becomes) = (after.Id, before.Orchestration.Status, after.Status);
        if (IsSearched(becomes))
            await tables.OrchestrationsByStatus.UpsertEntityAsync(new TableEntity(Word(becomes), id.ToString()), TableUpdateMode.Replace, CancellationToken.None);
        if (after.IsEmpty)
            await RemoveAsync(id, before.ETag);
        else
            await WriteAsync(before, after, act);
        if (IsSearched(was) && was != becomes)
            await tables.OrchestrationsByStatus.DeleteEntityAsync(Word(was), id.ToString(), cancellationToken: CancellationToken.None);
    }

    public IAsyncEnumerable<OperatorAct> ActsAsync(CaseId id, CancellationToken cancellationToken) =>
        _rows.ReadAsync(Partition(id), RowRange.Of(ActKeys(id)), cancellationToken).Select(Row.Read<OperatorAct>);

    public async IAsyncEnumerable<Orchestration> InAsync(OrchestrationStatus status, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entries in _entries.ReadAsync(Word(status), RowRange.All, cancellationToken).Chunk(AtATime))
        {
            foreach (var orchestration in await FollowAsync(entries, status, cancellationToken))
                yield return orchestration;
        }
    }

    public async Task<OrchestrationRows> ListAsync(
        InstitutionId? institution, OrchestrationStatus status, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        var place = new OrchestrationContinuation(institution, status);
        var range = institution is { } one ? RowRange.Of($"{one}~") : RowRange.All;
        if (continuation is not null)
            range = range.From(place.Read(continuation).ToString());

        var entries = new List<TableEntity>();
        // One more than wanted shows whether others follow.
        var query = tables.OrchestrationsByStatus.QueryAsync<TableEntity>(range.Filter(Word(status)), Math.Min(pageSize + 1, 1000), cancellationToken: cancellationToken);
        await foreach (var page in query.AsPages())
        {
            entries.AddRange(page.Values);
            if (entries.Count > pageSize)
                break;
        }

        var shown = entries.Take(pageSize).ToList();
        return new(await FollowAsync(shown, status, cancellationToken), entries.Count > pageSize ? place.Write(IdOf(shown[^1])) : null);
    }

    /// <summary>What the entries lead to, as far as it is in the status that they say.</summary>
    private async Task<IReadOnlyList<Orchestration>> FollowAsync(IReadOnlyList<TableEntity> entries, OrchestrationStatus status, CancellationToken cancellationToken)
    {
        var found = await SideBySide.SelectAsync(entries, (entry, token) => FindAsync(IdOf(entry), token), cancellationToken);
        return [.. found.Select(stored => stored.Orchestration).Where(orchestration => orchestration.Status == status)];
    }

    private async Task WriteAsync(StoredOrchestration before, Orchestration after, OperatorAct? act)
    {
        var row = Row.Of(Key(after.Id), after);
        var transaction = new RowTransaction(tables.Orchestrations, Partition(after.Id)).Write(row, before.ETag);
        if (act is not null)
            transaction.Insert(Row.Of(ActKey(after.Id, act.Number), act));
        await transaction.SubmitAsync(row.Key, witness: row.Key);
    }

    private async Task RemoveAsync(CaseId id, string? etag)
    {
        if (etag is null)
            return;
        try
        {
            await tables.Orchestrations.DeleteEntityAsync(Partition(id), Key(id), new ETag(etag), CancellationToken.None);
        }
        catch (RequestFailedException refused) when (refused.Status == 412)
        {
            throw new ConflictException($"What is kept of {id} has changed meanwhile.", refused);
        }
    }

    private static bool IsSearched(OrchestrationStatus status) =>
        status is OrchestrationStatus.Failing or OrchestrationStatus.Suspended or OrchestrationStatus.Terminated;

    private static string Word(OrchestrationStatus status) => status.ToString();

    private static CaseId IdOf(TableEntity entry) => Identifier.Parse<CaseId>(entry.RowKey);

    private static string Partition(CaseId id) => Keys.Partition(id.Institution, id.Loan);

    private static string Key(CaseId id) => id.Ordinal.ToString(CultureInfo.InvariantCulture);

    private static string ActKeys(CaseId id) => $"{Key(id)}~";

    private static string ActKey(CaseId id, int number) => string.Create(CultureInfo.InvariantCulture, $"{ActKeys(id)}{number:D6}");
}
