using System.ComponentModel.DataAnnotations;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>The loan matures within these days, both included.</summary>
public sealed record MaturityWithin(DateOnly? From = null, DateOnly? To = null) : Condition
{
    private readonly Period _period = new(From, To);
    private readonly string _wanted = new Period(From, To).ToString();

    internal override string Field => "maturity";

    protected override string UsualCode => "maturity-not-covered";

    public override bool IsMet(LoanFacts facts) => _period.Contains(facts.Loan.Maturity);

    protected internal override string Seen(LoanFacts facts) => facts.Loan.Maturity.ToString("O", null);

    protected internal override string Wanted(LoanFacts facts) => _wanted;

    internal override void Check(Findings found, string path) => PolicyPackRules.Check(_period, found, path);
}

/// <summary>At most this much principal is outstanding, in yuan.</summary>
public sealed record OutstandingAtMost(Money Amount) : Condition
{
    private readonly string _wanted = Amount.ToString();

    internal override string Field => "outstanding";

    protected override string UsualCode => "outstanding-above-limit";

    public override bool IsMet(LoanFacts facts) => facts.Loan.Outstanding <= Amount;

    protected internal override string Seen(LoanFacts facts) => facts.Loan.Outstanding.ToString();

    protected internal override string Wanted(LoanFacts facts) => _wanted;

    internal override void Check(Findings found, string path) => found.Amount(Amount, $"{path}.amount");
}

/// <summary>A guarantee fee is paid, and at most this much is guaranteed, in yuan.</summary>
public sealed record GuaranteedAtMost(Money Amount) : Condition
{
    private readonly string _wanted = Amount.ToString();

    internal override string Field => "guaranteeFee.amount";

    protected override string UsualCode => "guaranteed-above-limit";

    public override bool IsMet(LoanFacts facts) => facts.Loan.GuaranteeFee is { } fee && fee.Amount <= Amount;

    protected internal override string Seen(LoanFacts facts) => facts.Loan.GuaranteeFee?.Amount.ToString() ?? "none";

    protected internal override string Wanted(LoanFacts facts) => _wanted;

    internal override void Check(Findings found, string path) => found.Amount(Amount, $"{path}.amount");
}

/// <summary>The loan is of one of these categories (五级分类).</summary>
public sealed record ClassIn([property: Length(1, 5)] IReadOnlyList<LoanClass> AnyOf) : Condition
{
    private readonly string _wanted = Words.Of(AnyOf);

    internal override string Field => "class";

    protected override string UsualCode => "class-not-covered";

    public override bool IsMet(LoanFacts facts) => AnyOf.Contains(facts.Loan.Class);

    protected internal override string Seen(LoanFacts facts) => Words.Of(facts.Loan.Class);

    protected internal override string Wanted(LoanFacts facts) => _wanted;
}

/// <summary>No interest is due and unpaid (无欠息).</summary>
public sealed record NoInterestArrears : Condition
{
    internal override string Field => "interestArrears";

    protected override string UsualCode => "interest-arrears";

    public override bool IsMet(LoanFacts facts) => !facts.Loan.InterestArrears.IsPositive;

    protected internal override string Seen(LoanFacts facts) => facts.Loan.InterestArrears.ToString();

    protected internal override string Wanted(LoanFacts facts) => "0.00";
}

/// <summary>The institution attests this about the borrower.</summary>
public sealed record Stands(StandingPart Of) : Condition
{
    private readonly string _field = $"borrower.standing.{Words.Of(Of)}";

    internal override string Field => _field;

    protected override string UsualCode => Of switch
    {
        StandingPart.OperatesLawfully => "operation-not-lawful",
        StandingPart.HasOngoingBusiness => "no-ongoing-business",
        StandingPart.HasGoodCredit => "credit-not-good",
        _ => "lending-standard-not-met",
    };

    public override bool IsMet(LoanFacts facts)
    {
        var standing = facts.Loan.Borrower.Standing;
        return Of switch
        {
            StandingPart.OperatesLawfully => standing.OperatesLawfully,
            StandingPart.HasOngoingBusiness => standing.HasOngoingBusiness,
            StandingPart.HasGoodCredit => standing.HasGoodCredit,
            _ => standing.MeetsLendingStandard,
        };
    }

    protected internal override string Seen(LoanFacts facts) => IsMet(facts) ? "true" : "false";

    protected internal override string Wanted(LoanFacts facts) => "true";
}

/// <summary>The members of <see cref="CreditStanding"/>.</summary>
public enum StandingPart
{
    /// <summary>依法合规经营.</summary>
    OperatesLawfully,

