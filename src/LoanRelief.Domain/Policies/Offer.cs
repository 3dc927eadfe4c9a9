using System.Text.Json.Serialization;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>A kind of change that a measure gives, with its parameters; made into a change for a loan and a day.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(DeferralOffer), "deferral")]
[JsonDerivedType(typeof(ExtensionOffer), "extension")]
[JsonDerivedType(typeof(RenewalOffer), "renewal")]
[JsonDerivedType(typeof(RateCutOffer), "rateCut")]
[JsonDerivedType(typeof(PenaltyWaiverOffer), "penaltyWaiver")]
[JsonDerivedType(typeof(GuaranteeFeeCapOffer), "guaranteeFeeCap")]
[JsonDerivedType(typeof(GuaranteeFeeWaiverOffer), "guaranteeFeeWaiver")]
[JsonDerivedType(typeof(GuaranteeFeeSubsidyOffer), "guaranteeFeeSubsidy")]
[JsonDerivedType(typeof(BridgeFeeWaiverOffer), "bridgeFeeWaiver")]
public abstract record Offer
{
    internal virtual IntentKind? Intent => null;

    /// <summary>The change that it makes of a loan.</summary>
    /// <param name="usual">The lender's usual terms, for what the policy leaves to lender and borrower.</param>
    /// <param name="cap">The longest extension, where there is a cap.</param>
    internal abstract LoanChange For(Loan loan, DateOnly asOf, TermsPolicy usual, ExtensionCap? cap);

    /// <summary>The last day on which anything may fall due under the offer, where it has a limit.</summary>
    internal virtual DateOnly? LatestDueDate(Loan loan) => null;

    internal virtual void Check(Findings found, string path)
    {
    }

    private protected static void CheckMonths(int? months, Findings found, string path)
    {
        if (months is { } given)
            found.OutOfRange(given, 1, 120, $"{path}.months");
    }

    /// <summary>The first day without it; none where the last day is the last of all days.</summary>
    private protected static DateOnly? DayAfter(DateOnly? lastDay) => lastDay == DateOnly.MaxValue ? null : lastDay?.AddDays(1);
}

/// <summary>延期还本付息, 延期还本.</summary>
/// <param name="Months">As long as the lender usually grants if neither months nor a date are given.</param>
/// <param name="Latest">Deferred to this day; nothing is deferred beyond it.</param>
public sealed record DeferralOffer(int? Months = null, DateOnly? Latest = null) : Offer
{
    public DeferredPart Part { get; init; }

    public DeferralTerm Term { get; init; }

    public DeferredInterest Interest { get; init; }

    internal override IntentKind? Intent => IntentKind.Defer;

    internal override LoanChange For(Loan loan, DateOnly asOf, TermsPolicy usual, ExtensionCap? cap) =>
        new Deferral(Latest is null ? Months ?? usual.DeferralMonths : null, Latest) { Part = Part, Term = Term, Interest = Interest };

    internal override DateOnly? LatestDueDate(Loan loan) => Latest ?? (Months is { } months ? loan.Maturity.AddMonths(months) : null);

    internal override void Check(Findings found, string path)
    {
        CheckMonths(Months, found, path);
        if (Months is not null && Latest is not null)
            found.Add(new Refusal("at-most-one-of", path).With("fields", "months, latest"));
    }
}

/// <summary>展期.</summary>
/// <param name="Months">As long as the lender usually grants if left out; never beyond the cap.</param>
public sealed record ExtensionOffer(int? Months = null) : Offer
{
    internal override IntentKind? Intent => IntentKind.Extend;

    internal override LoanChange For(Loan loan, DateOnly asOf, TermsPolicy usual, ExtensionCap? cap)
    {
        var wanted = loan.Maturity.AddMonths(Months ?? usual.ExtensionMonths);
        return new Extension(cap?.LatestMaturity(loan) is { } latest && latest < wanted ? latest : wanted);
    }

    internal override DateOnly? LatestDueDate(Loan loan) => Months is { } months ? loan.Maturity.AddMonths(months) : null;

    internal override void Check(Findings found, string path) => CheckMonths(Months, found, path);
}

/// <summary>续贷, 无还本续贷.</summary>
/// <param name="Months">As long as the old loan ran if left out.</param>
public sealed record RenewalOffer(int? Months = null) : Offer
{
    internal override IntentKind? Intent => IntentKind.Renew;

    internal override LoanChange For(Loan loan, DateOnly asOf, TermsPolicy usual, ExtensionCap? cap) =>
        new Renewal(Months is { } months ? loan.Maturity.AddMonths(months) : AsLongAgain(loan));

