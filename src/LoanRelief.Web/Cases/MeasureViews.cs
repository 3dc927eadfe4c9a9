using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Cases;

/// <summary>What the borrower wants.</summary>
/// <param name="Kind">The measure asked for, or none.</param>
/// <param name="Changes">The terms asked for; none means the policy's usual ones.</param>
/// <param name="By">Who entered it, and so prepared the proposal: may not approve it.</param>
public sealed record IntentView(IntentKind Kind, IReadOnlyList<LoanChange> Changes, string By);

/// <param name="Measure">What was asked for.</param>
/// <param name="Unmet">Conditions of the measure that are not met; any one rules the measure out.</param>
/// <param name="MayStayNormal">Whether the new loan may be classified 正常 in spite of the renewal.</param>
/// <param name="AgainstNormal">The conditions for that which are not met.</param>
public sealed record ScreeningView(IntentKind Measure, IReadOnlyList<ErrorView> Unmet, bool MayStayNormal, IReadOnlyList<ErrorView> AgainstNormal)
{
    internal static ScreeningView Of(ScreeningResult result, Catalogue texts) => new(
        result.Measure,
        [.. result.Unmet.Select(refusal => ErrorView.Of(refusal, texts))],
        result.MayStayNormal,
        [.. result.AgainstNormal.Select(refusal => ErrorView.Of(refusal, texts))]);
}

/// <summary>New terms for the loan.</summary>
/// <param name="Measure">Deferral, extension or renewal.</param>
/// <param name="Changes">What changes.</param>
/// <param name="NewMaturity">The maturity that results.</param>
/// <param name="NewRate">The rate that results.</param>
/// <param name="Relief">What the borrower saves.</param>
/// <param name="Beyond">"In principle" (原则上) limits that it goes beyond: an approver has to give a reason.</param>
/// <param name="Level">The lowest level that may approve it.</param>
public sealed record ProposalView(
    IntentKind Measure,
    IReadOnlyList<LoanChange> Changes,
    DateOnly NewMaturity,
    Rate NewRate,
    ReliefTotals Relief,
    IReadOnlyList<ErrorView> Beyond,
    ApprovalLevel Level)
{
    internal static ProposalView Of(ProposedTerms terms, Catalogue texts) => new(
        terms.Measure,
        terms.Changes,
        terms.NewMaturity,
        terms.NewRate,
        terms.Relief,
        [.. terms.Beyond.Select(refusal => ErrorView.Of(refusal, texts))],
        terms.Level);
}

/// <summary>The last decision on the proposal.</summary>
/// <param name="Decision">Approve, return for other terms, or refuse.</param>
/// <param name="Level">The level at which it was decided.</param>
/// <param name="By">Who decided.</param>
/// <param name="Reason">Why it was returned or refused.</param>
/// <param name="OverrideReason">Why an "in principle" limit was overridden.</param>
public sealed record DecisionView(ApprovalDecision Decision, ApprovalLevel Level, string By, string? Reason, string? OverrideReason);

/// <summary>What the core system was told and what it answered.</summary>
/// <param name="Attempts">How many times it was instructed.</param>
/// <param name="Reversing">Whether it is undoing what it did (冲正).</param>
/// <param name="Result">Its last answer that ended something; failures are in the history.</param>
/// <param name="Reference">Its own reference.</param>
/// <param name="NewLoanNumber">借据号 of the new loan.</param>
public sealed record BookingView(int Attempts, bool Reversing, BookingResult? Result, string? Reference, LoanNumber? NewLoanNumber)
{
    internal static BookingView? Of(CaseState state) => state.BookingAttempts == 0 && state.Booking is null
        ? null
        : new(state.BookingAttempts, state is { Reversal: not null, IsClosed: false }, state.Booking?.Result, state.Booking?.Reference, state.Booking?.NewLoanNumber);
}
