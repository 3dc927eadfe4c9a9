using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Lists;

/// <summary>Lists of firms to be screened out beforehand (预先剔除): takes them in, and says who of the borrowers stands on one.</summary>
/// <remarks>An institution's list holds for its own borrowers, an authority's for those of all institutions.</remarks>
public sealed class ExclusionDesk(IFirmStore firms, IInstitutionStore institutions)
{
    /// <summary>Stores entries, each new or in the place of an earlier one. The same again changes nothing; when it breaks off, all of them can be sent again.</summary>
    public Task<ListCounts> PutAsync(IReadOnlyList<ExclusionRow> rows, CancellationToken cancellationToken) =>
        firms.PutAsync(rows, row => row.Firm, (firm, row) => firm.With(row.Entry), cancellationToken);

    /// <summary>Entries about the borrower that are valid on a day; none when it has no 统一社会信用代码. One point read, where it has.</summary>
    public async Task<IReadOnlyList<Exclusion>> ListedAsync(Loan loan, DateOnly day, CancellationToken cancellationToken) =>
        loan.Borrower.CreditCode is { } code ? await ListedAsync(loan.Institution, code, day, cancellationToken) : [];

    /// <summary>Entries about a firm that are valid on a day, as far as they hold for an institution.</summary>
    public async Task<IReadOnlyList<Exclusion>> ListedAsync(InstitutionId institution, CreditCode code, DateOnly day, CancellationToken cancellationToken)
    {
        var entries = (await firms.FindAsync(code, cancellationToken)).Firm.Exclusions.Where(entry => entry.IsValidOn(day));
        return await institutions.SeenByAsync(institution, entries, entry => entry.By, cancellationToken);
    }
}
