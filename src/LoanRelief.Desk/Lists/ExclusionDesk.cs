using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Lists;

/// <summary>Lists of firms to be screened out beforehand (预先剔除): takes them in, and says who of the borrowers stands on one.</summary>
/// <remarks>An institution's list holds for its own borrowers, an authority's for those of all institutions.</remarks>
public sealed class ExclusionDesk(IFirmStore firms, IInstitutionStore institutions)
{
    /// <summary>Stores entries, each new or in the place of an earlier one. The same again changes nothing; when it breaks off, all of them can be sent again.</summary>
    public async Task<ListCounts> PutAsync(IReadOnlyList<ExclusionRow> rows, CancellationToken cancellationToken)
    {
        var counts = await SideBySide.SelectAsync(
            [.. rows.GroupBy(row => row.Firm)],
            (firm, token) => ConflictException.RetryAsync(() => PutAsync(firm.Key, [.. firm.Select(row => row.Entry)], token), token),
            cancellationToken);
        return counts.Aggregate(default(ListCounts), (sum, each) => sum + each);
    }

    /// <summary>Entries about the borrower that are valid on a day; none when it has no 统一社会信用代码. One point read, where it has.</summary>
    public async Task<IReadOnlyList<Exclusion>> ListedAsync(Loan loan, DateOnly day, CancellationToken cancellationToken)
    {
        if (loan.Borrower.CreditCode is not { } code)
            return [];
        var listed = new List<Exclusion>();
        foreach (var entry in (await firms.FindAsync(code, cancellationToken)).Firm.Exclusions.Where(entry => entry.IsValidOn(day)))
        {
            if (entry.By == loan.Institution || await institutions.RecallAsync(entry.By, cancellationToken) is { Kind: InstitutionKind.Authority })
                listed.Add(entry);
        }

        return listed;
    }

    private async Task<ListCounts> PutAsync(CreditCode code, IReadOnlyList<Exclusion> entries, CancellationToken cancellationToken)
    {
        var before = await firms.FindAsync(code, cancellationToken);
        var (firm, counts) = (before.Firm, default(ListCounts));
        foreach (var entry in entries)
        {
            counts += firm.Exclusions.Contains(entry) ? new(0, 0, 1) : firm.Exclusions.Any(entry.Replaces) ? new(0, 1, 0) : new(1, 0, 0);
            firm = firm.With(entry);
        }

        if (firm != before.Firm)
            await firms.PutAsync(before, firm, cancellationToken);
        return counts;
    }
}
