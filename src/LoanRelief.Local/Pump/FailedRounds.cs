using System.Collections.Concurrent;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Local.Pump;

/// <summary>How many rounds of a case have failed since the last one that succeeded, in memory and, for operators, in the tables.</summary>
/// <remarks>What the tables say may lag behind: when they can not be written, rounds usually fail for the same reason. The case goes on all the same.</remarks>
internal sealed class FailedRounds(RoundFailures kept, ILogger<FailedRounds> logger)
{
    private readonly ConcurrentDictionary<CaseId, int> _counts = new();

    public int Of(CaseId id) => _counts.GetValueOrDefault(id);

    /// <summary>As an earlier process left it.</summary>
    public void Recall(CaseId id, int count) => _counts.TryAdd(id, count);

    /// <summary>Counts from nothing again, what the tables say having been cleared.</summary>
    public void Forget(CaseId id) => _counts.TryRemove(id, out _);

    /// <summary>Another round has failed.</summary>
    /// <returns>How many have since the last one that succeeded.</returns>
    public async Task<int> AddAsync(CaseId id, Exception failure, CancellationToken cancellationToken)
    {
        var count = _counts.AddOrUpdate(id, 1, (_, before) => before + 1);
        await KeepAsync(id, () => kept.FailedAsync(id, count, kept.Describe(failure), cancellationToken));
        // A round may have succeeded while that was written.
        if (!_counts.ContainsKey(id))
            await ClearAsync(id, cancellationToken);
        return count;
    }

    /// <summary>A round has succeeded. Costs nothing unless others have failed before it.</summary>
    public Task SucceededAsync(CaseId id, CancellationToken cancellationToken) =>
        _counts.TryRemove(id, out _) ? ClearAsync(id, cancellationToken) : Task.CompletedTask;

    private async Task ClearAsync(CaseId id, CancellationToken cancellationToken)
    {
        if (!await KeepAsync(id, () => kept.RecoveredAsync(id, cancellationToken)))
            _counts.TryAdd(id, 0); // so that the next round tries again
    }

    private async Task<bool> KeepAsync(CaseId id, Func<Task> keep)
    {
        try
        {
            await keep();
            return true;
        }
        catch (Exception failure)
        {
            logger.LogWarning("How rounds of work on {Case} go could not be kept: {Failure}", id, failure.GetType().Name);
            return false;
        }
    }
}
