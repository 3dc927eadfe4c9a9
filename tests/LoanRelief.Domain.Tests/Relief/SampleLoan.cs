using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Tests.Relief;

/// <summary>The loan of the worked examples: 2,000,000.00 yuan at 4.35%, half a year from 2022-12-30.</summary>
internal static class SampleLoan
{
    public static Loan Bullet { get; } = new()
    {
        Institution = Identifier.Parse<InstitutionId>("wencheng-rcb"),
        Number = Identifier.Parse<LoanNumber>("JJ2022-0001"),
        Borrower = new()
        {
            Reference = "B-1",
            Name = "文成某制造有限公司",
            Kind = BorrowerKind.SmallOrMicroFirm,
            Industry = "制造",
            District = "文成",
        },
        Product = LoanProduct.WorkingCapital,
        Principal = Money.FromYuan(2_000_000m),
        Outstanding = Money.FromYuan(2_000_000m),
        Rate = new(0.0435m),
        RepaymentMethod = RepaymentMethod.Bullet,
        DrawnOn = new(2022, 12, 30),
        Maturity = new(2023, 6, 30),
    };

    /// <summary>1,000,000.00 yuan at 4.35% in 12 equal monthly instalments from 2024-01-12.</summary>
    public static Loan EqualInstalments { get; } = Bullet with
    {
        Principal = Money.FromYuan(1_000_000m),
        Outstanding = Money.FromYuan(1_000_000m),
        RepaymentMethod = RepaymentMethod.EqualInstalment,
        DrawnOn = new(2024, 1, 12),
        Maturity = new(2025, 1, 12),
        HolidayRule = HolidayRule.Stay,
    };

    /// <summary>The same after the sixth instalment.</summary>
    public static Loan AfterSixInstalments { get; } = EqualInstalments with { Outstanding = Money.FromYuan(505_427.45m) };
}
