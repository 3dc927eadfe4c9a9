using System.Text.Json.Serialization;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Loans;

/// <summary>One loan of one institution, as its book stands today.</summary>
/// <remarks>What the institution sends; this program never changes a loan, it gets the institution to do so.</remarks>
public sealed record Loan
{
    /// <summary>The institution that holds the loan.</summary>
    public required InstitutionId Institution { get; init; }

    /// <summary>借据号.</summary>
    public required LoanNumber Number { get; init; }

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
    /// Day up to which a loan that pays its interest at maturity (<see cref="RepaymentMethod.Bullet"/>) has paid it
    /// already, as when only the principal was deferred; that day bears interest again. Without it interest runs from
    /// <see cref="DrawnOn"/>. Other loans pay theirs by due dates and have no use for it.
    /// </summary>
    public DateOnly? InterestPaidTo { get; init; }

    /// <summary>Contract rate a year.</summary>
    public required Rate Rate { get; init; }

    /// <summary>Share that the contract adds to the rate for days overdue (罚息上浮), a term of the contract: 0.5 is 50%.</summary>
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

    /// <summary>The maturity first agreed, where the loan has been extended since; the extension cap counts from here.</summary>
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

    [JsonIgnore]
    public bool IsSettled => Outstanding.IsZero;

    /// <summary>What is outstanding without <see cref="PrincipalArrears"/>.</summary>
    [JsonIgnore]
    public Money OutstandingNotInArrears => Outstanding - PrincipalArrears.Sum(each => each.Amount);
}

/// <summary>Principal of one due date that has not been paid.</summary>
/// <param name="DueDate">By the contract, not rolled to a working day.</param>
/// <param name="Amount">What is unpaid of it, in yuan.</param>
public sealed record UnpaidPrincipal(DateOnly DueDate, Money Amount);

/// <summary>A fee that runs by the year, counted in days like the loan's interest.</summary>
/// <param name="Amount">What the fee is charged on, in yuan.</param>
/// <param name="Rate">Fee a year.</param>
/// <param name="From">First day that counts.</param>
/// <param name="To">Day after the last one that counts.</param>
public sealed record FeeTerms(Money Amount, Rate Rate, DateOnly From, DateOnly To);

/// <summary>Who owes the loan. <see cref="Name"/> is personal data: never logged.</summary>
public sealed record Borrower
{
    /// <summary>The institution's own reference for the borrower; statistics count borrowers by it.</summary>
    public required string Reference { get; init; }

    public required string Name { get; init; }

    /// <summary>统一社会信用代码, by which lists from outside are matched; without it, as with many farmers and owners, no list is.</summary>
    public CreditCode? CreditCode { get; init; }

    public required BorrowerKind Kind { get; init; }

    /// <summary>行业, such as 零售, 餐饮, 制造.</summary>
    public required string Industry { get; init; }

    /// <summary>区县 where the borrower works.</summary>
    public required string District { get; init; }

    /// <summary>Lists of firms to be screened out beforehand on which the borrower stands (seed 003, 预先剔除).</summary>
    public IReadOnlyList<ExclusionList> Exclusions { get; init; } = [];

    public CreditStanding Standing { get; init; } = new();

    /// <summary>Without the name, so that no log gets it by accident.</summary>
    public override string ToString() => Reference;
}

/// <summary>What the institution attests about the borrower; the conditions of 金规〔2024〕13号 for keeping a renewed loan 正常.</summary>
/// <param name="OperatesLawfully">依法合规经营.</param>
/// <param name="HasOngoingBusiness">具有持续经营能力.</param>
/// <param name="HasGoodCredit">信用状况良好: no misuse of the loan, no evasion of debts.</param>
/// <param name="MeetsLendingStandard">符合新发放流动资金贷款条件和标准.</param>
public sealed record CreditStanding(
    bool OperatesLawfully = true,
    bool HasOngoingBusiness = true,
    bool HasGoodCredit = true,
    bool MeetsLendingStandard = true);

/// <param name="Reference">The institution's own reference.</param>
/// <param name="Name">Personal data: never logged.</param>
/// <param name="Kind">What is pledged: a guarantee, a mortgage or a pledge.</param>
public sealed record Guarantor(string Reference, string Name, GuarantorKind Kind = GuarantorKind.Guarantor)
{
    /// <summary>Without the name, so that no log gets it by accident.</summary>
    public override string ToString() => Reference;
}

public enum GuarantorKind
{
    /// <summary>保证人.</summary>
    Guarantor,

    /// <summary>抵押人.</summary>
    Mortgagor,

    /// <summary>出质人.</summary>
    Pledgor,

    /// <summary>担保公司.</summary>
    GuaranteeCompany,
}

public enum BorrowerKind
{
    /// <summary>小微企业.</summary>
    SmallOrMicroFirm,

    /// <summary>个体工商户.</summary>
    SelfEmployed,

    /// <summary>小微企业主.</summary>
    SmallFirmOwner,

    /// <summary>中型企业.</summary>
    MediumFirm,

    /// <summary>农户.</summary>
    Farmer,

    /// <summary>个人 (housing and other personal loans).</summary>
    Individual,
}

public enum LoanProduct
{
    /// <summary>流动资金贷款.</summary>
    WorkingCapital,

    /// <summary>经营性贷款 of owners, self-employed and farmers.</summary>
    BusinessOperation,

    /// <summary>固定资产贷款.</summary>
    FixedAsset,

    /// <summary>个人住房贷款.</summary>
    Housing,

    /// <summary>购车贷款, 经销商贷款.</summary>
    Vehicle,

    /// <summary>融资租赁.</summary>
    FinanceLease,
}

public enum RepaymentMethod
{
    /// <summary>等额本息.</summary>
    EqualInstalment,

    /// <summary>等额本金.</summary>
    EqualPrincipal,

    /// <summary>按期付息到期还本.</summary>
    InterestThenPrincipal,

    /// <summary>一次性还本付息.</summary>
    Bullet,
}

/// <summary>What happens to a payment that falls due on a day off (节假日顺延).</summary>
public enum HolidayRule
{
    /// <summary>Every payment moves to the next working day without penalty; where interest runs by days, it runs to that day.</summary>
    Roll,

    /// <summary>Only the maturity moves, and interest runs to the day of payment; one that an extension or a deferral moves keeps that day.</summary>
    RollMaturity,

    /// <summary>Every payment stays on its date.</summary>
    Stay,
}

/// <summary>五级分类.</summary>
public enum LoanClass
{
    /// <summary>正常.</summary>
    Normal,

    /// <summary>关注.</summary>
    SpecialMention,

    /// <summary>次级.</summary>
    Substandard,

    /// <summary>可疑.</summary>
    Doubtful,

    /// <summary>损失.</summary>
    Loss,
}

/// <summary>Lists of firms that are screened out before contact (seed 003).</summary>
public enum ExclusionList
{
    /// <summary>僵尸企业.</summary>
    Zombie,

    /// <summary>空壳企业.</summary>
    Shell,

    /// <summary>不诚信企业.</summary>
    Dishonest,
}
