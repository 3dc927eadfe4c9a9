using System.Text.Json.Serialization;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>All that the next step of a case needs to know: the sum of its events, and nothing else.</summary>
public sealed record CaseState
{
    public required CaseId Id { get; init; }

    /// <summary>Number of the last step.</summary>
    public int Version { get; init; }

    public required Loan Loan { get; init; }

    /// <summary>
    /// The maturity that the case is about. It follows the loan until the contract is signed; what changes afterwards
    /// changes because of the case, and the new maturity will want a case of its own.
    /// </summary>
    public required DateOnly Maturity { get; init; }

    /// <summary>The lender's own rules.</summary>
    public required CasePolicy Policy { get; init; }

    /// <summary>The policies in force when the case was opened, in the versions of that day.</summary>
    public required IReadOnlyList<PolicyPackReference> Packs { get; init; }

    /// <summary>What the lender is, where that is known.</summary>
    public InstitutionKind? Lender { get; init; }

    public required CaseTrigger Trigger { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public Stage Stage { get; init; }

    public DateTimeOffset StageSince { get; init; }

    /// <summary>The last day on which the contact is in time.</summary>
    public required BusinessDate ContactDeadline { get; init; }

    public IReadOnlyList<CaseTask> Tasks { get; init; } = [];

    public int ContactAttempts { get; init; }

    /// <summary>Day of the first contact with evidence.</summary>
    public DateOnly? ContactedOn { get; init; }

    /// <summary>The contact deadline went by without evidence of a contact, and none that had been in time came in later.</summary>
    public bool ContactBreached { get; init; }

    public IntentFact? Intent { get; init; }

    /// <summary>The day (Beijing) on which it was declared: the conditions of measures are held against it.</summary>
    public DateOnly? AskedOn { get; init; }

    /// <summary>Who entered the intent, and so prepared the proposal.</summary>
    public string? PreparedBy { get; init; }

    public ScreeningResult? Screening { get; init; }

    public IReadOnlyList<string> DocumentsReceived { get; init; } = [];

    public ProposedTerms? Proposal { get; init; }

    /// <summary>The last decision on the proposal.</summary>
    public ApprovalFact? Decision { get; init; }

    /// <summary>Who has decided on the present proposal, first to last.</summary>
    public IReadOnlyList<string> DecidedBy { get; init; } = [];

    /// <summary>References of the guarantors who have consented to the present proposal.</summary>
    public IReadOnlyList<string> Consented { get; init; } = [];

    public string? ContractNumber { get; init; }

    public DateOnly? SignedOn { get; init; }

    /// <summary>How many times the core system was instructed.</summary>
    public int BookingAttempts { get; init; }

    /// <summary>The core system's confirmation.</summary>
    public BookingFact? Booking { get; init; }

    /// <summary>Set while the core system undoes what it did: how the case ends then.</summary>
    public ReversalInstructed? Reversal { get; init; }

    public CaseHeld? Hold { get; init; }

    public Outcome? Outcome { get; init; }

    /// <summary>One of <see cref="ReasonCodes"/> once closed.</summary>
    public string? ReasonCode { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Effects that still have to go out.</summary>
    public IReadOnlyList<Effect> PendingEffects { get; init; } = [];

    /// <summary>Effects that were given up and wait for an operator.</summary>
    public IReadOnlyList<Effect> DeadLetters { get; init; } = [];

    /// <summary>How many effects of each kind there have been; the next one's key counts on.</summary>
    public IReadOnlyDictionary<string, int> EffectCounts { get; init; } = new Dictionary<string, int>();

    /// <summary>Idempotency keys of the facts recorded so far.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    [JsonIgnore]
    public bool IsClosed => Stage == Stage.Closed;

    [JsonIgnore]
    public bool IsHeld => Hold is not null;

    public CaseTask? Task(TaskKind kind) => Tasks.FirstOrDefault(task => task.Kind == kind);

    /// <summary>Tasks whose clock runs: during a hold only those that the rules set.</summary>
    [JsonIgnore]
    public IEnumerable<CaseTask> RunningTasks => IsHeld ? Tasks.Where(task => task.RunsDuringHold) : Tasks;

    /// <summary>When the process has to look at the case next; null only once it is closed.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDeadline => RunningTasks.Min(task => (DateTimeOffset?)task.DueAt);

    /// <summary>When somebody has to touch the case next: for a deadline or to send an effect.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDue
    {
        get
        {
            var effect = PendingEffects.Min(pending => (DateTimeOffset?)pending.NotBefore);
            return effect is null || NextDeadline < effect ? NextDeadline : effect;
        }
    }

    /// <summary>Whether anything here rests on a year whose holidays are not published.</summary>
    [JsonIgnore]
    public bool IsProvisional => ContactDeadline.Provisional || Tasks.Any(task => task.Provisional) || Proposal is { Provisional: true };

    /// <summary>Documents that the measure needs and that have not come in.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> MissingDocuments =>
        Intent is { } intent && Policy.Screening.RequiredDocuments.TryGetValue(intent.Kind, out var required)
            ? [.. required.Except(DocumentsReceived)]
            : [];

    /// <summary>References of the guarantors whose consent is still wanted.</summary>
    [JsonIgnore]
    public IEnumerable<string> ConsentsWanted => Loan.Guarantors.Select(guarantor => guarantor.Reference).Except(Consented);
}

/// <param name="Kind">What was asked for.</param>
/// <param name="Measures">Under which measures it can be had; none where the lender gives it on its own terms.</param>
/// <param name="Unmet">Conditions that are not met, each with the value seen, the value wanted and the article; any one rules the relief out.</param>
public sealed record ScreeningResult(IntentKind Kind, IReadOnlyList<MeasureId> Measures, IReadOnlyList<Refusal> Unmet);

/// <summary>New terms for a loan.</summary>
/// <param name="Kind">Deferral, extension or renewal.</param>
/// <param name="Measures">Under which measures, automatic ones (免申即享) included; none where the lender gives it on its own terms.</param>
/// <param name="LeftOut">Automatic measures that apply and do not go together with the rest.</param>
/// <param name="Changes">What changes.</param>
/// <param name="NewMaturity">The maturity that results.</param>
/// <param name="NewRate">The rate that results.</param>
/// <param name="Relief">What the borrower saves.</param>
/// <param name="Beyond">"In principle" (原则上) limits that it goes beyond: an approver has to give a reason.</param>
/// <param name="Classification">What becomes of the category (五级分类).</param>
/// <param name="Level">The lowest level that may approve it.</param>
public sealed record ProposedTerms(
    IntentKind Kind,
    IReadOnlyList<MeasureId> Measures,
    IReadOnlyList<LeftOutMeasure> LeftOut,
    IReadOnlyList<LoanChange> Changes,
    DateOnly NewMaturity,
    Rate NewRate,
    ReliefTotals Relief,
    IReadOnlyList<Refusal> Beyond,
    ClassificationFacts Classification,
    ApprovalLevel Level)
{
    /// <summary>The Beijing date for which it was worked out.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary><see cref="Schedules.Schedule.Fingerprint"/> of what would be paid: other holidays may move a payment and leave every sum as it was.</summary>
    public required string Payments { get; init; }

    /// <summary>True when a payment falls in a year whose holidays are not published, so that its day and its interest may change.</summary>
    public bool Provisional { get; init; }
}
