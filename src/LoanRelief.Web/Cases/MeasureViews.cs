using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Policies;
using LoanRelief.Web.Problems;

namespace LoanRelief.Web.Cases;

/// <summary>What the borrower wants.</summary>
/// <param name="Kind">The relief asked for, or none.</param>
/// <param name="AskedOn">The day (Beijing) on which it was asked for.</param>
/// <param name="Changes">The terms asked for; what is not among them is as a measure gives it, or as the lender usually does.</param>
/// <param name="Measures">The measures that were named.</param>
/// <param name="Attested">Circumstances that no loan book shows.</param>
/// <param name="By">Who entered it, and so prepared the proposal: may not approve it.</param>
public sealed record IntentView(
    IntentKind Kind,
    DateOnly AskedOn,
    IReadOnlyList<LoanChange> Changes,
    IReadOnlyList<MeasureId> Measures,
    IReadOnlyList<Attestation> Attested,
    string By)
{
    internal static IntentView? Of(CaseState state) => state is { Intent: { } intent, AskedOn: { } askedOn, PreparedBy: { } by }
        ? new(intent.Kind, askedOn, intent.Changes ?? [], intent.Measures ?? [], intent.Attested ?? [], by)
        : null;
}

/// <param name="Kind">What was asked for.</param>
/// <param name="Measures">Under which measures it can be had; none where it can not, or where the lender gives it on its own terms.</param>
/// <param name="Unmet">Conditions that are not met, with the value seen, the value wanted and the article; any one rules the relief out.</param>
public sealed record ScreeningView(IntentKind Kind, IReadOnlyList<QuotedMeasure> Measures, IReadOnlyList<ErrorView> Unmet)
{
    internal static ScreeningView Of(ScreeningResult result, PolicyQuotes quotes) => new(
        result.Kind,
        [.. result.Measures.Select(quotes.Of)],
        [.. result.Unmet.Select(refusal => ErrorView.Of(refusal, quotes.Texts))]);
}

/// <summary>New terms for the loan.</summary>
/// <param name="Kind">Deferral, extension or renewal.</param>
/// <param name="Measures">Under which measures, automatic ones (免申即享) included; none where the lender gives it on its own terms.</param>
/// <param name="LeftOut">Automatic measures that apply and do not go together with the rest.</param>
/// <param name="Changes">What changes.</param>
/// <param name="NewMaturity">The maturity that results.</param>
/// <param name="NewRate">The rate that results.</param>
/// <param name="Relief">What the borrower saves.</param>
/// <param name="Beyond">"In principle" (原则上) limits that it goes beyond: an approver has to give a reason.</param>
/// <param name="Classification">What becomes of the category (五级分类).</param>
/// <param name="Level">The lowest level that may approve it.</param>
/// <param name="Provisional">True when a payment falls in a year whose holidays are not published, so that its day and its interest may change.</param>
public sealed record ProposalView(
    IntentKind Kind,
    IReadOnlyList<QuotedMeasure> Measures,
    IReadOnlyList<LeftOutView> LeftOut,
    IReadOnlyList<LoanChange> Changes,
    DateOnly NewMaturity,
    Rate NewRate,
    ReliefTotals Relief,
    IReadOnlyList<ErrorView> Beyond,
    ClassificationView Classification,
    ApprovalLevel Level,
    bool Provisional)
{
    internal static ProposalView Of(ProposedTerms terms, PolicyQuotes quotes) => new(
        terms.Kind,
        [.. terms.Measures.Select(quotes.Of)],
        [.. terms.LeftOut.Select(each => new LeftOutView(quotes.Of(each.Measure), [.. each.Reasons.Select(refusal => ErrorView.Of(refusal, quotes.Texts))]))],
        terms.Changes,
        terms.NewMaturity,
        terms.NewRate,
        terms.Relief,
        [.. terms.Beyond.Select(refusal => ErrorView.Of(refusal, quotes.Texts))],
        ClassificationView.Of(terms.Classification, quotes),
        terms.Level,
        terms.Provisional);
}

/// <param name="Measure">An automatic measure.</param>
/// <param name="Reasons">Why it does not go together with what was asked for.</param>
public sealed record LeftOutView(QuotedMeasure Measure, IReadOnlyList<ErrorView> Reasons);

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
