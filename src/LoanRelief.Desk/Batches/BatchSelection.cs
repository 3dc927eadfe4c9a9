using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Batches;

/// <summary>Which loans of the book a batch is for: those that mature in a window, are not settled, and are like this.</summary>
/// <param name="Window">Days of maturity.</param>
/// <param name="Districts">区县; any if empty.</param>
/// <param name="Industries">行业; any if empty.</param>
/// <param name="Products">Any if empty.</param>
/// <param name="BorrowerKinds">Any if empty.</param>
public sealed record BatchSelection(
    DayWindow Window,
    IReadOnlyList<string> Districts,
    IReadOnlyList<string> Industries,
    IReadOnlyList<LoanProduct> Products,
    IReadOnlyList<BorrowerKind> BorrowerKinds)
{
    /// <summary>Loans that are looked at side by side, and kept in memory.</summary>
    private const int AtATime = 256;

    /// <summary>The numbers of the loans, by maturity. Costs a point read for each loan of the window, whatever the book holds.</summary>
    /// <param name="limit">One more than this is enough to know that there are too many.</param>
    public async Task<IReadOnlyList<LoanNumber>> SelectAsync(InstitutionId institution, ILoanStore loans, int limit, CancellationToken cancellationToken)
    {
        var selected = new List<LoanNumber>();
        await foreach (var entries in loans.MaturingAsync(institution, Window.From, Window.To, null, cancellationToken).Chunk(AtATime))
        {
            var are = await SideBySide.SelectAsync(
                entries, async (entry, token) => (await loans.FindAsync(institution, entry.Loan, token))?.Loan is { } loan && loan.Maturity == entry.On && Is(loan), cancellationToken);
            selected.AddRange(entries.Where((_, n) => are[n]).Select(entry => entry.Loan));
            if (selected.Count > limit)
                break;
        }

        return selected;
    }

    private bool Is(Loan loan) =>
        !loan.IsSettled
        && IsOf(Districts, loan.Borrower.District)
        && IsOf(Industries, loan.Borrower.Industry)
        && IsOf(Products, loan.Product)
        && IsOf(BorrowerKinds, loan.Borrower.Kind);

    private static bool IsOf<T>(IReadOnlyList<T> wanted, T seen) => wanted.Count == 0 || wanted.Contains(seen);
}
