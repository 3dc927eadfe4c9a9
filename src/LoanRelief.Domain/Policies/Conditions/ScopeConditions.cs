using System.ComponentModel.DataAnnotations;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>The borrower is of one of these kinds.</summary>
public sealed record BorrowerKindIn([property: Length(1, 20)] IReadOnlyList<BorrowerKind> AnyOf) : Condition
{
    private readonly string _wanted = Words.Of(AnyOf);

    internal override string Field => "borrower.kind";

    internal override bool IsScope => true;

    protected override string UsualCode => "borrower-kind-not-covered";

    public override bool IsMet(LoanFacts facts) => AnyOf.Contains(facts.Loan.Borrower.Kind);

    protected internal override string Seen(LoanFacts facts) => Words.Of(facts.Loan.Borrower.Kind);

    protected internal override string Wanted(LoanFacts facts) => _wanted;
}

/// <summary>The loan is of one of these products.</summary>
public sealed record ProductIn([property: Length(1, 20)] IReadOnlyList<LoanProduct> AnyOf) : Condition
{
    private readonly string _wanted = Words.Of(AnyOf);

    internal override string Field => "product";

    internal override bool IsScope => true;

    protected override string UsualCode => "product-not-covered";

    public override bool IsMet(LoanFacts facts) => AnyOf.Contains(facts.Loan.Product);

    protected internal override string Seen(LoanFacts facts) => Words.Of(facts.Loan.Product);

    protected internal override string Wanted(LoanFacts facts) => _wanted;
}

/// <summary>The lender is of one of these kinds; not met where it is not known what the lender is.</summary>
public sealed record LenderKindIn([property: Length(1, 20)] IReadOnlyList<InstitutionKind> AnyOf) : Condition
{
    private readonly string _wanted = Words.Of(AnyOf);

    internal override string Field => "institution";

    internal override bool IsScope => true;

    protected override string UsualCode => "institution-kind-not-covered";

    public override bool IsMet(LoanFacts facts) => facts.Lender is { } lender && AnyOf.Contains(lender);

    protected internal override string Seen(LoanFacts facts) => facts.Lender is { } lender ? Words.Of(lender) : "unknown";

    protected internal override string Wanted(LoanFacts facts) => _wanted;
}

/// <summary>The borrower's industry names one of these: 零售业 and 服装零售 are 零售.</summary>
public sealed record IndustryIn([property: Length(1, 200)] IReadOnlyList<string> AnyOf) : Condition
{
    private readonly string _wanted = string.Join(", ", AnyOf);

    internal override string Field => "borrower.industry";

    internal override bool IsScope => true;

    protected override string UsualCode => "industry-not-covered";

    public override bool IsMet(LoanFacts facts)
    {
        foreach (var industry in AnyOf)
        {
            if (facts.Loan.Borrower.Industry.Contains(industry, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    protected internal override string Seen(LoanFacts facts) => facts.Loan.Borrower.Industry;

    protected internal override string Wanted(LoanFacts facts) => _wanted;

    internal override void Check(Findings found, string path) => PolicyPackRules.Texts(AnyOf, found, $"{path}.anyOf");
}

/// <summary>The borrower works in one of these districts, named with or without what kind of district it is: 渝北 and 渝北区.</summary>
public sealed record DistrictIn([property: Length(1, 4000)] IReadOnlyList<string> AnyOf) : Condition
{
    private readonly HashSet<string> _districts = [.. AnyOf.Select(Bare)];
    private readonly string _wanted = AnyOf.Count <= 20 ? string.Join(", ", AnyOf) : string.Join(", ", AnyOf.Take(20)) + ", …";

    internal override string Field => "borrower.district";

    internal override bool IsScope => true;

    protected override string UsualCode => "district-not-covered";

    public override bool IsMet(LoanFacts facts)
    {
        var district = facts.Loan.Borrower.District;
        return _districts.Contains(district) || _districts.Contains(Bare(district));
    }

    protected internal override string Seen(LoanFacts facts) => facts.Loan.Borrower.District;

    protected internal override string Wanted(LoanFacts facts) => _wanted;

    internal override void Check(Findings found, string path) => PolicyPackRules.Texts(AnyOf, found, $"{path}.anyOf");

    private static string Bare(string district) => district is { Length: > 2 } && district[^1] is '区' or '县' or '市' ? district[..^1] : district;
}

/// <summary>A guarantee company of the loan has one of these in its name.</summary>
public sealed record GuarantorIn([property: Length(1, 200)] IReadOnlyList<string> AnyOf) : Condition
{
    private readonly string _wanted = string.Join(", ", AnyOf);

    internal override string Field => "guarantors";

    internal override bool IsScope => true;

    protected override string UsualCode => "guarantor-not-covered";

    public override bool IsMet(LoanFacts facts)
    {
        foreach (var guarantor in facts.Loan.Guarantors)
        {
            if (guarantor.Kind == GuarantorKind.GuaranteeCompany && AnyOf.Any(name => guarantor.Name.Contains(name, StringComparison.Ordinal)))
                return true;
        }

        return false;
    }

    /// <summary>References: names are nobody's business.</summary>
    protected internal override string Seen(LoanFacts facts) =>
        string.Join(", ", facts.Loan.Guarantors.Where(guarantor => guarantor.Kind == GuarantorKind.GuaranteeCompany).Select(guarantor => guarantor.Reference));

    protected internal override string Wanted(LoanFacts facts) => _wanted;

    internal override void Check(Findings found, string path) => PolicyPackRules.Texts(AnyOf, found, $"{path}.anyOf");
}
