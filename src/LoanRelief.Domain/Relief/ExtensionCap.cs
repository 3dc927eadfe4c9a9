using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

/// <summary>How long all extensions of a loan may be together, by its original term.</summary>
/// <param name="ShortTermShare">Share of the original term for a short one; 0 to 5.</param>
/// <param name="MediumTermShare">Share of the original term for a medium one; 0 to 5.</param>
/// <param name="LongTermMonths">Months for a long one; 0 to 600.</param>
/// <param name="ShortTermMonths">Longest short term, included; 1 to 600.</param>
/// <param name="MediumTermMonths">Longest medium term, included; from the longest short term to 600.</param>
public sealed record ExtensionCap(decimal ShortTermShare, decimal MediumTermShare, int LongTermMonths, int ShortTermMonths, int MediumTermMonths)
{
    /// <summary>The latest maturity to which a loan may be extended, earlier extensions included.</summary>
    /// <remarks>
    /// Counted from the maturity first agreed. Whole months count from the drawdown, so that the day of the month is
    /// kept: six months from 31 August and six more end on 31 August. A share that makes no whole months counts as days,
    /// rounded down, because it is a ceiling.
    /// </remarks>
    public DateOnly LatestMaturity(Loan loan) => LatestMaturity(loan.DrawnOn, loan.OriginalMaturity ?? loan.Maturity);

    /// <inheritdoc cref="LatestMaturity(Loan)"/>
    public DateOnly LatestMaturity(DateOnly drawnOn, DateOnly originalMaturity)
    {
        if (originalMaturity <= drawnOn.AddMonths(ShortTermMonths))
            return Add(drawnOn, originalMaturity, ShortTermShare);
        if (originalMaturity <= drawnOn.AddMonths(MediumTermMonths))
            return Add(drawnOn, originalMaturity, MediumTermShare);
        return WholeMonths(drawnOn, originalMaturity) is { } months ? drawnOn.AddMonths(months + LongTermMonths) : originalMaturity.AddMonths(LongTermMonths);
    }

    /// <summary>What is wrong with the parameters; within their ranges no date leaves the calendar.</summary>
    internal void Check(Findings found, string path)
    {
        found.OutOfRange(ShortTermShare, 0m, 5m, $"{path}.shortTermShare");
        found.OutOfRange(MediumTermShare, 0m, 5m, $"{path}.mediumTermShare");
        found.OutOfRange(LongTermMonths, 0, 600, $"{path}.longTermMonths");
        found.OutOfRange(ShortTermMonths, 1, 600, $"{path}.shortTermMonths");
        found.OutOfRange(MediumTermMonths, Math.Max(ShortTermMonths, 1), 600, $"{path}.mediumTermMonths");
    }

    /// <summary>Why a new maturity is beyond the cap; null when it is not.</summary>
    public Refusal? Check(Loan loan, DateOnly newMaturity, string field) =>
        LatestMaturity(loan) is var latest && newMaturity > latest
            ? new Refusal("extension-cap", field).With("latest", latest).With("value", newMaturity)
            : null;

    private static DateOnly Add(DateOnly drawnOn, DateOnly maturity, decimal share)
    {
        if (WholeMonths(drawnOn, maturity) is { } months && months * share is var more && more == decimal.Truncate(more))
            return drawnOn.AddMonths(months + (int)more);
        return maturity.AddDays((int)decimal.Truncate((maturity.DayNumber - drawnOn.DayNumber) * share));
    }

    /// <summary>The term in months; null when it is not whole ones.</summary>
    private static int? WholeMonths(DateOnly drawnOn, DateOnly maturity)
    {
        var months = ((maturity.Year - drawnOn.Year) * 12) + maturity.Month - drawnOn.Month;
        return drawnOn.AddMonths(months) == maturity ? months : null;
    }
}
