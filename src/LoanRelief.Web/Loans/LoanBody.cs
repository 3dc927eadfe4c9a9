using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Web.Loans;

/// <summary>One loan as the institution's book stands today. Where it belongs is said by the path.</summary>
public sealed record LoanBody
{
    /// <summary>May be left out; if not, the same as in the path.</summary>
    public InstitutionId? Institution { get; init; }

    /// <summary>借据号. May be left out; if not, the same as in the path.</summary>
    public LoanNumber? Number { get; init; }

    public required Borrower Borrower { get; init; }

    public required LoanProduct Product { get; init; }

    /// <summary>The amount drawn.</summary>
    public required Money Principal { get; init; }

    /// <summary>Principal not yet repaid; zero means that the loan is settled.</summary>
    public required Money Outstanding { get; init; }

    /// <summary>
    /// Principal due and unpaid (逾期本金) of each due date before maturity, a part of <see cref="Outstanding"/>. What falls
    /// due at maturity is in arrears after it by itself.
    /// </summary>
    public IReadOnlyList<UnpaidPrincipal> PrincipalArrears { get; init; } = [];

    /// <summary>Interest due and unpaid (欠息).</summary>
    public Money InterestArrears { get; init; }

    /// <summary>
    /// Day up to which a loan that pays its interest at maturity (bullet) has paid it already, as when only the principal
    /// was deferred; that day bears interest again. Without it interest runs from <see cref="DrawnOn"/>. Other loans pay
    /// theirs by due dates and have no use for it.
    /// </summary>
    public DateOnly? InterestPaidTo { get; init; }

    /// <summary>Contract rate a year.</summary>
    public required Rate Rate { get; init; }

    /// <summary>Share that the contract adds to the rate for days overdue (罚息上浮): 0.5 is 50%.</summary>
    public decimal PenaltyUplift { get; init; } = 0.5m;

    public DayCount DayCount { get; init; } = DayCount.Actual360;

    public required RepaymentMethod RepaymentMethod { get; init; }

    /// <summary>Months between interest or instalment dates: 1 or 3.</summary>
    public int PeriodMonths { get; init; } = 1;

    /// <summary>
    /// First interest or instalment date where the contract names one, such as the 20th of a quarter's last month; later
    /// ones follow on the same day of the month. Without it dates count from <see cref="DrawnOn"/>.
    /// </summary>
    public DateOnly? FirstDueDate { get; init; }

    /// <summary>
    /// A broken last period of fewer days joins the period before it (末期不足的并入上一期); 0 to 27, where 0 lets every one
    /// stand. No rule prescribes it: the contract decides, and a week is usual.
    /// </summary>
    public int ShortestLastPeriodDays { get; init; } = 7;

    public HolidayRule HolidayRule { get; init; }

    public required DateOnly DrawnOn { get; init; }

    /// <summary>Maturity date of the contract, not rolled to a working day.</summary>
    public required DateOnly Maturity { get; init; }

    /// <summary>The maturity first agreed, where the loan has been extended since.</summary>
    public DateOnly? OriginalMaturity { get; init; }

    /// <summary>五级分类 as the institution has it.</summary>
    public LoanClass Class { get; init; } = LoanClass.Normal;

    /// <summary>保证人, 抵押人, 出质人: who has to consent in writing to a change.</summary>
    public IReadOnlyList<Guarantor> Guarantors { get; init; } = [];

    /// <summary>The loan that this one settled when it was a renewal.</summary>
    public LoanNumber? RenewalOf { get; init; }

    /// <summary>How many renewals lie behind this loan.</summary>
    public int Renewals { get; init; }

    /// <summary>How many times terms were changed because the borrower was in financial difficulty (重组).</summary>
    public int Restructurings { get; init; }

    /// <summary>担保费 that the borrower pays to a guarantee company for this loan.</summary>
    public FeeTerms? GuaranteeFee { get; init; }

    /// <summary>资金占用费 of a bridge fund (转贷应急周转资金) that the borrower uses for this loan.</summary>
    public FeeTerms? BridgeFee { get; init; }

    /// <summary>The story of seed 003: 2,000,000 yuan in Wencheng, to be renewed without repaying principal.</summary>
    internal static LoanBody Example { get; } = new()
    {
        Borrower = new()
        {
            Reference = "C-330328-0042",
            Name = "文成某食品有限公司",
            Kind = BorrowerKind.SmallOrMicroFirm,
            Industry = "食品制造",
            District = "文成县",
        },
        Product = LoanProduct.WorkingCapital,
        Principal = Money.FromYuan(2_000_000),
        Outstanding = Money.FromYuan(2_000_000),
        Rate = Rate.FromPercent(4.35m),
        RepaymentMethod = RepaymentMethod.InterestThenPrincipal,
        DrawnOn = new(2025, 3, 20),
        Maturity = new(2026, 3, 20),
        Guarantors = [new("G-1", "某担保有限公司", GuarantorKind.GuaranteeCompany)],
    };

    internal Loan At(InstitutionId institution, LoanNumber number) => new()
    {
        Institution = institution,
        Number = number,
        Borrower = Borrower,
        Product = Product,
        Principal = Principal,
        Outstanding = Outstanding,
        PrincipalArrears = PrincipalArrears,
        InterestArrears = InterestArrears,
        InterestPaidTo = InterestPaidTo,
        Rate = Rate,
        PenaltyUplift = PenaltyUplift,
        DayCount = DayCount,
        RepaymentMethod = RepaymentMethod,
        PeriodMonths = PeriodMonths,
        FirstDueDate = FirstDueDate,
        ShortestLastPeriodDays = ShortestLastPeriodDays,
        HolidayRule = HolidayRule,
        DrawnOn = DrawnOn,
        Maturity = Maturity,
        OriginalMaturity = OriginalMaturity,
        Class = Class,
        Guarantors = Guarantors,
        RenewalOf = RenewalOf,
        Renewals = Renewals,
        Restructurings = Restructurings,
        GuaranteeFee = GuaranteeFee,
        BridgeFee = BridgeFee,
    };
}
