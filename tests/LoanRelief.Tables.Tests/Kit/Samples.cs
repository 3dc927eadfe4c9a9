using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Tables.Tests.Kit;

internal static class Samples
{
    public static readonly InstitutionId Bank = Identifier.Parse<InstitutionId>("icbc-wencheng");

    public static readonly DateTimeOffset Start = BeijingTime.At(new(2025, 1, 6), new(10, 0));

    public static LoanNumber Number(int n) => Identifier.Parse<LoanNumber>($"JJ2024-{n:D4}");

    public static Institution Institution(InstitutionId id) => new() { Id = id, Name = "文成县支行", Kind = InstitutionKind.Bank };

    public static Loan Loan(InstitutionId institution, LoanNumber number, DateOnly? maturity = null) => new()
    {
        Institution = institution,
        Number = number,
        Borrower = new()
        {
            Reference = $"B-{number}",
            Name = "文成县𠮷祥食品有限公司",
            Kind = BorrowerKind.SmallOrMicroFirm,
            Industry = "零售",
            District = "文成县",
        },
        Product = LoanProduct.WorkingCapital,
        Principal = Money.FromYuan(2_000_000),
        Outstanding = Money.FromYuan(2_000_000),
        Rate = Rate.FromPercent(4.35m),
        RepaymentMethod = RepaymentMethod.InterestThenPrincipal,
        DrawnOn = new(2024, 3, 10),
        Maturity = maturity ?? new(2025, 3, 10),
        Guarantors = [new("G-1", "周大明")],
    };
}
