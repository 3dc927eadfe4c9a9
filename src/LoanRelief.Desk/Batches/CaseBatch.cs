using LoanRelief.Desk.Chunks;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Batches;

/// <summary>批量: one measure for many loans of an institution, each of which gets a verdict of its own.</summary>
public sealed record CaseBatch : IWork
{
    public required InstitutionId Institution { get; init; }

    public required Guid Id { get; init; }

    public required BatchState State { get; init; }

    /// <summary>Who prepared it, and with it the proposals of its cases: may approve neither.</summary>
    public required string By { get; init; }

    public required BatchMeasure Measure { get; init; }

    /// <summary>Who approved a batch of automatic grants.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>The caller's idempotency key with a fingerprint of what it sent.</summary>
    public string? Key { get; init; }

    /// <summary>How many loans.</summary>
    public required int Rows { get; init; }

    /// <summary>Chunks of loans that have been begun; the last of them may be in work, or have broken off.</summary>
    public int BegunChunks { get; init; }

    /// <summary>The watermark: all chunks before this one have their verdicts.</summary>
    public int NextChunk { get; init; }

    /// <summary>What has not been begun is not to be.</summary>
    public bool CancelAsked { get; init; }

    /// <summary>Rows by verdict.</summary>
    public IReadOnlyDictionary<BatchVerdict, int> Verdicts { get; init; } = new Dictionary<BatchVerdict, int>();

    public required DateTimeOffset PreparedAt { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>When it was completed or cancelled.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Rows that have a verdict.</summary>
    public int Done => Verdicts.Values.Sum();

    public int Chunks => (Rows + BatchDesk.ChunkRows - 1) / BatchDesk.ChunkRows;

    public bool IsOver => State is BatchState.Completed or BatchState.Cancelled;
}

public enum BatchState
{
    /// <summary>Its loans are being laid down; if that breaks off, nothing is left of it.</summary>
    Preparing,

    /// <summary>Automatic grants wait for a second person.</summary>
    AwaitingApproval,

    Running,

    Completed,

    /// <summary>What had been begun is done, the rest was left.</summary>
    Cancelled,
}

/// <summary>What the loans of a batch are to have: exactly one of the two.</summary>
/// <param name="Relief">Relief that the borrowers have asked for: a case each.</param>
/// <param name="Contact">The evidence that they were spoken with; without it their cases wait for that.</param>
/// <param name="Automatic">An automatic measure (免申即享): granted without application, without a case.</param>
public sealed record BatchMeasure(IntentFact? Relief, ContactFact? Contact, AutomaticMeasure? Automatic);

/// <param name="Measure">The measure.</param>
/// <param name="Attested">Circumstances that no loan book shows.</param>
public sealed record AutomaticMeasure(MeasureId Measure, IReadOnlyList<Attestation> Attested);

/// <summary>What became of a loan of a batch.</summary>
public enum BatchVerdict
{
    /// <summary>A case was opened for it.</summary>
    Opened,

    /// <summary>The automatic measure is granted.</summary>
    Granted,

    /// <summary>A condition of the measure is not met.</summary>
    NotEligible,

    /// <summary>It has an open case, which goes on as it is.</summary>
    HasCase,

    /// <summary>It was granted the measure before.</summary>
    AlreadyGranted,

    /// <summary>It can not have it: not in the book, settled, or nothing in it that could be changed like this.</summary>
    Refused,
}

/// <summary>A loan of a batch that has its verdict.</summary>
/// <param name="Row">From 1, in the order of the batch.</param>
/// <param name="Case">The case that was opened, or is open.</param>
/// <param name="Relief">What the borrower saves by an automatic grant.</param>
/// <param name="Reasons">Why not; of an opened case, why it could not be taken as far as was meant.</param>
public sealed record BatchRow(int Row, LoanNumber Loan, BatchVerdict Verdict, CaseId? Case, Money? Relief, IReadOnlyList<Refusal> Reasons);

/// <summary>An automatic measure (免申即享) that a loan was granted; once for good.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Policy">The version of its pack.</param>
/// <param name="Batch">The batch in which it was granted.</param>
/// <param name="By">Who prepared that.</param>
/// <param name="ApprovedBy">Who approved that.</param>
/// <param name="At">Business time.</param>
/// <param name="Changes">What changes.</param>
/// <param name="NewRate">The rate that results.</param>
/// <param name="Relief">What the borrower saves.</param>
public sealed record LoanGrant(
    InstitutionId Institution,
    LoanNumber Loan,
    MeasureId Measure,
    PolicyPackReference Policy,
    Guid Batch,
    string By,
    string ApprovedBy,
    DateTimeOffset At,
    IReadOnlyList<LoanChange> Changes,
    Rate NewRate,
    ReliefTotals Relief);

/// <summary>How much of everything a batch may have. What passes a limit is refused before anything is stored.</summary>
public sealed record BatchLimits
{
    /// <summary>Loans that are named one by one.</summary>
    public const int Listed = 5_000;

    /// <summary>Loans of a batch, however they are named.</summary>
    public int Rows { get; init; } = 50_000;
}
