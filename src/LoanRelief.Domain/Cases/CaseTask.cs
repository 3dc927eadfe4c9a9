using System.Text.Json.Serialization;

namespace LoanRelief.Domain.Cases;

/// <summary>Something that somebody has to do, or a date that must not go by unseen; at most one of each kind is open.</summary>
/// <param name="Kind">What.</param>
/// <param name="Assignee">Who has to act.</param>
/// <param name="OpenedAt">Since when.</param>
/// <param name="DueAt">When the process looks at it again: to remind, to escalate or to draw the consequence.</param>
/// <param name="Chases">How many times it came due without being done.</param>
public sealed record CaseTask(TaskKind Kind, Assignee Assignee, DateTimeOffset OpenedAt, DateTimeOffset DueAt, int Chases = 0)
{
    /// <summary>True when <see cref="DueAt"/> rests on a year whose holidays are not published.</summary>
    public bool Provisional { get; init; }

    /// <summary>The working days in which <see cref="DueAt"/> was counted; null for a date that follows from the loan.</summary>
    public WorkingDayCount? Counted { get; init; }

    /// <summary>A date that the rules set, for which nobody's hold stops the clock.</summary>
    [JsonIgnore]
    public bool RunsDuringHold => Kind is TaskKind.ContactDeadline or TaskKind.LastDay or TaskKind.HoldEnd or TaskKind.AwaitRepayment;

    /// <summary>Stays open when the case goes on to another stage.</summary>
    internal bool OutlivesStage => Kind is TaskKind.LastDay or TaskKind.ProvideDocuments or TaskKind.HoldEnd;
}

public enum TaskKind
{
    /// <summary>Speak with the borrower and keep the evidence.</summary>
    ContactBorrower,

    /// <summary>The last moment at which the contact is in time.</summary>
    ContactDeadline,

    /// <summary>The last moment at which a signature is in time.</summary>
    LastDay,

    /// <summary>Get the borrower's answer.</summary>
    DeclareIntent,

    /// <summary>Get the documents that are missing.</summary>
    ProvideDocuments,

    /// <summary>Decide on the proposal.</summary>
    Decide,

    /// <summary>Decide on the refusal again.</summary>
    Review,

    /// <summary>Get the guarantors' written consent.</summary>
    GiveConsent,

    /// <summary>Get the contract signed.</summary>
    Sign,

    /// <summary>Carry out the booking and say so.</summary>
    AnswerBooking,

    /// <summary>Instruct the core system again after a failure.</summary>
    RetryBooking,

    /// <summary>Undo the booking and say so.</summary>
    AnswerReversal,

    /// <summary>Look at the borrower after the relief.</summary>
    LookAgain,

    /// <summary>The repayment that the borrower announced.</summary>
    AwaitRepayment,

    /// <summary>The end of a hold.</summary>
    HoldEnd,
}

public enum Assignee
{
    /// <summary>客户经理.</summary>
    AccountManager,
    Borrower,
    Approver,
    Guarantor,
    CoreSystem,

    /// <summary>Nobody: a date, watched by the program.</summary>
    Clock,
}
