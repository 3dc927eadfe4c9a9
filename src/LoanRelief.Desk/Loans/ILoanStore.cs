using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Loans;

/// <summary>Port: the loan book.</summary>
public interface ILoanStore
{
    /// <summary>The loan, by one point read; null if there is none.</summary>
    Task<StoredLoan?> FindAsync(InstitutionId institution, LoanNumber number, CancellationToken cancellationToken);

    /// <summary>Many loans of one institution at once, without a point read for each; those that are not there are left out.</summary>
    /// <param name="numbers">As many as the caller likes to hold in memory: more at once cost fewer requests a loan.</param>
    Task<IReadOnlyDictionary<LoanNumber, StoredLoan>> FindManyAsync(
        InstitutionId institution, IReadOnlyCollection<LoanNumber> numbers, CancellationToken cancellationToken);

    /// <summary>Stores the loan and the days on which it has to be looked at.</summary>
    /// <param name="before">The loan as this store gave it out; null for a loan that is new.</param>
    /// <exception cref="ConflictException">The loan has changed since it was read; nothing was stored.</exception>
    Task<StoredLoan> PutAsync(StoredLoan? before, Loan loan, LoanWatch watch, CancellationToken cancellationToken);

    /// <summary>Stores many loans of one institution, each by itself or not at all, in full transactions as far as they share partitions.</summary>
    /// <remarks>When it breaks off, some are stored and some are not; to send all of them again is safe.</remarks>
    /// <param name="changes">Any number, each loan once; some thousands at a time cost the least.</param>
    /// <returns>For each, in the same order: whether it was stored. False: the loan has changed since it was read, or is not new.</returns>
    Task<IReadOnlyList<bool>> PutManyAsync(InstitutionId institution, IReadOnlyList<LoanChange> changes, CancellationToken cancellationToken);

    /// <summary>The institution's loans that the maturity scan has to look at up to a day, earliest first, as the index has it.</summary>
    /// <remarks>None is missing; one too many is recognised by <see cref="FindAsync(InstitutionId, DueLoan, CancellationToken)"/>. Costs by what is due, not by the book.</remarks>
    IAsyncEnumerable<DueLoan> ToScanAsync(InstitutionId institution, DateOnly upTo, CancellationToken cancellationToken);

    /// <summary>The institution's loans with a reminder to send up to a day, in the same way.</summary>
    IAsyncEnumerable<DueLoan> ToRemindAsync(InstitutionId institution, DateOnly upTo, CancellationToken cancellationToken);

    /// <summary>The institution's loans that mature in a window of days, or did so once, by day and number, as the index has it.</summary>
    /// <remarks>None is missing; one that never had the maturity is recognised by <see cref="StoredLoan.HasHad"/>. Costs by the window, not by the book.</remarks>
    /// <param name="after">What comes after this entry; null for all.</param>
    IAsyncEnumerable<MaturityEntry> MaturingAsync(InstitutionId institution, DateOnly from, DateOnly to, MaturityEntry? after, CancellationToken cancellationToken);

    /// <summary>The institution's loans whose borrower has a 统一社会信用代码, in no particular order. Costs by what there is of the borrower, not by the book.</summary>
    IAsyncEnumerable<LoanNumber> OfBorrowerAsync(InstitutionId institution, CreditCode borrower, CancellationToken cancellationToken);

    /// <summary>The loan, if it still has to be looked at as the index has it; null otherwise, and what the index had is taken away.</summary>
    Task<StoredLoan?> FindAsync(InstitutionId institution, DueLoan due, CancellationToken cancellationToken);

    /// <summary>Keeps an event about a loan that could not be delivered.</summary>
    Task GiveUpAsync(Loan loan, OutgoingEvent outgoing, string detail, CancellationToken cancellationToken);

    /// <summary>The institution's events about loans that were given up.</summary>
    IAsyncEnumerable<DeadLetter> DeadLettersAsync(InstitutionId institution, CancellationToken cancellationToken);

    /// <summary>The event that was given up, to send it again; null if there is none of that key.</summary>
    Task<OutgoingEvent?> FindDeadLetterAsync(InstitutionId institution, LoanNumber loan, string key, CancellationToken cancellationToken);

    Task RemoveDeadLetterAsync(InstitutionId institution, LoanNumber loan, string key, CancellationToken cancellationToken);
}

/// <summary>A loan as a store gave it out; a store may keep more with it than is seen here.</summary>
/// <param name="Loan">The loan.</param>
/// <param name="Watch">When it has to be looked at.</param>
/// <param name="PastMaturities">Other maturities that it had in the book before.</param>
/// <param name="Mark">Left by the last import that stored it; null when none did.</param>
/// <param name="ETag">Guards against a change that came between.</param>
public record StoredLoan(Loan Loan, LoanWatch Watch, IReadOnlyList<DateOnly> PastMaturities, ImportMark? Mark, string ETag)
{
    /// <summary>Whether the book has it, or had it once, with this maturity.</summary>
    public bool HasHad(DateOnly maturity) => Loan.Maturity == maturity || PastMaturities.Contains(maturity);
}

/// <summary>The days on which a loan has to be looked at.</summary>
/// <param name="ScanOn">When the maturity scan opens a case; null when it has been opened, or the loan is settled.</param>
/// <param name="RemindOn">When the next reminder of a due date goes out; null when there is none left.</param>
public sealed record LoanWatch(DateOnly? ScanOn, DateOnly? RemindOn);

/// <summary>One of many changes.</summary>
/// <param name="Before">The loan as this store gave it out; null for a loan that is new.</param>
/// <param name="Mark">Of the import that brings it; the mark of an earlier one stays when there is none.</param>
public sealed record LoanChange(StoredLoan? Before, Loan Loan, LoanWatch Watch, ImportMark? Mark = null);

/// <summary>Says with a loan which import stored it and what that did to the book, so that a chunk that is stored again is told from news.</summary>
/// <param name="Import">The import.</param>
/// <param name="Kind">Added or changed; a loan that an import leaves as it is keeps the mark that it has.</param>
public sealed record ImportMark(Guid Import, LoanChangeKind Kind);

/// <param name="On">The day on which it was to be looked at.</param>
/// <param name="Entry">Names the entry in the store's index.</param>
public sealed record DueLoan(LoanNumber Number, DateOnly On, string Entry);

/// <param name="On">The day on which it matures, or was once to mature.</param>
public readonly record struct MaturityEntry(DateOnly On, LoanNumber Loan);