    /// <summary>具有持续经营能力.</summary>
    HasOngoingBusiness,

    /// <summary>信用状况良好.</summary>
    HasGoodCredit,

    /// <summary>符合贷款条件和标准.</summary>
    MeetsLendingStandard,
}

/// <summary>The borrower stands on none of these lists (预先剔除).</summary>
public sealed record NotExcluded([property: Length(1, 10)] IReadOnlyList<ExclusionList> Lists) : Condition
{
    /// <summary>Whoever is on a list is screened out before anything is offered (seed 003).</summary>
    internal static readonly NotExcluded FromAny = new(Enum.GetValues<ExclusionList>());

    private readonly string _wanted = $"none of {Words.Of(Lists)}";

    internal override string Field => "borrower.exclusions";

    protected override string UsualCode => "on-exclusion-list";

    public override bool IsMet(LoanFacts facts)
    {
        foreach (var kind in facts.Loan.Borrower.Exclusions)
        {
            if (Lists.Contains(kind))
                return false;
        }

        foreach (var entry in facts.Listed)
        {
            if (Lists.Contains(entry.Kind))
                return false;
        }

        return true;
    }

    /// <summary>The kinds; of a list from outside with what it rests on.</summary>
    protected internal override string Seen(LoanFacts facts) =>
        string.Join(", ", [.. facts.Loan.Borrower.Exclusions.Select(Words.Of), .. facts.Listed.Select(entry => entry.ToString())]) is { Length: > 0 } lists ? lists : "none";

    protected internal override string Wanted(LoanFacts facts) => _wanted;
}

/// <summary>Whoever asks attests this.</summary>
public sealed record Attests(Attestation Fact) : Condition
{
    private readonly string _wanted = Words.Of(Fact);

    internal override string Field => "attested";

    protected override string UsualCode => "not-attested";

    public override bool IsMet(LoanFacts facts) => facts.Attested.Contains(Fact);

    protected internal override string Seen(LoanFacts facts) => facts.Attested.Count == 0 ? "none" : Words.Of(facts.Attested);

    protected internal override string Wanted(LoanFacts facts) => _wanted;
}

/// <summary>Asked for before maturity (到期前), as the lender reads it.</summary>
public sealed record AskedBeforeMaturity : Condition
{
    internal override string Field => "asOf";

    protected override string UsualCode => "asked-after-last-day";

    public override bool IsMet(LoanFacts facts) => facts.AsOf <= facts.LastDay;

    protected internal override string Seen(LoanFacts facts) => facts.AsOf.ToString("O", null);

    protected internal override string Wanted(LoanFacts facts) => $"../{facts.LastDay:yyyy-MM-dd}";
}

/// <summary>Earlier extensions have left something of the longest time for which a loan may be extended.</summary>
public sealed record ExtensionCapLeft(ExtensionCap Cap) : Condition
{
    internal override string Field => "maturity";

    protected override string UsualCode => "extension-cap-used-up";

    public override bool IsMet(LoanFacts facts) => Cap.LatestMaturity(facts.Loan) > facts.Loan.Maturity;

    protected internal override string Seen(LoanFacts facts) => facts.Loan.Maturity.ToString("O", null);

    protected internal override string Wanted(LoanFacts facts) => $"../{Cap.LatestMaturity(facts.Loan).AddDays(-1):yyyy-MM-dd}";

    internal override void Check(Findings found, string path)
    {
        Cap.Check(found, $"{path}.cap");
    }
}

/// <summary>The loan was restructured at least this many times before.</summary>
public sealed record RestructuredBefore(int AtLeast) : Condition
{
    internal override string Field => "restructurings";

    protected override string UsualCode => "not-restructured-before";

    public override bool IsMet(LoanFacts facts) => facts.Loan.Restructurings >= AtLeast;

    protected internal override string Seen(LoanFacts facts) => facts.Loan.Restructurings.ToString(System.Globalization.CultureInfo.InvariantCulture);

    protected internal override string Wanted(LoanFacts facts) => AtLeast.ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal override void Check(Findings found, string path) => found.OutOfRange(AtLeast, 1, 100, $"{path}.atLeast");
}

/// <summary>Asked for within these days: the window of a measure, which is written there and not as a condition.</summary>
internal sealed record AskedWithin(Period Window) : Condition
{
    internal override string Field => "asOf";

    protected override string UsualCode => "outside-measure-window";

    public override bool IsMet(LoanFacts facts) => Window.Contains(facts.AsOf);

    protected internal override string Seen(LoanFacts facts) => facts.AsOf.ToString("O", null);

    protected internal override string Wanted(LoanFacts facts) => Window.ToString();
}
