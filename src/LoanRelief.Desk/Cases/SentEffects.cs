using System.Collections.Concurrent;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Cases;

/// <summary>Effects of a case that were sent, and whether that is on record.</summary>
/// <param name="reports">How the attempts ended.</param>
/// <param name="at">Business time at which the last of them did.</param>
internal sealed class SentEffects(IReadOnlyList<EffectReport> reports, DateTimeOffset at)
{
    private readonly TaskCompletionSource<StoredCase> _recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<EffectReport> Reports => reports;

    public DateTimeOffset At => at;

    /// <summary>The case as it stands by the step that recorded them; null until one has.</summary>
    public StoredCase? RecordedIn => _recorded.Task.IsCompletedSuccessfully ? _recorded.Task.Result : null;

    /// <summary>Whether nothing is left to try.</summary>
    public bool AreDelivered => reports.All(report => report.Result == EffectResult.Delivered);

    public void Recorded(StoredCase stored) => _recorded.TrySetResult(stored);

    /// <summary>Waits until a step has recorded them, and not longer than that.</summary>
    public async Task WaitAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        await ((Task)_recorded.Task).WaitAsync(patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

/// <summary>What was sent and waits for a moment, so that the next step of its case takes the record along in its transaction.</summary>
/// <remarks>
/// <para>
/// A case of which much is asked at a time is answered quickly: the next fact is there before the last event is on record.
/// Each step looks here when it decides, at its turn (<see cref="CaseTurns"/>), so of whatever may come between:
/// </para>
/// <list type="bullet">
/// <item>A step begins after the reports were put here: it takes them along. They are two steps of history in one
/// transaction, the deliveries first, and both happened or neither. Is the fact refused, or the transaction, they stay
/// here.</item>
/// <item>A step was on its way, or over, when they were put here: it did not see them and nothing else may come soon, so
/// nobody waits (<see cref="CaseDesk.RecordDeliveriesAsync"/>).</item>
/// <item>Nobody comes in time: they are recorded by a step of their own, which waits for its turn like any other. Has the
/// one before it taken them along after all, there is nothing left to do.</item>
/// <item>Another process goes on with the case: the commit is refused, the case is read and decided on again, with the
/// reports that it still has a use for.</item>
/// <item>The program ends while they wait: they are not on record, and the effects go out again with the same keys, as
/// after an end between sending and recording at any other time. One that is stopped records them first.</item>
/// </list>
/// </remarks>
internal sealed class UnrecordedEffects
{
    private readonly ConcurrentDictionary<CaseId, SentEffects> _sent = new();

    public SentEffects? Of(CaseId id) => _sent.GetValueOrDefault(id);

    /// <returns>False when others of the case are here already.</returns>
    public bool TryAdd(CaseId id, SentEffects sent) => _sent.TryAdd(id, sent);

    public void Remove(CaseId id, SentEffects sent) => _sent.TryRemove(new(id, sent));
}
