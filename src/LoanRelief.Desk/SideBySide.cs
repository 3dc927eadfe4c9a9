namespace LoanRelief.Desk;

/// <summary>Calls to the storage that do not wait for each other: enough at a time to hide its latency, few enough to leave room for others.</summary>
public static class SideBySide
{
    public static ParallelOptions Options(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken };

    /// <summary>What comes of each item, in the order of the items.</summary>
    public static async Task<TResult[]> SelectAsync<T, TResult>(
        IReadOnlyList<T> items, Func<T, CancellationToken, Task<TResult>> select, CancellationToken cancellationToken)
    {
        var results = new TResult[items.Count];
        await Parallel.ForAsync(0, items.Count, Options(cancellationToken), async (n, token) => results[n] = await select(items[n], token));
        return results;
    }
}
