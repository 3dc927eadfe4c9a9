using LoanRelief.Desk.Chunks;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;

namespace LoanRelief.Desk.Batches;

/// <summary>Port: batches, their loans and verdicts, and what they have granted.</summary>
public interface IBatchStore : IWorkStore<CaseBatch>
{
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

    /// <summary>Everything that a loan was granted, by one query of its own partition; the first grant comes first.</summary>
    Task<IReadOnlyList<LoanGrant>> GrantsAsync(InstitutionId institution, LoanNumber loan, CancellationToken cancellationToken);

    /// <summary>Keeps a grant, unless the loan was granted the measure before.</summary>
    /// <returns>The grant that holds: this one, or the one from before.</returns>
    Task<LoanGrant> GrantAsync(LoanGrant grant, CancellationToken cancellationToken);
}
