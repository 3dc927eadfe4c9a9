using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Orchestrations;

/// <summary>Port: what is kept about orchestrations that an operator touched or whose rounds fail.</summary>
public interface IOrchestrationStore
{
    /// <summary>By one point read; empty and without an ETag when nothing is kept.</summary>
    Task<StoredOrchestration> FindAsync(CaseId id, CancellationToken cancellationToken);

    /// <summary>Stores what is so now, and the act that led to it, in one transaction. What is empty is kept no longer.</summary>
    /// <param name="before">As this store gave it out.</param>
    /// <param name="act">Of an operator; null when the program itself has something to say.</param>
    /// <exception cref="ConflictException">It has changed since it was read; nothing was stored.</exception>
    Task PutAsync(StoredOrchestration before, Orchestration after, OperatorAct? act, CancellationToken cancellationToken);

    /// <summary>What operators did, first to last.</summary>
    IAsyncEnumerable<OperatorAct> ActsAsync(CaseId id, CancellationToken cancellationToken);

    /// <summary>All in a status, by institution and loan: for a host that starts, and for whoever asks which cases are late.</summary>
    /// <param name="status">Failing, suspended or terminated.</param>
    IAsyncEnumerable<Orchestration> InAsync(OrchestrationStatus status, CancellationToken cancellationToken);

    /// <summary>One page of those in a status, by institution and loan; its cost grows neither with the number of cases nor with that of acts.</summary>
    /// <param name="institution">Null for all.</param>
    /// <param name="status">Failing, suspended or terminated.</param>
    /// <param name="pageSize">1 to 1,000.</param>
    /// <param name="continuation">From the page before.</param>
    /// <exception cref="FormatException">The continuation is not one that this store gave out for this list.</exception>
    Task<OrchestrationRows> ListAsync(
        InstitutionId? institution, OrchestrationStatus status, int pageSize, string? continuation, CancellationToken cancellationToken);
}

/// <summary>As a store gave it out.</summary>
/// <param name="ETag">Null when nothing is kept.</param>
public sealed record StoredOrchestration(Orchestration Orchestration, string? ETag);

/// <param name="Orchestrations">May be fewer than asked for although others follow.</param>
/// <param name="Continuation">Null on the last page.</param>
public sealed record OrchestrationRows(IReadOnlyList<Orchestration> Orchestrations, string? Continuation);
