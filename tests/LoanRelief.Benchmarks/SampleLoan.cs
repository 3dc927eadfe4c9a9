using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Benchmarks;

/// <summary>1,000,000.00 yuan at 4.35% in equal monthly instalments, of a restaurant in Yubei, with fees.</summary>
internal static class SampleLoan
{
    public static Loan Of(int months, HolidayRule holidays, DateOnly drawnOn) => new()
    {
        Institution = Identifier.Parse<InstitutionId>("wencheng-rcb"),
        Number = Identifier.Parse<LoanNumber>("JJ2022-0001"),
        Borrower = new()
        {
            Reference = "B-1",
            Name = "某餐饮店",
            Kind = BorrowerKind.SmallOrMicroFirm,
            Industry = "餐饮",
            District = "渝北区",
        },
        Product = LoanProduct.WorkingCapital,
        Principal = Money.FromYuan(1_000_000m),
        Outstanding = Money.FromYuan(1_000_000m),
        Rate = new(0.0435m),
        RepaymentMethod = RepaymentMethod.EqualInstalment,
        DrawnOn = drawnOn,
        Maturity = drawnOn.AddMonths(months),
        HolidayRule = holidays,
        GuaranteeFee = new(Money.FromYuan(1_000_000m), new(0.015m), drawnOn, drawnOn.AddMonths(months)),
        BridgeFee = new(Money.FromYuan(1_000_000m), new(0.036m), drawnOn.AddMonths(months).AddDays(-10), drawnOn.AddMonths(months)),
    };
}
