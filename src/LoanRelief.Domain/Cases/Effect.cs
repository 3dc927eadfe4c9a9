using System.Text.Json.Serialization;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>Something that has to leave the house: a request, a reminder, an instruction to the core system.</summary>
/// <param name="Key">
/// Goes out with every attempt, so that a repeat changes nothing: case, kind, and the how-manieth of that kind in the
/// case. It depends on what happened in the case and not on when, so a crash never makes a second one.
/// </param>
/// <param name="Kind">One of <see cref="EffectKinds"/>.</param>
/// <param name="AskedAt">Business time at which it was decided.</param>
/// <param name="Details">What the receiver needs to act; references only, no names.</param>
/// <param name="Attempts">Attempts that failed.</param>
/// <param name="NotBefore">No attempt before this time.</param>
public sealed record Effect(string Key, string Kind, DateTimeOffset AskedAt, EffectDetails Details, int Attempts, DateTimeOffset NotBefore);

/// <summary>What an effect says; members that do not concern it are left out.</summary>
[method: JsonConstructor]
public sealed record EffectDetails()
{
    /// <summary>Who is to act or to know.</summary>
    public Assignee? For { get; init; }

    /// <summary>By when it should be done.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Set when <see cref="Deadline"/> rests on a year whose holidays are not published.</summary>
    public bool? Provisional { get; init; }

    /// <summary>What the deadline was before.</summary>
    public DateTimeOffset? DeadlineBefore { get; init; }

    /// <summary>Set when a breach that is on record is no breach by the new deadline.</summary>
    public bool? BreachCleared { get; init; }

    /// <summary>How many times it has been asked for before.</summary>
    public int? Reminder { get; init; }

    /// <summary>Set when it goes to the one above who should have acted.</summary>
    public bool? Escalated { get; init; }

    public ApprovalLevel? Level { get; init; }

    public IReadOnlyList<string>? Documents { get; init; }

    /// <summary>Reference of the guarantor.</summary>
    public string? Guarantor { get; init; }

    public ProposedTerms? Proposal { get; init; }

    public string? ContractNumber { get; init; }

    /// <summary>How many times the core system has been instructed, this one included.</summary>
    public int? Attempt { get; init; }

    public Outcome? Outcome { get; init; }

    /// <summary>A reason code or the reason that somebody gave.</summary>
    public string? Reason { get; init; }

    /// <summary>Conditions that were not met.</summary>
    public IReadOnlyList<Refusal>? Unmet { get; init; }
}

/// <summary>The kinds of effect; the type of the CloudEvent is <c>loanrelief.</c> and the kind.</summary>
public static class EffectKinds
{
    public const string ContactRequested = "contact.requested";
    public const string ContactReminder = "contact.reminder";
    public const string ContactEscalated = "contact.escalated";
    public const string ContactDeadlineMoved = "contact.deadline-moved";
    public const string ContactBreached = "contact.breached";
    public const string IntentRequested = "intent.requested";
    public const string IntentReminder = "intent.reminder";
    public const string ScreeningFailed = "screening.failed";
    public const string DocumentsRequested = "documents.requested";
    public const string DocumentsReminder = "documents.reminder";
    public const string ApprovalRequested = "approval.requested";
    public const string ApprovalEscalated = "approval.escalated";
    public const string ApprovalReturned = "approval.returned";
    public const string ReviewRequested = "review.requested";
    public const string ReviewEscalated = "review.escalated";
    public const string ConsentRequested = "consent.requested";
    public const string ConsentReminder = "consent.reminder";
    public const string SignatureRequested = "signature.requested";
    public const string SignatureReminder = "signature.reminder";
    public const string BookingInstructed = "booking.instructed";
    public const string BookingChased = "booking.chased";
    public const string ReversalInstructed = "booking.reversal-instructed";
    public const string ReversalChased = "booking.reversal-chased";
    public const string FollowUpDue = "follow-up.due";
    public const string CaseClosed = "case.closed";
}
