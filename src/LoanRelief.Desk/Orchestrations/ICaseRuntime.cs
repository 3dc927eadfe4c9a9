using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Orchestrations;

/// <summary>Port: whoever does the rounds of work on cases in this host, for operators. Each act may be repeated.</summary>
/// <remarks>An act holds from the next round on: one that is being done is done to its end.</remarks>
public interface ICaseRuntime
{
    /// <summary>What the runtime itself says about a case; null when it knows of none.</summary>
    Task<RuntimeInstance?> FindAsync(CaseId id, CancellationToken cancellationToken);

    /// <summary>Does no further round of work until it is resumed.</summary>
    Task SuspendAsync(CaseId id, CancellationToken cancellationToken);

    /// <summary>Goes on, with a round of work at once.</summary>
    Task ResumeAsync(CaseId id, CancellationToken cancellationToken);

    /// <summary>Does no further round of work.</summary>
    Task TerminateAsync(CaseId id, CancellationToken cancellationToken);

    /// <summary>Begins anew, with a round of work at once, whatever there was before.</summary>
    /// <exception cref="ConflictException">What there was before could not be ended in time.</exception>
    Task RestartAsync(CaseId id, CancellationToken cancellationToken);
}

/// <summary>What the runtime itself says about a case.</summary>
public sealed record RuntimeInstance(RuntimeStatus Status)
{
    /// <summary>Machine time; null where the runtime does not keep it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Machine time; null where the runtime does not keep it.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Whatever else the runtime keeps, as JSON.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>Why the runtime has ended it.</summary>
    public string? Failure { get; init; }
}

public enum RuntimeStatus
{
    /// <summary>Accepted and not begun yet.</summary>
    Pending,

    /// <summary>Works or waits.</summary>
    Running,

    /// <summary>Stopped for a while.</summary>
    Suspended,

    /// <summary>Ended from outside.</summary>
    Terminated,

    /// <summary>Ended by an error of its own.</summary>
    Failed,

    /// <summary>Came to its end.</summary>
    Completed,
}
