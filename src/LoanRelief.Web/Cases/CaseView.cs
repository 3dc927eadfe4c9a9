using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Policies;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Cases;

/// <summary>A case as it stands. References only: the borrower's name is in the loan.</summary>
public sealed record CaseView
{
    public required CaseId Id { get; init; }

    /// <summary>Number of the last step; the <c>ETag</c> is made of it.</summary>
    public required int Version { get; init; }

    public required InstitutionId Institution { get; init; }

    public required LoanNumber LoanNumber { get; init; }

    /// <summary>The institution's own reference for the borrower.</summary>
    public required string Borrower { get; init; }

    public required CaseTrigger Trigger { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public required Stage Stage { get; init; }

    public required string StageTitle { get; init; }

    public required DateTimeOffset StageSince { get; init; }

    /// <summary>How the case ended; only once it is closed.</summary>
    public Outcome? Outcome { get; init; }

    public string? OutcomeTitle { get; init; }

    /// <summary>Why it ended so; stable, for statistics.</summary>
    public string? ReasonCode { get; init; }

    public string? ReasonTitle { get; init; }

    /// <summary>The maturity that the case is about: of the contract, not rolled to a working day.</summary>
    public required DateOnly Maturity { get; init; }

    public required Money Outstanding { get; init; }

    /// <summary>The last day on which relief can be asked for and the contract signed.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>The last day on which the contact is in time; provisional when it rests on holidays that are not published yet.</summary>
    public required BusinessDate ContactDeadline { get; init; }

    /// <summary>Day of the first contact with evidence.</summary>
    public DateOnly? ContactedOn { get; init; }

    public required int ContactAttempts { get; init; }

    /// <summary>The contact deadline went by without evidence of a contact.</summary>
    public required bool ContactBreached { get; init; }

    /// <summary>When the process looks at the case next.</summary>
    public DateTimeOffset? NextDeadline { get; init; }

    public required IReadOnlyList<TaskView> OpenTasks { get; init; }

    /// <summary>Names of the facts that the case takes now: <c>POST /api/cases/{id}/facts/{name}</c>.</summary>
    public required IReadOnlyList<string> Accepted { get; init; }

    public IntentView? Intent { get; init; }

    public ScreeningView? Screening { get; init; }

    /// <summary>Documents that have come in.</summary>
    public required IReadOnlyList<string> DocumentsReceived { get; init; }

    /// <summary>Documents that the measure needs and that have not come in.</summary>
    public required IReadOnlyList<string> DocumentsMissing { get; init; }

    public ProposalView? Proposal { get; init; }

    public DecisionView? Decision { get; init; }

    public required IReadOnlyList<GuarantorView> Guarantors { get; init; }

    public SignatureView? Signature { get; init; }

    public BookingView? Booking { get; init; }

    public HoldView? Hold { get; init; }

    /// <summary>Events to the institution that still have to go out.</summary>
    public required int PendingEffects { get; init; }

    /// <summary>Events that could not be delivered and wait for an operator.</summary>
    public required IReadOnlyList<DeadEffectView> DeadLetters { get; init; }

    /// <summary>The lender's own rules by which the case is driven: those of the day on which it was opened.</summary>
    public required PolicyReference Policy { get; init; }

    /// <summary>The policies in force when the case was opened, in the versions of that day; what comes later does not change the case.</summary>
    public required IReadOnlyList<QuotedPolicy> Policies { get; init; }

    /// <summary>Whether any date or figure here rests on a year whose holidays are not published.</summary>
    public required bool Provisional { get; init; }

    internal static CaseView Of(CaseState state, PolicyQuotes quotes) => Of(state, quotes, quotes.Texts);

    private static CaseView Of(CaseState state, PolicyQuotes quotes, Catalogue texts) => new()
    {
        Id = state.Id,
        Version = state.Version,
        Institution = state.Id.Institution,
        LoanNumber = state.Loan.Number,
        Borrower = state.Loan.Borrower.Reference,
        Trigger = state.Trigger,
        OpenedAt = state.OpenedAt,
        ChangedAt = state.ChangedAt,
        ClosedAt = state.ClosedAt,
        Stage = state.Stage,
        StageTitle = texts.Of(state.Stage),
        StageSince = state.StageSince,
        Outcome = state.Outcome,
        OutcomeTitle = state.Outcome is { } outcome ? texts.Of(outcome) : null,
        ReasonCode = state.ReasonCode,
        ReasonTitle = state.ReasonCode is { } reason ? texts.Reason(reason) : null,
        Maturity = state.Maturity,
        Outstanding = state.Loan.Outstanding,
        LastDay = ReliefCase.LastDayOf(state),
        ContactDeadline = state.ContactDeadline,
        ContactedOn = state.ContactedOn,
        ContactAttempts = state.ContactAttempts,
        ContactBreached = state.ContactBreached,
        NextDeadline = state.NextDeadline,
        OpenTasks = TaskView.Of(state, texts),
        Accepted = ReliefCase.AcceptedFacts(state),
        Intent = IntentView.Of(state),
        Screening = state.Screening is { } screening ? ScreeningView.Of(screening, quotes) : null,
        DocumentsReceived = state.DocumentsReceived,
        DocumentsMissing = state.MissingDocuments,
        Proposal = state.Proposal is { } proposal ? ProposalView.Of(proposal, quotes) : null,
        Decision = state.Decision is { } decision
            ? new(decision.Decision, decision.Level, state.DecidedBy[^1], decision.Reason, decision.OverrideReason)
            : null,
        Guarantors = [.. state.Loan.Guarantors.Select(each => new GuarantorView(each.Reference, each.Kind, state.Consented.Contains(each.Reference)))],
        Signature = state is { ContractNumber: { } contract, SignedOn: { } signedOn } ? new(contract, signedOn) : null,
        Booking = BookingView.Of(state),
        Hold = state.Hold is { } hold ? new(hold.Reason, hold.Until) : null,
        PendingEffects = state.PendingEffects.Count,
        DeadLetters = [.. state.DeadLetters.Select(effect => new DeadEffectView(effect.Key, effect.Kind, effect.AskedAt))],
        Policy = new(state.Policy.Id, state.Policy.Version),
        Policies = quotes.Policies,
        Provisional = state.IsProvisional,
    };
}

/// <param name="Reference">The institution's own reference.</param>
/// <param name="Kind">What is pledged.</param>
/// <param name="Consented">Whether it has consented to the present proposal.</param>
public sealed record GuarantorView(string Reference, GuarantorKind Kind, bool Consented);

/// <param name="ContractNumber">合同编号.</param>
/// <param name="SignedOn">Day of signature (Beijing).</param>
public sealed record SignatureView(string ContractNumber, DateOnly SignedOn);

/// <param name="Reason">Why.</param>
/// <param name="Until">Last day of the hold.</param>
public sealed record HoldView(string Reason, DateOnly Until);

/// <param name="Key">By which it can be sent again.</param>
/// <param name="Kind">What it says.</param>
/// <param name="AskedAt">When it was decided.</param>
public sealed record DeadEffectView(string Key, string Kind, DateTimeOffset AskedAt);

/// <summary>A version of the lender's own rules.</summary>
public sealed record PolicyReference(string Id, int Version);
