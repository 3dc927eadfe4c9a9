using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using static LoanRelief.Domain.Loans.RepaymentMethod;

namespace LoanRelief.Testing.SampleBook;

/// <summary>How loans of a product are repaid, and what is left of them at the start of the demonstration.</summary>
/// <param name="Months">From drawdown to maturity.</param>
internal sealed record SampleTerms(RepaymentMethod Method, int PeriodMonths, int Months)
{
    public static SampleTerms Of(LoanProduct product, SampleRandom random) => (product, random.Below(10)) switch
    {
        (LoanProduct.WorkingCapital, < 6) => new(InterestThenPrincipal, 1, 12),
        (LoanProduct.WorkingCapital, < 8) => new(InterestThenPrincipal, 3, 12),
        (LoanProduct.WorkingCapital, 8) => new(Bullet, 1, 6),
        (LoanProduct.WorkingCapital, _) => new(Bullet, 1, 12),
        (LoanProduct.BusinessOperation, < 5) => new(InterestThenPrincipal, 1, 12),
        (LoanProduct.BusinessOperation, < 8) => new(EqualInstalment, 1, 24),
        (LoanProduct.BusinessOperation, _) => new(Bullet, 1, 12),
        (LoanProduct.Housing, _) => new(EqualInstalment, 1, 120),
        (LoanProduct.Vehicle, < 5) => new(EqualInstalment, 1, 36),
        (LoanProduct.Vehicle, < 7) => new(EqualPrincipal, 1, 24),
        (LoanProduct.Vehicle, _) => new(InterestThenPrincipal, 1, 12),
        (LoanProduct.FixedAsset or LoanProduct.FinanceLease, _) => new(EqualPrincipal, 3, 36),
        _ => throw new ArgumentOutOfRangeException(nameof(product), product, null),
    };

    /// <summary>Principal left after every payment that fell due up to <paramref name="asOf"/>, all of them made.</summary>
    public Money Outstanding(Money principal, Rate rate, DateOnly drawnOn, DateOnly asOf)
    {
        var periods = Months / PeriodMonths;
        var paid = Enumerable.Range(1, periods).Count(n => drawnOn.AddMonths(n * PeriodMonths) <= asOf);
        return Method switch
        {
            EqualPrincipal => principal - Money.Round(principal.Yuan / periods) * paid,
            EqualInstalment => AfterInstalments(principal, rate.Fraction * PeriodMonths / 12m, periods, paid),
            _ => principal,
        };
    }

    private static Money AfterInstalments(Money principal, decimal periodRate, int periods, int paid)
    {
        var growth = Enumerable.Repeat(1m + periodRate, periods).Aggregate(1m, (product, factor) => product * factor);
        var instalment = Money.Round(principal.Yuan * periodRate * growth / (growth - 1m));
        return Enumerable.Range(0, paid).Aggregate(principal, (left, _) => left + Money.Round(left.Yuan * periodRate) - instalment);
    }
}
