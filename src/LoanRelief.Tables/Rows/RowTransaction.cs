using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using LoanRelief.Desk;

namespace LoanRelief.Tables.Rows;

/// <summary>An entity group transaction in the making: all of it happens, or none.</summary>
/// <remarks>
/// At most 100 rows and 4 MiB. The rows that guard it come first, because storage reports the first that fails. The
/// other rows are put and deleted whatever they were: the guards have made sure that nobody came between.
/// </remarks>
internal sealed class RowTransaction(TableClient table, string partition)
{
    private readonly Guid _commit = Guid.NewGuid();
    private readonly List<TableTransactionAction> _actions = [];

    /// <summary>Guard: the row must not be there yet.</summary>
    public RowTransaction Insert(Row row) => Add(TableTransactionActionType.Add, row);

    /// <summary>Guard: the row must be as it was when it had this ETag; without one it must not be there yet.</summary>
    public RowTransaction Write(Row row, string? etag) =>
        etag is null ? Insert(row) : Add(TableTransactionActionType.UpdateReplace, row, new ETag(etag));

    /// <summary>Makes the rows that were there before into those that have to be there after, touching only what differs.</summary>
    public RowTransaction Turn(IReadOnlyCollection<Row> before, IReadOnlyCollection<Row> after)
    {
        foreach (var row in after.Except(before))
            Add(TableTransactionActionType.UpsertReplace, row);
        foreach (var key in before.Select(row => row.Key).Except(after.Select(row => row.Key)))
            _actions.Add(new(TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All));
        return this;
    }

    /// <summary>Commits.</summary>
    /// <remarks>
    /// Not to be cancelled: whoever gave up now would never know whether it happened. The client sends a transaction
    /// again when its answer got lost; the repeat is then refused because of what the first one stored, which the
    /// witness shows.
    /// </remarks>
    /// <param name="key">The row whose new ETag is wanted.</param>
    /// <param name="witness">A row that this transaction inserts or replaces, by which it is recognised when it has been stored.</param>
    /// <exception cref="ConflictException">A guard did not hold; nothing was stored.</exception>
    public async Task<string> SubmitAsync(string key, string witness)
    {
        try
        {
            var done = await table.SubmitTransactionAsync(_actions, CancellationToken.None);
            return done.Value[_actions.FindIndex(action => action.Entity.RowKey == key)].Headers.ETag!.Value.ToString();
        }
        catch (TableTransactionFailedException refused) when (IsConflict(refused))
        {
            return await HasHappenedAsync(witness)
                ? (await table.GetEntityAsync<TableEntity>(partition, key)).Value.ETag.ToString()
                : throw new ConflictException($"{partition}/{key} has changed meanwhile.", refused);
        }
    }

    private async Task<bool> HasHappenedAsync(string witness) =>
        await table.GetEntityIfExistsAsync<TableEntity>(partition, witness) is { HasValue: true, Value: { } row } && Row.CommitOf(row) == _commit;

    /// <summary>A guard did not hold: a row is there already, or has changed.</summary>
    public static bool IsConflict(RequestFailedException refused) =>
        refused.ErrorCode == TableErrorCode.EntityAlreadyExists || refused.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied;

    private RowTransaction Add(TableTransactionActionType type, Row row, ETag etag = default)
    {
        _actions.Add(new(type, row.ToEntity(partition, _commit), etag));
        return this;
    }
}
