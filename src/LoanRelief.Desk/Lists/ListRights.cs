using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Lists;

/// <summary>Whose lists an institution sees.</summary>
internal static class ListRights
{
    /// <summary>Its own, and those of authorities.</summary>
    public static async ValueTask<bool> HoldsForAsync(this IInstitutionStore institutions, InstitutionId institution, InstitutionId by, CancellationToken cancellationToken) =>
        by == institution || await institutions.IsAuthorityAsync(by, cancellationToken);

    public static async ValueTask<bool> IsAuthorityAsync(this IInstitutionStore institutions, InstitutionId id, CancellationToken cancellationToken) =>
        await institutions.RecallAsync(id, cancellationToken) is { Kind: InstitutionKind.Authority };
}
