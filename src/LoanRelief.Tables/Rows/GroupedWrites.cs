using Azure.Data.Tables;

namespace LoanRelief.Tables.Rows;

/// <summary>Puts and deletes rows of one table; what is written to a partition while a call to it is on its way goes together in the next.</summary>
/// <remarks>
/// <para>
/// A write that finds its partition at rest goes at once and alone. Any others wait for the call before them and no longer,
/// and share an entity group transaction: the more there is to do at a time, the less a row costs. Each caller learns what
/// became of its own rows, whoever else's travelled with them.
/// </para><para>
/// No row is guarded: a put replaces what is there, a delete takes what is there and is content with nothing. So a write
/// may be repeated, and a transaction that fails for one row is done again row by row. Writes of one row are done in the
/// order in which they were asked for, since a partition has one call at a time and no call has a row twice.
/// </para>
/// </remarks>
internal sealed class GroupedWrites(TableClient table)
{
    private static readonly ParallelOptions SideBySide = new() { MaxDegreeOfParallelism = 8 };

    private readonly Lock _lock = new();

    /// <summary>What waits, for each partition with a call on its way.</summary>
    private readonly Dictionary<string, List<RowWrite>> _waiting = [];

    /// <summary>Puts rows of one partition; not to be cancelled.</summary>
    /// <exception cref="Azure.RequestFailedException">One of them is not stored; others may be.</exception>
    /// <exception cref="AggregateException">Storage did not answer.</exception>
    public Task PutAsync(string partition, IEnumerable<TableEntity> rows) =>
        WriteAsync(partition, [.. rows.Select(RowWrite.Put)], CancellationToken.None);

    /// <summary>Deletes rows of one partition. Whoever gives up no longer waits; what is on its way by then is still done.</summary>
    /// <inheritdoc cref="PutAsync"/>
    public Task DeleteAsync(string partition, IEnumerable<string> keys, CancellationToken cancellationToken) =>
        WriteAsync(partition, [.. keys.Select(key => RowWrite.Delete(partition, key, cancellationToken))], cancellationToken);

    private Task WriteAsync(string partition, List<RowWrite> writes, CancellationToken cancellationToken)
    {
        bool waits;
        lock (_lock)
        {
            waits = _waiting.TryGetValue(partition, out var waiting);
            if (waits)
                waiting!.AddRange(writes);
            else
                _waiting.Add(partition, [.. writes]); // a list of its own: others add to it from now on
        }

        var done = Task.WhenAll(writes.Select(write => write.Done));
        if (!waits)
            _ = SendAllAsync(partition);
        return done.WaitAsync(cancellationToken);
    }

    private async Task SendAllAsync(string partition)
    {
        while (TakeGroup(partition) is { } group)
            await SendAsync(group);
    }

    /// <returns>What goes next; null when nothing waits, and the partition is at rest.</returns>
    private RowGroup? TakeGroup(string partition)
    {
        lock (_lock)
        {
            if (RowGroup.TakeFrom(_waiting[partition]) is { } group)
                return group;
            _waiting.Remove(partition);
            return null;
        }
    }

    /// <summary>Never throws: the writes know.</summary>
    private async Task SendAsync(RowGroup group)
    {
        try
        {
            await group.SendAsync(table);
            group.Succeeded();
        }
        catch (TableTransactionFailedException)
        {
            await Parallel.ForEachAsync(group.Apart(), SideBySide, async (alone, _) => await SendAsync(alone));
        }
        catch (Exception failure)
        {
            group.Failed(failure);
        }
    }
}
