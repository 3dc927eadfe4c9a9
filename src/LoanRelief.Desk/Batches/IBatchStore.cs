using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;

namespace LoanRelief.Desk.Batches;

/// <summary>Port: batches, their loans and verdicts, and what they have granted.</summary>
public interface IBatchStore
{
    /// <summary>Stores a batch that begins, and lists it as open.</summary>
    /// <exception cref="ConflictException">There is one of this id.</exception>
    Task<StoredBatch> BeginAsync(CaseBatch batch, CancellationToken cancellationToken);

    /// <summary>The batch, by one point read; null if there is none.</summary>
    Task<StoredBatch?> FindAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken);

    /// <summary>Stores a change of a batch.</summary>
    /// <exception cref="ConflictException">It has changed since it was read; nothing was stored.</exception>
    Task<StoredBatch> PutAsync(StoredBatch before, CaseBatch after, CancellationToken cancellationToken);

    /// <summary>Takes a batch off the list of the open ones.</summary>
    Task CloseAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken);

    /// <summary>The batches that are open, by institution. One that is just over may still be among them.</summary>
    IAsyncEnumerable<OpenBatch> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Forgets a batch and everything of it.</summary>
    Task RemoveAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken);

    /// <summary>Lays down loans; the same again changes nothing.</summary>
    /// <param name="loans">At most <see cref="BatchDesk.PartRows"/>.</param>
    Task AddLoansAsync(CaseBatch batch, int part, IReadOnlyList<LoanNumber> loans, CancellationToken cancellationToken);

    /// <summary>Loans that were laid down, by one point read.</summary>
    Task<IReadOnlyList<LoanNumber>> LoansAsync(CaseBatch batch, int part, CancellationToken cancellationToken);

    /// <summary>Keeps the verdicts of a chunk; the same again, or others of the same loans, take their place.</summary>
    Task PutVerdictsAsync(CaseBatch batch, int chunk, IReadOnlyList<BatchRow> rows, CancellationToken cancellationToken);

    /// <summary>The verdicts of a chunk, by one point read; empty when it has none.</summary>
    Task<IReadOnlyList<BatchRow>> VerdictsAsync(CaseBatch batch, int chunk, CancellationToken cancellationToken);

    /// <summary>The grant of a measure to a loan, by one point read; null if there is none.</summary>
    Task<LoanGrant?> FindGrantAsync(InstitutionId institution, LoanNumber loan, MeasureId measure, CancellationToken cancellationToken);

    /// <summary>Keeps a grant, unless the loan was granted the measure before.</summary>
    /// <returns>The grant that holds: this one, or the one from before.</returns>
    Task<LoanGrant> GrantAsync(LoanGrant grant, CancellationToken cancellationToken);
}

/// <param name="TouchedAt">When it was stored, in machine time.</param>
/// <param name="ETag">Guards against a change that came between.</param>
public sealed record StoredBatch(CaseBatch Batch, DateTimeOffset TouchedAt, string ETag);

public readonly record struct OpenBatch(InstitutionId Institution, Guid Id);
