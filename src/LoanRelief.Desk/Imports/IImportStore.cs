using LoanRelief.Desk.Chunks;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Imports;

/// <summary>Port: imports of loan books, and what has been received of them and is not in the loan book yet.</summary>
/// <remarks>
/// From when an import that is put has a <see cref="LoanImport.RejectedUntil"/>, it is found by <see cref="OutdatedAsync"/>.
/// From when it has a <see cref="LoanImport.Key"/>, it is found by that, and it can not be put with one that another import
/// of the institution has: that is a <see cref="ConflictException"/>, and nothing is stored.
/// </remarks>
public interface IImportStore : IWorkStore<LoanImport>
{
    /// <summary>An institution's imports, the newest first, a page at a time: one query, whatever there is.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="count">1 to 1,000.</param>
    Task<ImportPage> ListAsync(InstitutionId institution, Guid? after, int count, CancellationToken cancellationToken);

    /// <summary>The institution's import that was received with an idempotency key, by two point reads; null if there is none.</summary>
    Task<LoanImport?> FindByKeyAsync(InstitutionId institution, string key, CancellationToken cancellationToken);

    /// <summary>Lays down loans that have been received; the same again changes nothing.</summary>
    /// <param name="loans">At most <see cref="ImportDesk.ChunkRows"/>, of rows that have at most <see cref="ImportDesk.ChunkBytes"/> together.</param>
    Task AddChunkAsync(LoanImport import, int number, IReadOnlyList<Loan> loans, CancellationToken cancellationToken);

    /// <summary>Loans that were laid down, by one point read; null when they have been taken away.</summary>
    Task<IReadOnlyList<Loan>?> FindChunkAsync(LoanImport import, int number, CancellationToken cancellationToken);

    /// <summary>Takes away loans that are in the loan book.</summary>
    Task RemoveChunkAsync(LoanImport import, int number, CancellationToken cancellationToken);

    /// <summary>Keeps refused rows, a page of them.</summary>
    /// <param name="rows">As many as a chunk may have.</param>
    Task AddRejectedAsync(LoanImport import, int page, IReadOnlyList<RejectedRow> rows, CancellationToken cancellationToken);

    /// <summary>The institution's imports whose refused rows are kept up to a day before this one, earliest first.</summary>
    IAsyncEnumerable<OutdatedImport> OutdatedAsync(InstitutionId institution, DateOnly day, CancellationToken cancellationToken);

    /// <summary>Deletes all refused rows of an import.</summary>
    Task RemoveRejectedAsync(LoanImport import, CancellationToken cancellationToken);

    /// <summary>The refused rows of an import have been seen to.</summary>
    Task SettleAsync(InstitutionId institution, OutdatedImport outdated, CancellationToken cancellationToken);

    /// <summary>A page of refused rows, by one point read; empty when there is none.</summary>
    Task<IReadOnlyList<RejectedRow>> FindRejectedAsync(LoanImport import, int page, CancellationToken cancellationToken);
}

/// <param name="Until">The day up to which its refused rows are kept.</param>
public readonly record struct OutdatedImport(DateOnly Until, Guid Id);

/// <param name="Imports">The newest first.</param>
/// <param name="More">Whether others follow.</param>
public sealed record ImportPage(IReadOnlyList<LoanImport> Imports, bool More);
