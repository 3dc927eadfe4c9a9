using System.Text.Json.Serialization;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

/// <summary>One change of a loan's terms; several may be combined in one request.</summary>
/// <remarks>
/// Dates that are left out mean the day for which the relief is worked out (<c>asOf</c>); an <c>until</c> that is left
/// out means to the end.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Deferral), "deferral")]
[JsonDerivedType(typeof(Extension), "extension")]
[JsonDerivedType(typeof(Renewal), "renewal")]
[JsonDerivedType(typeof(RateCut), "rateCut")]
[JsonDerivedType(typeof(PenaltyWaiver), "penaltyWaiver")]
[JsonDerivedType(typeof(GuaranteeFeeCap), "guaranteeFeeCap")]
[JsonDerivedType(typeof(GuaranteeFeeWaiver), "guaranteeFeeWaiver")]
[JsonDerivedType(typeof(GuaranteeFeeSubsidy), "guaranteeFeeSubsidy")]
[JsonDerivedType(typeof(BridgeFeeWaiver), "bridgeFeeWaiver")]
public abstract record LoanChange;

/// <summary>延期还本付息: what falls due from now on is paid later. Interest accrues normally, penalty interest is waived.</summary>
/// <remarks>Either <paramref name="Months"/> or <paramref name="Until"/> is given.</remarks>
/// <param name="Months">Months for which nothing of the deferred part is paid, a multiple of the loan's period; 0 to 120, where 0 changes nothing.</param>
/// <param name="Until">Payments that fall due before this date are deferred; a loan that matures before it then matures on it.</param>
public sealed record Deferral(int? Months = null, DateOnly? Until = null) : LoanChange
{
    public DeferredPart Part { get; init; }

    public DeferralTerm Term { get; init; }

    /// <summary>When deferred interest is paid; without effect when only principal is deferred.</summary>
    public DeferredInterest Interest { get; init; }
}

public enum DeferredPart
{
    /// <summary>延期还本: interest is paid as it falls due.</summary>
    Principal,

    /// <summary>延期还本付息.</summary>
    PrincipalAndInterest,
}

public enum DeferralTerm
{
    /// <summary>The maturity moves by the time deferred.</summary>
    Lengthen,

    /// <summary>The maturity stays; what was deferred is spread over the instalments that follow.</summary>
    Keep,
}

public enum DeferredInterest
{
    /// <summary>Evenly over the instalments that follow, the last absorbing the rounding.</summary>
    Spread,

    /// <summary>With the last instalment.</summary>
    AtEnd,

    /// <summary>Joins the principal once, on the due date of the last deferred instalment.</summary>
    Capitalise,
}

/// <summary>展期: the same contract, a later maturity.</summary>
public sealed record Extension(DateOnly NewMaturity) : LoanChange;

/// <summary>续贷, 无还本续贷: a new loan settles the old one; the borrower pays no principal in cash.</summary>
/// <param name="NewMaturity">Of the new loan.</param>
public sealed record Renewal(DateOnly NewMaturity) : LoanChange
{
    /// <summary>借据号 of the new loan, once the institution has given it.</summary>
    public LoanNumber? NewLoanNumber { get; init; }

    /// <summary>Day on which the new loan settles the old one; the old loan's last day of payment when left out.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Contract rate of the new loan; the old loan's when left out. A price, not relief: the statement does not count it.</summary>
    public Rate? Rate { get; init; }

    /// <summary>The old loan's when left out.</summary>
    public RepaymentMethod? RepaymentMethod { get; init; }
}

/// <summary>减息: interest at a lower rate for a time. The principal of each instalment stays as it is.</summary>
/// <remarks>Either <see cref="Share"/> or <see cref="NewRate"/> is given.</remarks>
public sealed record RateCut : LoanChange
{
    /// <summary>下浮: the share cut off the contract rate, above 0 and at most 1. The new rate is rounded down.</summary>
    public decimal? Share { get; init; }

    /// <summary>The rate after the cut, below the contract rate.</summary>
    public Rate? NewRate { get; init; }

    public RateCutMode Mode { get; init; }

    /// <summary>First day at the lower rate: from the first day of the interest period that runs, because earlier interest has been collected.</summary>
    public DateOnly? From { get; init; }

    /// <summary>First day at the contract rate again.</summary>
    public DateOnly? Until { get; init; }
}

public enum RateCutMode
{
    /// <summary>直接扣减: less is collected.</summary>
    DirectDeduction,

    /// <summary>先收后返: the contract rate is collected and the difference is paid back.</summary>
    RebateAfterCollection,
}

/// <summary>减免罚息: the uplift that has accrued on overdue principal is not charged, or only a part of it.</summary>
/// <remarks>
/// Overdue is what the book has as <see cref="Loan.PrincipalArrears"/>, each from its day of payment on, and from the
/// maturity on all that is outstanding.
/// </remarks>
/// <param name="Share">The share waived, above 0 and at most 1.</param>
public sealed record PenaltyWaiver(decimal Share = 1m) : LoanChange;

/// <summary>A change of a fee for a time.</summary>
public abstract record FeeChange : LoanChange
{
    /// <summary>First day of the change.</summary>
    public DateOnly? From { get; init; }

    /// <summary>First day without it.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>担保费率上限.</summary>
/// <param name="Cap">Highest guarantee fee a year, below the fee that is charged.</param>
public sealed record GuaranteeFeeCap(Rate Cap) : FeeChange;

/// <summary>保费减免.</summary>
/// <param name="Share">The share waived of what is left after a cap, above 0 and at most 1.</param>
public sealed record GuaranteeFeeWaiver(decimal Share = 1m) : FeeChange;

/// <summary>担保费补贴: someone else pays a part of the fee.</summary>
/// <param name="Subsidy">Paid for the borrower a year, of the amount guaranteed; at most what is left after cap and waiver counts.</param>
public sealed record GuaranteeFeeSubsidy(Rate Subsidy) : FeeChange;

/// <summary>免除转贷应急周转资金占用费.</summary>
/// <param name="Share">The share waived, above 0 and at most 1.</param>
public sealed record BridgeFeeWaiver(decimal Share = 1m) : FeeChange;
