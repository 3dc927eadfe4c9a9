using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Loans;

/// <summary>Port: the loan book.</summary>
public interface ILoanStore
{
    /// <summary>The loan, by one point read; null if there is none.</summary>
    Task<StoredLoan?> FindAsync(InstitutionId institution, LoanNumber number, CancellationToken cancellationToken);

    /// <summary>Stores the loan and the days on which it has to be looked at, in one transaction.</summary>
    /// <param name="before">The loan as it was read; null for a loan that is new.</param>
    /// <exception cref="ConflictException">The loan has changed since it was read; nothing was stored.</exception>
    Task<StoredLoan> PutAsync(StoredLoan? before, Loan loan, LoanWatch watch, CancellationToken cancellationToken);

    /// <summary>The institution's loans that the maturity scan has to look at up to a day, earliest first.</summary>
    IAsyncEnumerable<DueLoan> ToScanAsync(InstitutionId institution, DateOnly upTo, CancellationToken cancellationToken);

    /// <summary>The institution's loans with a reminder to send up to a day, earliest first.</summary>
    IAsyncEnumerable<DueLoan> ToRemindAsync(InstitutionId institution, DateOnly upTo, CancellationToken cancellationToken);

    /// <summary>Keeps an event about a loan that could not be delivered.</summary>
    Task GiveUpAsync(Loan loan, OutgoingEvent outgoing, string detail, CancellationToken cancellationToken);

    /// <summary>The institution's events about loans that were given up.</summary>
    IAsyncEnumerable<DeadLetter> DeadLettersAsync(InstitutionId institution, CancellationToken cancellationToken);

    /// <summary>The event that was given up, to send it again; null if there is none of that key.</summary>
    Task<OutgoingEvent?> FindDeadLetterAsync(InstitutionId institution, LoanNumber loan, string key, CancellationToken cancellationToken);

    Task RemoveDeadLetterAsync(InstitutionId institution, LoanNumber loan, string key, CancellationToken cancellationToken);
}

/// <param name="Loan">The loan.</param>
/// <param name="Watch">When it has to be looked at.</param>
/// <param name="ETag">Guards against a change that came between.</param>
public sealed record StoredLoan(Loan Loan, LoanWatch Watch, string ETag);

/// <summary>The days on which a loan has to be looked at.</summary>
/// <param name="ScanOn">When the maturity scan opens a case; null when it has been opened, or the loan is settled.</param>
/// <param name="RemindOn">When the next reminder of a due date goes out; null when there is none left.</param>
public sealed record LoanWatch(DateOnly? ScanOn, DateOnly? RemindOn);

/// <param name="On">The day on which it was to be looked at.</param>
public sealed record DueLoan(LoanNumber Number, DateOnly On);
