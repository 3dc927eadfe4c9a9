using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Lists;

/// <summary>Port: what lists from outside say about each firm.</summary>
public interface IFirmStore
{
    /// <summary>The firm, by one point read; one about which nothing is said when there is none.</summary>
    Task<StoredFirm> FindAsync(CreditCode code, CancellationToken cancellationToken);

    /// <summary>Stores what is said about a firm.</summary>
    /// <exception cref="ConflictException">It has changed since it was read; nothing was stored.</exception>
    Task PutAsync(StoredFirm before, Firm after, CancellationToken cancellationToken);
}

/// <param name="Firm">The firm.</param>
/// <param name="ETag">Guards against a change that came between; null when it is not stored yet.</param>
public sealed record StoredFirm(Firm Firm, string? ETag);
