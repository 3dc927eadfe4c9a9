using System.Globalization;
using Azure;
using Azure.Data.Tables;
using LoanRelief.Desk;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Orchestrations;

/// <summary>What is kept about orchestrations in Table Storage: a row for each that is stopped or fails, and one for each act of an operator.</summary>
/// <remarks>The table holds the exceptions only, so that it may be searched as a whole.</remarks>
internal sealed class TableOrchestrationStore(TableSet tables) : IOrchestrationStore
{
    private static readonly OrchestrationStatus[] Exceptions = [OrchestrationStatus.Failing, OrchestrationStatus.Suspended, OrchestrationStatus.Terminated];

    private readonly RowReader _rows = new(tables.Orchestrations);

    public async Task<StoredOrchestration> FindAsync(CaseId id, CancellationToken cancellationToken) =>
        await _rows.FindAsync(Partition(id), Key(id), cancellationToken) is { } row
            ? new(Row.Read<Orchestration>(row), row.ETag.ToString())
            : new(new() { Id = id }, ETag: null);

    public async Task PutAsync(StoredOrchestration before, Orchestration after, OperatorAct? act, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (after.IsEmpty)
        {
            await RemoveAsync(after.Id, before.ETag);
            return;
        }

        var row = Row.Of(Key(after.Id), after) with { Word = Word(after.Status) };
        var transaction = new RowTransaction(tables.Orchestrations, Partition(after.Id)).Write(row, before.ETag);
        if (act is not null)
            transaction.Insert(Row.Of(ActKey(after.Id, act.Number), act));
        await transaction.SubmitAsync(row.Key, witness: row.Key);
    }

    public IAsyncEnumerable<OperatorAct> ActsAsync(CaseId id, CancellationToken cancellationToken) =>
        _rows.ReadAsync(Partition(id), RowRange.Of(ActKeys(id)), cancellationToken).Select(Row.Read<OperatorAct>);

    public IAsyncEnumerable<Orchestration> AllAsync(CancellationToken cancellationToken) => tables.Orchestrations
        .QueryAsync<TableEntity>(string.Join(" or ", Exceptions.Select(Filter)), cancellationToken: cancellationToken)
        .Select(Row.Read<Orchestration>);

    public async Task<OrchestrationRows> ListAsync(
        InstitutionId? institution, OrchestrationStatus status, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        var place = new OrchestrationContinuation(institution, status);
        var filter = Filter(status);
        if (institution is { } one)
            filter += TableClient.CreateQueryFilter($" and PartitionKey eq {one.Value}");
        if (continuation is not null && place.Read(continuation) is var last)
            filter += TableClient.CreateQueryFilter($" and (PartitionKey gt {Partition(last)} or (PartitionKey eq {Partition(last)} and RowKey gt {Key(last)}))");

        var rows = new List<TableEntity>();
        // One more than wanted shows whether others follow.
        await foreach (var page in tables.Orchestrations.QueryAsync<TableEntity>(filter, Math.Min(pageSize + 1, 1000), cancellationToken: cancellationToken).AsPages())
        {
            rows.AddRange(page.Values);
            if (rows.Count > pageSize)
                break;
        }

        var found = rows.Take(pageSize).Select(Row.Read<Orchestration>).ToList();
        return new(found, rows.Count > pageSize ? place.Write(found[^1].Id) : null);
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

    private static string Filter(OrchestrationStatus status) => $"{Row.WordName} eq '{Word(status)}'";

    private static string Word(OrchestrationStatus status) => status.ToString();

    private static string Partition(CaseId id) => id.Institution.Value;

    private static string Key(CaseId id) => $"case~{id.Loan}~{id.Ordinal}";

    private static string ActKeys(CaseId id) => $"act~{id.Loan}~{id.Ordinal}~";

    private static string ActKey(CaseId id, int number) => string.Create(CultureInfo.InvariantCulture, $"{ActKeys(id)}{number:D6}");
}
