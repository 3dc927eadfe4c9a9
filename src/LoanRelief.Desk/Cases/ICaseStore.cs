using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Cases;

/// <summary>Port: where cases live. A step of a case happens in one transaction: all of it is stored, or none.</summary>
/// <remarks>
/// Lists are never a case short. While a step is on its way, or when it broke off half-way, a case may be found where it
/// was as well as where it is, but not twice on one page.
/// </remarks>
public interface ICaseStore
{
    /// <summary>The case as it stands, by one point read; null if there is none.</summary>
    Task<StoredCase?> FindAsync(CaseId id, CancellationToken cancellationToken);

    /// <summary>What cases a loan has had, by one point read.</summary>
    Task<LoanCases> CasesOfAsync(InstitutionId institution, LoanNumber loan, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the first step of a case in one transaction: history, snapshot, and the loan's entry that keeps a second
    /// open case out.
    /// </summary>
    /// <param name="before">The loan's entry as it was read.</param>
    /// <exception cref="ConflictException">Another case of the loan was opened meanwhile; nothing was stored.</exception>
    Task<StoredCase> OpenAsync(LoanCases before, CaseStep step, CaseState after, CancellationToken cancellationToken);

    /// <summary>Stores the next step, or some that follow each other, in one transaction: history and snapshot.</summary>
    /// <param name="before">The case as this store gave it out.</param>
    /// <param name="after">The case after the last of them.</param>
    /// <exception cref="ConflictException">The case has changed since it was read; nothing was stored.</exception>
    Task<StoredCase> AppendAsync(StoredCase before, IReadOnlyList<CaseStep> steps, CaseState after, CancellationToken cancellationToken);

    /// <summary>The steps of a case, first to last; none if there is no such case.</summary>
    IAsyncEnumerable<CaseStep> HistoryAsync(CaseId id, CancellationToken cancellationToken);

    /// <summary>One page of cases from the indexes; its cost does not grow with the table.</summary>
    /// <exception cref="FormatException">The continuation is not one that this store gave out for this query.</exception>
    Task<CasePage> ListAsync(CaseQuery query, CancellationToken cancellationToken);

    /// <summary>The institution's cases that have to be touched at or before a time, each once, in no particular order.</summary>
    /// <remarks>For starting and for the watchdog: it looks through the open cases, on the storage's side, and gives those that are due.</remarks>
    IAsyncEnumerable<DueCase> DueAsync(InstitutionId institution, DateTimeOffset upTo, CancellationToken cancellationToken);

    /// <summary>The institution's effects that were given up.</summary>
    IAsyncEnumerable<DeadLetter> DeadLettersAsync(InstitutionId institution, CancellationToken cancellationToken);
}

/// <summary>A case as a store gave it out; a store may keep more with it than is seen here.</summary>
/// <param name="State">The case.</param>
/// <param name="ETag">Guards the next step against another that came between.</param>
public record StoredCase(CaseState State, string ETag);

/// <summary>The entry of a loan among the cases.</summary>
/// <param name="Cases">How many cases the loan has had.</param>
/// <param name="Open">The case that is open, if one is.</param>
/// <param name="LastMaturity">The maturity that the last case was about.</param>
/// <param name="ETag">Null when there is no entry yet.</param>
public sealed record LoanCases(InstitutionId Institution, LoanNumber Loan, int Cases, CaseId? Open, DateOnly? LastMaturity, string? ETag)
{
    /// <summary>The id of the next case of the loan.</summary>
    public CaseId Next => new(Institution, Loan, Cases + 1);

    /// <summary>The id of the last case of the loan, open or closed.</summary>
    public CaseId? Last => Cases == 0 ? null : new(Institution, Loan, Cases);
}

/// <param name="Id">The case.</param>
/// <param name="DueAt">When somebody has to touch it next.</param>
public sealed record DueCase(CaseId Id, DateTimeOffset DueAt);

/// <summary>Which cases to list. Open cases come by their next deadline, closed ones by the time of closing.</summary>
/// <remarks>What no case can fulfil, an outcome of open cases or a deadline of closed ones, lists none.</remarks>
public sealed record CaseQuery
{
    /// <summary>Null for all institutions, one after the other in the order of their ids.</summary>
    public InstitutionId? Institution { get; init; }

    /// <summary>One stage; <see cref="Domain.Cases.Stage.Closed"/> for all closed cases. Null for all open cases, stage by stage.</summary>
    public Stage? Stage { get; init; }

    /// <summary>Closed cases with this outcome.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Open cases whose next deadline lies before this time.</summary>
    public DateTimeOffset? DeadlineBefore { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>From the page before.</summary>
    public string? Continuation { get; init; }
}

/// <param name="Cases">May be fewer than asked for, even none, when there are many institutions without such cases: others follow all the same.</param>
/// <param name="Continuation">Null on the last page.</param>
public sealed record CasePage(IReadOnlyList<CaseSummary> Cases, string? Continuation);

/// <summary>A case as lists show it; references only, no names.</summary>
public sealed record CaseSummary
{
    public required CaseId Id { get; init; }

    public required Stage Stage { get; init; }

    public Outcome? Outcome { get; init; }

    public string? ReasonCode { get; init; }

    public DateTimeOffset? NextDeadline { get; init; }

    public required BusinessDate ContactDeadline { get; init; }

    public required bool ContactBreached { get; init; }

    public required DateOnly Maturity { get; init; }

    public required Domain.Values.Money Outstanding { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public required bool OnHold { get; init; }

    /// <summary>Whether anything in the case rests on a year whose holidays are not published, its next deadline included.</summary>
    public required bool Provisional { get; init; }

    public static CaseSummary Of(CaseState state) => new()
    {
        Id = state.Id,
        Stage = state.Stage,
        Outcome = state.Outcome,
        ReasonCode = state.ReasonCode,
        NextDeadline = state.NextDeadline,
        ContactDeadline = state.ContactDeadline,
        ContactBreached = state.ContactBreached,
        Maturity = state.Loan.Maturity,
        Outstanding = state.Loan.Outstanding,
        OpenedAt = state.OpenedAt,
        ClosedAt = state.ClosedAt,
        OnHold = state.IsHeld,
        Provisional = state.IsProvisional,
    };
}
