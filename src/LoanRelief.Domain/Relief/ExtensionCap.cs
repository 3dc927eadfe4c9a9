using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

/// <summary>How long all extensions of a loan may be together, by its original term.</summary>
/// <param name="ShortTermShare">Share of the original term for a short one.</param>
/// <param name="MediumTermShare">Share of the original term for a medium one.</param>
/// <param name="LongTermMonths">Months for a long one.</param>
/// <param name="ShortTermMonths">Longest short term, included.</param>
/// <param name="MediumTermMonths">Longest medium term, included.</param>
public sealed record ExtensionCap(decimal ShortTermShare, decimal MediumTermShare, int LongTermMonths, int ShortTermMonths, int MediumTermMonths)
{
    /// <summary>贷款通则 §12, with the terms of §8: up to one year, its original term; up to five, half of it; else three years.</summary>
    public static readonly ExtensionCap Default = new(1m, 0.5m, 36, 12, 60);

    /// <summary>The latest maturity to which a loan may be extended, earlier extensions included.</summary>
    /// <remarks>
    /// Counted from the maturity first agreed. A share that makes whole months counts as months; any other counts as
    /// days, rounded down, because it is a ceiling.
    /// </remarks>
    public DateOnly LatestMaturity(Loan loan) => LatestMaturity(loan.DrawnOn, loan.OriginalMaturity ?? loan.Maturity);

    /// <inheritdoc cref="LatestMaturity(Loan)"/>
    public DateOnly LatestMaturity(DateOnly drawnOn, DateOnly originalMaturity)
    {
        if (originalMaturity <= drawnOn.AddMonths(ShortTermMonths))
            return Add(drawnOn, originalMaturity, ShortTermShare);
        if (originalMaturity <= drawnOn.AddMonths(MediumTermMonths))
            return Add(drawnOn, originalMaturity, MediumTermShare);
        return originalMaturity.AddMonths(LongTermMonths);
    }

    /// <summary>Why a new maturity is beyond the cap; null when it is not.</summary>
    public Refusal? Check(Loan loan, DateOnly newMaturity, string field) =>
        LatestMaturity(loan) is var latest && newMaturity > latest
            ? new Refusal("extension-cap", field).With("latest", latest.ToString("O", null)).With("value", newMaturity.ToString("O", null))
            : null;

    private static DateOnly Add(DateOnly drawnOn, DateOnly maturity, decimal share)
    {
        var months = ((maturity.Year - drawnOn.Year) * 12) + maturity.Month - drawnOn.Month;
        if (drawnOn.AddMonths(months) == maturity && months * share is var whole && whole == decimal.Truncate(whole))
            return maturity.AddMonths((int)whole);
        return maturity.AddDays((int)decimal.Truncate((maturity.DayNumber - drawnOn.DayNumber) * share));
    }
}
