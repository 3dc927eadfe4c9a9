using System.Text.Json.Serialization;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Orchestrations;

/// <summary>What is kept, beside a case, about how it is driven: who stopped it, and what its rounds of work fail with.</summary>
/// <remarks>A case that nobody touched and whose rounds succeed has none. What is true of the case itself stands in the case.</remarks>
public sealed record Orchestration
{
    public required CaseId Id { get; init; }

    /// <summary>An operator has stopped it: no round of work is done until an operator says so.</summary>
    public Halt? Halt { get; init; }

    /// <summary>What its rounds fail with; null when the last one succeeded.</summary>
    public RoundFailure? Failure { get; init; }

    /// <summary>How often an operator has acted on it.</summary>
    public int Acts { get; init; }

    /// <summary>How an open case is driven.</summary>
    [JsonIgnore]
    public OrchestrationStatus Status => this switch
    {
        { Halt: Orchestrations.Halt.Suspended } => OrchestrationStatus.Suspended,
        { Halt: Orchestrations.Halt.Terminated } => OrchestrationStatus.Terminated,
        { Failure: not null } => OrchestrationStatus.Failing,
        _ => OrchestrationStatus.Running,
    };

    /// <summary>There is nothing to be kept.</summary>
    [JsonIgnore]
    public bool IsEmpty => this is { Halt: null, Failure: null, Acts: 0 };
}

/// <summary>How a case is driven.</summary>
public enum OrchestrationStatus
{
    /// <summary>Rounds of work are done whenever the case is due.</summary>
    Running,

    /// <summary>The last round failed; it is tried again, after longer and longer pauses.</summary>
    Failing,

    /// <summary>An operator has stopped it for a while.</summary>
    Suspended,

    /// <summary>An operator has ended it.</summary>
    Terminated,

    /// <summary>The case is closed and everything about it has been sent: nothing is left to drive.</summary>
    Completed,
}

/// <summary>How an operator has stopped an orchestration.</summary>
public enum Halt
{
    /// <summary>To be resumed.</summary>
    Suspended,

    /// <summary>Only a restart drives the case again.</summary>
    Terminated,
}

/// <summary>What the rounds of a case fail with.</summary>
/// <param name="Rounds">How many have failed since the last one that succeeded.</param>
/// <param name="Error">What the last one failed with: kinds of exceptions and the place, nothing that anybody wrote.</param>
/// <param name="At">Business time at which it failed.</param>
public sealed record RoundFailure(int Rounds, string Error, DateTimeOffset At);

/// <summary>What an operator did, and why: the trace that stays.</summary>
/// <param name="Number">1 for the first act on an orchestration.</param>
/// <param name="At">Business time.</param>
public sealed record OperatorAct(int Number, OperatorAction Action, string By, string Reason, DateTimeOffset At);

/// <summary>What an operator can do with the orchestration of a case.</summary>
public enum OperatorAction
{
    /// <summary>Does no round of work until it is resumed. Facts are taken all the same.</summary>
    Suspend,

    /// <summary>Goes on after a suspension.</summary>
    Resume,

    /// <summary>Ends it: nobody drives the case any more, and the watchdog leaves it so.</summary>
    Terminate,

    /// <summary>Drives the case anew, from its state in the tables, whether it was stopped or runs.</summary>
    Restart,
}
