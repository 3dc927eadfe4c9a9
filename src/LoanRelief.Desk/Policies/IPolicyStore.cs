using LoanRelief.Domain.Policies;

namespace LoanRelief.Desk.Policies;

/// <summary>Port: the versions of policy packs that were submitted. A version never changes once it is there.</summary>
public interface IPolicyStore
{
    /// <summary>One version, by one point read; null if there is none.</summary>
    Task<PolicyPack?> FindAsync(PolicyPackReference version, CancellationToken cancellationToken);

    /// <summary>The latest version of each pack, by id: tens.</summary>
    IAsyncEnumerable<PolicyPackReference> LatestAsync(CancellationToken cancellationToken);

    /// <summary>Stores a version and makes it the latest, in one transaction.</summary>
    /// <exception cref="ConflictException">The version is there already; nothing was stored.</exception>
    Task AddAsync(PolicyPack pack, CancellationToken cancellationToken);
}
