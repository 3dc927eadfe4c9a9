using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using LoanRelief.Desk;

namespace LoanRelief.Tables.Rows;

/// <summary>Writes of different rows of one partition that go in one call.</summary>
internal sealed class RowGroup
{
    private readonly IReadOnlyList<RowWrite> _writes;

    private RowGroup(IReadOnlyList<RowWrite> writes) => _writes = writes;

    /// <summary>Takes as many of the first writes as go together, and drops those that nobody waits for any more.</summary>
    /// <returns>Null when there are none.</returns>
    public static RowGroup? TakeFrom(List<RowWrite> waiting)
    {
        waiting.RemoveAll(write => write.IsGivenUp);
        var (keys, length) = (new HashSet<string>(StringComparer.Ordinal), 0);
        var count = waiting.TakeWhile((write, n) => n < TransactionLimits.Rows && ((length += write.Length) <= TransactionLimits.Characters || n == 0) && keys.Add(write.Row.RowKey)).Count();
        if (count == 0)
            return null;
        var group = new RowGroup(waiting[..count]);
        waiting.RemoveRange(0, count);
        return group;
    }

    /// <summary>Each by itself.</summary>
    public IEnumerable<RowGroup> Apart() => _writes.Select(write => new RowGroup([write]));

    /// <remarks>Rows that are put are nearly always new, and to insert one costs Azurite a third of what it costs to replace whatever is there: that comes second.</remarks>
    /// <exception cref="TableTransactionFailedException">There are several, and one of them failed them all.</exception>
    public async Task SendAsync(TableClient table)
    {
        // What is done for several belongs to none of them.
        Activity.Current = _writes is [var only] ? only.Cause : null;
        RightOfWay.GiveWay(_writes.All(write => write.GivesWay));
        try
        {
            await SendAsync(table, isNew: true);
        }
        catch (RequestFailedException refused) when (RowTransaction.IsConflict(refused))
        {
            await SendAsync(table, isNew: false);
        }
    }

    private Task SendAsync(TableClient table, bool isNew) => _writes is [var alone]
        ? alone.SendAsync(table, isNew) // cheaper without a transaction around it
        : table.SubmitTransactionAsync(_writes.Select(write => write.Action(isNew)), CancellationToken.None);

    public void Succeeded()
    {
        foreach (var write in _writes)
            write.Succeeded();
    }

    public void Failed(Exception failure)
    {
        foreach (var write in _writes)
            write.Failed(failure);
    }
}

/// <summary>A row that is to be put or deleted, and who waits for it.</summary>
internal sealed class RowWrite
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _givenUp;
    private readonly bool _isPut;

    private RowWrite(ITableEntity row, bool isPut, CancellationToken givenUp) => (Row, _isPut, _givenUp) = (row, isPut, givenUp);

    public ITableEntity Row { get; }

    /// <summary>The span within which it was asked for.</summary>
    public Activity? Cause { get; } = Activity.Current;

    /// <summary>Whether it was asked for in the background.</summary>
    public bool GivesWay { get; } = RightOfWay.IsGivingWay;

    /// <summary>In characters.</summary>
    public int Length => ((TableEntity)Row).Sum(each => (each.Value as string)?.Length ?? (each.Value as byte[])?.Length ?? 0);

    public bool IsGivenUp => _givenUp.IsCancellationRequested;

    public Task Done => _done.Task;

    public static RowWrite Put(TableEntity row) => new(row, isPut: true, CancellationToken.None);

    public static RowWrite Delete(string partition, string key, CancellationToken givenUp) => new(new TableEntity(partition, key), isPut: false, givenUp);

    /// <param name="isNew">Whether a row that is put is taken for new, and refused if it is not.</param>
    public TableTransactionAction Action(bool isNew) => _isPut
        ? new(isNew ? TableTransactionActionType.Add : TableTransactionActionType.UpsertReplace, Row)
        : new(TableTransactionActionType.Delete, Row, ETag.All);

    /// <inheritdoc cref="Action"/>
    public Task SendAsync(TableClient table, bool isNew) => (_isPut, isNew) switch
    {
        (true, true) => table.AddEntityAsync(Row, CancellationToken.None),
        (true, false) => table.UpsertEntityAsync(Row, TableUpdateMode.Replace, CancellationToken.None),
        _ => table.DeleteEntityAsync(Row.PartitionKey, Row.RowKey, ETag.All, CancellationToken.None), // content when it is not there
    };

    public void Succeeded() => _done.TrySetResult();

    public void Failed(Exception failure) => _done.TrySetException(failure);
}
