using System.Text.Json.Serialization;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Schedules;

namespace LoanRelief.Domain.Cases;

/// <summary>One step of a case: everything that one fact, or the passing of time, brought about. The history is the steps.</summary>
/// <param name="Number">1 for the opening, then without a gap.</param>
/// <param name="At">Business time.</param>
/// <param name="By">Who reported it, or <c>system</c>.</param>
/// <param name="Cause">Name of the fact; <c>time</c> when a deadline came, <c>delivery</c> when effects went out, <c>calendar</c> when other holidays became known.</param>
/// <param name="Key">The caller's idempotency key with a fingerprint of what it sent.</param>
public sealed record CaseStep(int Number, DateTimeOffset At, string By, string Cause, string? Key, IReadOnlyList<CaseEvent> Events);

/// <summary>Something that happened in a case; never changed, never taken back. The state is the sum of them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CaseOpened), "case-opened")]
[JsonDerivedType(typeof(LoanUpdated), "loan-updated")]
[JsonDerivedType(typeof(StageEntered), "stage-entered")]
[JsonDerivedType(typeof(TaskOpened), "task-opened")]
[JsonDerivedType(typeof(TaskMoved), "task-moved")]
[JsonDerivedType(typeof(TaskClosed), "task-closed")]
[JsonDerivedType(typeof(TaskRecounted), "task-recounted")]
[JsonDerivedType(typeof(EffectAsked), "effect-asked")]
[JsonDerivedType(typeof(EffectDelivered), "effect-delivered")]
[JsonDerivedType(typeof(EffectPutOff), "effect-put-off")]
[JsonDerivedType(typeof(EffectGivenUp), "effect-given-up")]
[JsonDerivedType(typeof(EffectRedriven), "effect-redriven")]
[JsonDerivedType(typeof(ContactAttempted), "contact-attempted")]
[JsonDerivedType(typeof(ContactDeadlineRecounted), "contact-deadline-recounted")]
[JsonDerivedType(typeof(ContactBreached), "contact-breached")]
[JsonDerivedType(typeof(ContactBreachCleared), "contact-breach-cleared")]
[JsonDerivedType(typeof(FoundListed), "found-listed")]
[JsonDerivedType(typeof(IntentDeclared), "intent-declared")]
[JsonDerivedType(typeof(Screened), "screened")]
[JsonDerivedType(typeof(DocumentsReceived), "documents-received")]
[JsonDerivedType(typeof(ProposalMade), "proposal-made")]
[JsonDerivedType(typeof(Decided), "decided")]
[JsonDerivedType(typeof(GuarantorAnswered), "guarantor-answered")]
[JsonDerivedType(typeof(ContractSigned), "contract-signed")]
[JsonDerivedType(typeof(BookingInstructed), "booking-instructed")]
[JsonDerivedType(typeof(BookingAnswered), "booking-answered")]
[JsonDerivedType(typeof(ReversalInstructed), "reversal-instructed")]
[JsonDerivedType(typeof(CaseHeld), "case-held")]
[JsonDerivedType(typeof(CaseReleased), "case-released")]
[JsonDerivedType(typeof(CaseClosed), "case-closed")]
public abstract record CaseEvent;

/// <param name="Policy">The lender's own rules.</param>
/// <param name="Packs">The policies in force on this day, in these versions: the case keeps them.</param>
/// <param name="Lender">What the lender is, where that is known.</param>
/// <param name="Schedule">What is still to be paid. Schedules stay in the history; the state does without.</param>
public sealed record CaseOpened(
    CaseId Id,
    Loan Loan,
    CasePolicy Policy,
    IReadOnlyList<PolicyPackReference> Packs,
    InstitutionKind? Lender,
    CaseTrigger Trigger,
    BusinessDate ContactDeadline,
    Schedule Schedule) : CaseEvent;

/// <param name="Loan">The loan as the institution's book has it now.</param>
/// <param name="ContactDeadline">The contact deadline that follows from it.</param>
/// <param name="Schedule">What is still to be paid on it.</param>
public sealed record LoanUpdated(Loan Loan, BusinessDate ContactDeadline, Schedule Schedule) : CaseEvent;

public sealed record StageEntered(Stage Stage) : CaseEvent;

public sealed record TaskOpened(CaseTask Task) : CaseEvent;

