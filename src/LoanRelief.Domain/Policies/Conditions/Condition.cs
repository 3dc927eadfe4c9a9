using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>A condition of a measure: met or not, with the value seen and the value wanted. The set is closed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(BorrowerKindIn), "borrowerKinds")]
[JsonDerivedType(typeof(ProductIn), "products")]
[JsonDerivedType(typeof(LenderKindIn), "institutionKinds")]
[JsonDerivedType(typeof(IndustryIn), "industries")]
[JsonDerivedType(typeof(DistrictIn), "districts")]
[JsonDerivedType(typeof(GuarantorIn), "guarantors")]
[JsonDerivedType(typeof(MaturityWithin), "maturity")]
[JsonDerivedType(typeof(OutstandingAtMost), "outstandingAtMost")]
[JsonDerivedType(typeof(GuaranteedAtMost), "guaranteedAtMost")]
[JsonDerivedType(typeof(ClassIn), "class")]
[JsonDerivedType(typeof(NoInterestArrears), "noInterestArrears")]
[JsonDerivedType(typeof(Stands), "standing")]
[JsonDerivedType(typeof(NotExcluded), "notExcluded")]
[JsonDerivedType(typeof(Attests), "attested")]
[JsonDerivedType(typeof(AskedBeforeMaturity), "askedBeforeMaturity")]
[JsonDerivedType(typeof(ExtensionCapLeft), "extensionCapLeft")]
[JsonDerivedType(typeof(RestructuredBefore), "restructuredBefore")]
public abstract record Condition
{
    /// <summary>Stable code by which a refusal goes when the condition is not met; the one of the condition's type if left out.</summary>
    [RegularExpression("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    [StringLength(64, MinimumLength = 1)]
    public string? Code { get; init; }

    /// <summary>What it is about: a path in the loan, or the name of what was asked.</summary>
    internal abstract string Field { get; }

    /// <summary>Whether it says whom or what the measure is for; other conditions are about how things stand.</summary>
    internal virtual bool IsScope => false;

    protected abstract string UsualCode { get; }

    /// <summary>Holds the condition against the facts.</summary>
    public ConditionCheck Check(LoanFacts facts) => new(this, facts, IsMet(facts));

    public abstract bool IsMet(LoanFacts facts);

    protected internal abstract string Seen(LoanFacts facts);

    protected internal abstract string Wanted(LoanFacts facts);

    internal string CodeOf() => Code ?? UsualCode;

    /// <summary>What the pack says that no pack can mean; fields are paths.</summary>
    internal virtual void Check(Findings found, string path)
    {
    }
}

/// <summary>How a condition turned out. The values are put into words when they are read: most checks are only counted.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Facts">What it was held against.</param>
/// <param name="Met">Whether it is met.</param>
public sealed record ConditionCheck(Condition Condition, LoanFacts Facts, bool Met)
{
    /// <summary>The value seen: words as JSON writes them, amounts in yuan, dates in ISO 8601.</summary>
    public string Seen => Condition.Seen(Facts);

    /// <summary>The value wanted, in the same form.</summary>
    public string Wanted => Condition.Wanted(Facts);

    public string Code => Condition.CodeOf();

    public string Field => Condition.Field;

    /// <summary>The condition as a reason not to grant.</summary>
    public Refusal ToRefusal()
    {
        var refusal = new Refusal(Code, Field).With("seen", Seen).With("wanted", Wanted);
        return Condition is MaturityWithin { To: { } last } ? refusal.With("limit", last) : refusal;
    }
}
