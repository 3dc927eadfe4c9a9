using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Lists;

/// <summary>Port: what lists from outside say about each firm.</summary>
public interface IFirmStore
{
    /// <summary>The firm, by one point read; one about which nothing is said when there is none.</summary>
    Task<StoredFirm> FindAsync(CreditCode code, CancellationToken cancellationToken);

    /// <summary>Stores what is said about a firm.</summary>
    /// <remarks>When it breaks off, records may be found by <see cref="CameAsync"/> that are not stored yet; to send them again is safe.</remarks>
    /// <exception cref="ConflictException">It has changed since it was read; nothing was stored.</exception>
    Task PutAsync(StoredFirm before, Firm after, CancellationToken cancellationToken);

    /// <summary>The records of one stage and one author from a day to a day, by day and firm, without those that were withdrawn. Costs by what they are, not by what there is.</summary>
    /// <param name="after">What comes after this one; null for all.</param>
    IAsyncEnumerable<FunnelRow> CameAsync(InstitutionId by, FunnelStage stage, DateOnly from, DateOnly to, FunnelPlace? after, CancellationToken cancellationToken);
}

/// <summary>A place in a list of records.</summary>
public readonly record struct FunnelPlace(InstitutionId By, DateOnly On, CreditCode Firm);

/// <param name="Firm">The firm.</param>
/// <param name="ETag">Guards against a change that came between; null when it is not stored yet.</param>
public sealed record StoredFirm(Firm Firm, string? ETag);