/// <summary>The task is looked at again later; <paramref name="Chases"/> counts how often it came due.</summary>
/// <param name="Kind">What is to be done.</param>
/// <param name="DueAt">When it is due now.</param>
/// <param name="Chases">How many times it came due by now.</param>
/// <param name="Provisional">True when that rests on a year whose holidays are not published.</param>
/// <param name="Counted">The working days that it was counted in, if it was.</param>
public sealed record TaskMoved(TaskKind Kind, DateTimeOffset DueAt, int Chases, bool Provisional, WorkingDayCount? Counted) : CaseEvent;

/// <summary>Other holidays became known, and the task is due at another time, or no longer provisionally.</summary>
public sealed record TaskRecounted(TaskKind Kind, DateTimeOffset Before, DateTimeOffset After, bool Provisional, WorkingDayCount? Counted) : CaseEvent;

public sealed record TaskClosed(TaskKind Kind) : CaseEvent;

public sealed record EffectAsked(Effect Effect) : CaseEvent;

/// <param name="Key">Key of the effect.</param>
/// <param name="Detail">What the channel said.</param>
public sealed record EffectDelivered(string Key, string Detail) : CaseEvent;

public sealed record EffectPutOff(string Key, DateTimeOffset NotBefore, string Detail) : CaseEvent;

/// <summary>The effect is on the dead-letter list until an operator sends it again.</summary>
public sealed record EffectGivenUp(string Key, string Detail) : CaseEvent;

public sealed record EffectRedriven(string Key) : CaseEvent;

/// <param name="On">The day of the attempt.</param>
public sealed record ContactAttempted(ContactChannel Channel, bool Reached, string? Evidence, DateOnly On) : CaseEvent;

/// <summary>Other holidays became known, and the contact deadline is another, or no longer provisional.</summary>
public sealed record ContactDeadlineRecounted(BusinessDate Before, BusinessDate After) : CaseEvent;

/// <summary>The contact deadline went by without evidence of a contact.</summary>
public sealed record ContactBreached(DateOnly Deadline) : CaseEvent;

/// <summary>Evidence came in later that the contact itself had been in time, or the deadline turned out to be a later one.</summary>
/// <param name="ContactedOn">Day of the contact; null while there is time for it yet.</param>
public sealed record ContactBreachCleared(DateOnly? ContactedOn) : CaseEvent;

/// <param name="Intent">What the borrower wants.</param>
/// <param name="PreparedBy">Who entered it, and so prepared the proposal: may not approve it.</param>
public sealed record IntentDeclared(IntentFact Intent, string PreparedBy) : CaseEvent;

/// <summary>Lists from outside exclude the borrower.</summary>
/// <param name="Entries">Those that are valid on the day, each with its list and source.</param>
public sealed record FoundListed(IReadOnlyList<Exclusion> Entries) : CaseEvent;

/// <param name="Result">What came of it.</param>
/// <param name="Checked">The measures that were looked at, with every condition.</param>
public sealed record Screened(ScreeningResult Result, IReadOnlyList<MeasureCheck> Checked) : CaseEvent;

public sealed record DocumentsReceived(IReadOnlyList<string> Documents) : CaseEvent;

/// <param name="Proposal">The new terms.</param>
/// <param name="Schedule">What is to be paid on them.</param>
public sealed record ProposalMade(ProposedTerms Proposal, Schedule Schedule) : CaseEvent;

/// <param name="Decision">The decision with its level and reasons.</param>
/// <param name="By">Who decided.</param>
public sealed record Decided(ApprovalFact Decision, string By) : CaseEvent;

public sealed record GuarantorAnswered(string Guarantor, bool Consents, string? Evidence) : CaseEvent;

public sealed record ContractSigned(string ContractNumber, DateOnly SignedOn) : CaseEvent;

public sealed record BookingInstructed(int Attempt) : CaseEvent;

public sealed record BookingAnswered(BookingFact Answer) : CaseEvent;

/// <param name="Outcome">How the case ends once the reversal is confirmed.</param>
/// <param name="Reason">Its reason code.</param>
public sealed record ReversalInstructed(Outcome Outcome, string Reason) : CaseEvent;

public sealed record CaseHeld(string Reason, DateOnly Until) : CaseEvent;

public sealed record CaseReleased(string? Reason) : CaseEvent;

/// <param name="Outcome">How the case ended.</param>
/// <param name="Reason">One of <see cref="ReasonCodes"/>.</param>
/// <param name="Note">The words of whoever decided so.</param>
public sealed record CaseClosed(Outcome Outcome, string Reason, string? Note) : CaseEvent;
