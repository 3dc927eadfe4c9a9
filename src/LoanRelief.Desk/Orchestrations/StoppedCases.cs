using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Orchestrations;

/// <summary>The cases that operators have stopped. Nobody is to deal with them, so they are not late, whatever has come due.</summary>
/// <remarks>
/// Business time does not stop with them: a deadline that has gone by counts as missed when the case is driven again, or
/// when a fact about it is taken.
/// </remarks>
public static class StoppedCases
{
    /// <summary>All that are suspended or terminated: two queries of a table that holds exceptions only, and a point read for each.</summary>
    public static IAsyncEnumerable<Orchestration> AllStoppedAsync(this IOrchestrationStore store, CancellationToken cancellationToken) =>
        store.InAsync(OrchestrationStatus.Suspended, cancellationToken).Concat(store.InAsync(OrchestrationStatus.Terminated, cancellationToken));

    /// <summary>The cases of <see cref="AllStoppedAsync"/>.</summary>
    public static async Task<IReadOnlySet<CaseId>> StoppedAsync(this IOrchestrationStore store, CancellationToken cancellationToken) =>
        await store.AllStoppedAsync(cancellationToken).Select(stopped => stopped.Id).ToHashSetAsync(cancellationToken: cancellationToken);
}
