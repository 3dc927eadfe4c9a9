using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Lists;

/// <summary>Whose lists an institution sees.</summary>
internal static class ListRights
{
    /// <summary>Its own, and those of authorities.</summary>
    private static async ValueTask<bool> HoldsForAsync(this IInstitutionStore institutions, InstitutionId institution, InstitutionId by, CancellationToken cancellationToken) =>
        by == institution || await institutions.IsAuthorityAsync(by, cancellationToken);

    /// <summary>What it sees of what several have said.</summary>
    public static async Task<IReadOnlyList<T>> SeenByAsync<T>(
        this IInstitutionStore institutions, InstitutionId institution, IEnumerable<T> said, Func<T, InstitutionId> by, CancellationToken cancellationToken)
    {
        var seen = new List<T>();
        foreach (var each in said)
        {
            if (await institutions.HoldsForAsync(institution, by(each), cancellationToken))
                seen.Add(each);
        }

        return seen;
    }

    public static async ValueTask<bool> IsAuthorityAsync(this IInstitutionStore institutions, InstitutionId id, CancellationToken cancellationToken) =>
        await institutions.RecallAsync(id, cancellationToken) is { Kind: InstitutionKind.Authority };
}
