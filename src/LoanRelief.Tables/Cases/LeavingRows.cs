using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Cases;

/// <summary>The index rows that this process is deleting because they no longer hold.</summary>
/// <remarks>
/// A row that leaves with others waits for a moment, for those that leave the same partition: the more goes on, the less
/// each costs. Nobody waits for it: the commit names what it left, and in this process such a row is known not to hold.
/// What a process takes with it when it ends is mended as <see cref="CaseIndex"/> says.
/// </remarks>
internal sealed class LeavingRows
{
    /// <summary>In machine time. Short beside the time between two looks at a list, long beside that between two steps when many cases move.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Dictionary<IndexRow, Task<bool>> _leaving = [];

    /// <summary>Rows that wait for each other, and when they have gone.</summary>
    private readonly Dictionary<(IndexTable Table, string Partition), (List<string> Keys, Task<bool> Gone)> _waiting = [];

    /// <summary>Whether the row does not hold and is about to go.</summary>
    public bool Contains(IndexRow row)
    {
        lock (_lock)
            return _leaving.ContainsKey(row);
    }

    /// <summary>Deletes a row, once however often it is asked for at a time.</summary>
    /// <param name="withOthers">Whether it may wait for others.</param>
    public LeavingRow Delete(IndexTable table, string partition, IndexRow row, bool withOthers)
    {
        lock (_lock)
        {
            if (!_leaving.TryGetValue(row, out var gone))
            {
                var deletion = withOthers ? WithOthers(table, partition, row) : Attempt.SucceedsAsync(patience => table.DeleteAsync(partition, [row.Key], patience));
                gone = UntilGoneAsync(row, deletion);
                _leaving.Add(row, gone);
            }

            return new(row, gone);
        }
    }

    private Task<bool> WithOthers(IndexTable table, string partition, IndexRow row)
    {
        if (!_waiting.TryGetValue((table, partition), out var companions))
        {
            var keys = new List<string>();
            companions = (keys, LeaveTogetherAsync(table, partition, keys));
            _waiting.Add((table, partition), companions);
        }

        companions.Keys.Add(row.Key);
        return companions.Gone;
    }

    private async Task<bool> LeaveTogetherAsync(IndexTable table, string partition, IReadOnlyList<string> keys)
    {
        await Task.Delay(Moment);
        lock (_lock)
            _waiting.Remove((table, partition));
        return await Attempt.SucceedsAsync(patience => table.DeleteAsync(partition, keys, patience));
    }

    private async Task<bool> UntilGoneAsync(IndexRow row, Task<bool> deletion)
    {
        try
        {
            // The row is entered only when this returns.
            return await deletion.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
        finally
        {
            lock (_lock)
                _leaving.Remove(row);
        }
    }
}

/// <summary>An index row that does not hold.</summary>
/// <param name="Gone">Ends when storage was asked to delete it, with whether it did.</param>
internal readonly record struct LeavingRow(IndexRow Row, Task<bool> Gone)
{
    /// <summary>False when it may be there.</summary>
    public bool HasGone => Gone is { IsCompletedSuccessfully: true, Result: true };

    /// <summary>One that nobody has begun to delete, as far as is known.</summary>
    public static LeavingRow Left(IndexRow row) => new(row, Task.FromResult(false));
}