    internal override void Check(Findings found, string path) => CheckMonths(Months, found, path);

    internal static DateOnly AsLongAgain(Loan loan)
    {
        var months = ((loan.Maturity.Year - loan.DrawnOn.Year) * 12) + loan.Maturity.Month - loan.DrawnOn.Month;
        return months > 0 ? loan.Maturity.AddMonths(months) : loan.Maturity.AddDays(loan.Maturity.DayNumber - loan.DrawnOn.DayNumber);
    }
}

/// <summary>减息: the least cut; more may be agreed.</summary>
/// <param name="Share">下浮: share of the loan's own rate, above 0 and below 1.</param>
/// <param name="Mode">直接扣减 or 先收后返.</param>
/// <param name="LastDay">Last day at the lower rate; to the end of the loan if left out.</param>
public sealed record RateCutOffer(decimal Share, RateCutMode Mode = RateCutMode.DirectDeduction, DateOnly? LastDay = null) : Offer
{
    internal override LoanChange For(Loan loan, DateOnly asOf, TermsPolicy usual, ExtensionCap? cap) =>
        new RateCut { Share = Share, Mode = Mode, Until = DayAfter(LastDay) };

    internal override void Check(Findings found, string path) => found.Share(Share, $"{path}.share");
}

/// <summary>免收罚息.</summary>
/// <param name="Share">The share waived, above 0 and at most 1.</param>
public sealed record PenaltyWaiverOffer(decimal Share = 1m) : Offer
{
    internal override LoanChange For(Loan loan, DateOnly asOf, TermsPolicy usual, ExtensionCap? cap) => new PenaltyWaiver(Share);

    internal override void Check(Findings found, string path) => found.Share(Share, $"{path}.share");
}

/// <summary>担保费率上限.</summary>
/// <param name="Cap">Highest guarantee fee a year.</param>
/// <param name="LastDay">Last day under the cap; to the end of the fee if left out.</param>
public sealed record GuaranteeFeeCapOffer(Rate Cap, DateOnly? LastDay = null) : Offer
{
    internal override LoanChange For(Loan loan, DateOnly asOf, TermsPolicy usual, ExtensionCap? cap) => new GuaranteeFeeCap(Cap) { Until = DayAfter(LastDay) };

    internal override void Check(Findings found, string path) => found.Rate(Cap, $"{path}.cap");
}

/// <summary>保费减免.</summary>
/// <param name="Share">The share waived, above 0 and at most 1.</param>
/// <param name="Months">For so long from the day on which it is granted; to the end of the fee if left out.</param>
public sealed record GuaranteeFeeWaiverOffer(decimal Share = 1m, int? Months = null) : Offer
{
    internal override LoanChange For(Loan loan, DateOnly asOf, TermsPolicy usual, ExtensionCap? cap) =>
        new GuaranteeFeeWaiver(Share) { Until = Months is { } months ? asOf.AddMonths(months) : null };

    internal override void Check(Findings found, string path)
    {
        found.Share(Share, $"{path}.share");
        CheckMonths(Months, found, path);
    }
}

/// <summary>担保费补贴.</summary>
/// <param name="Subsidy">Paid for the borrower a year; the whole fee that is charged (据实) if left out.</param>
public sealed record GuaranteeFeeSubsidyOffer(Rate? Subsidy = null) : Offer
{
    internal override LoanChange For(Loan loan, DateOnly asOf, TermsPolicy usual, ExtensionCap? cap) =>
        new GuaranteeFeeSubsidy(Subsidy ?? loan.GuaranteeFee?.Rate ?? Rate.Zero);

    internal override void Check(Findings found, string path)
    {
        if (Subsidy is { } given)
            found.Rate(given, $"{path}.subsidy");
    }
}

/// <summary>免除转贷应急周转资金占用费.</summary>
/// <param name="Share">The share waived, above 0 and at most 1.</param>
/// <param name="LastDay">Last day on which nothing is charged; to the end of the fee if left out.</param>
public sealed record BridgeFeeWaiverOffer(decimal Share = 1m, DateOnly? LastDay = null) : Offer
{
    internal override LoanChange For(Loan loan, DateOnly asOf, TermsPolicy usual, ExtensionCap? cap) => new BridgeFeeWaiver(Share) { Until = DayAfter(LastDay) };

    internal override void Check(Findings found, string path) => found.Share(Share, $"{path}.share");
}
