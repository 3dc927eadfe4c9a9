using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>The new terms, what the borrower saves by them, and which "in principle" limits they go beyond.</summary>
internal static class Proposing
{
    public static void Propose(Step step)
    {
        switch (WorkOut(step, step.Case.Intent!))
        {
            case ReliefResult.Worked { Preview: var preview }:
                step.Raise(new ProposalMade(Terms(step.Case, preview)));
                step.Enter(Stage.Approval);
                break;
            case ReliefResult.Refused { Reasons: var reasons }:
                // The terms were possible when they were asked for; while documents were missing, time or the loan moved on.
                step.Ask(EffectKinds.ScreeningFailed, new() { For = Assignee.AccountManager, Unmet = reasons });
                step.Enter(Stage.Intent);
                break;
        }
    }

    /// <summary>Why the terms asked for can not be; nothing if they can.</summary>
    public static IReadOnlyList<Refusal> WhyNot(Step step, IntentFact fact)
    {
        var measure = fact.Kind;
        if (fact.Changes is { Count: > 0 } changes && !changes.Any(change => Fits(measure, change)))
            return [new Refusal("changes-without-measure", "changes").With("measure", measure)];
        // The calculator takes it for what it is, no change; as a measure it would count as relief.
        if (fact.Changes?.FirstOrDefault(change => change is Deferral { Months: 0 }) is { } nothing)
            return [new Refusal("nothing-to-defer", $"changes[{fact.Changes.ToList().IndexOf(nothing)}].months")];
        return WorkOut(step, fact) is ReliefResult.Refused { Reasons: var reasons } ? reasons : [];
    }

    private static ReliefResult WorkOut(Step step, IntentFact intent)
    {
        var changes = intent.Changes is { Count: > 0 } asked ? asked : [Usual(step.Case, intent.Kind)];
        return ReliefCalculator.Preview(step.Case.Loan, step.Context.Today, changes, step.Context.Calendar, step.Case.Policy.Screening.ExtensionCap);
    }

    private static ProposedTerms Terms(CaseState state, ReliefPreview preview) => new(
        state.Intent!.Kind,
        preview.Changes,
        preview.NewMaturity,
        preview.NewRate,
        preview.Relief.Totals,
        Beyond(state, preview),
        state.Policy.Approval.LevelFor(state.Loan.Outstanding));

    private static List<Refusal> Beyond(CaseState state, ReliefPreview preview) =>
        state.Intent!.Kind == IntentKind.Defer && state.Policy.Terms.DeferralLatest is { } latest && preview.LastDueDate > latest
            ? [new Refusal("deferral-latest").With("limit", latest.ToString("O", null)).With("seen", preview.LastDueDate.ToString("O", null))]
            : [];

    private static bool Fits(IntentKind measure, LoanChange change) => measure switch
    {
        IntentKind.Renew => change is Renewal,
        IntentKind.Extend => change is Extension,
        _ => change is Deferral,
    };

    /// <summary>What the policy proposes when no terms are asked for: a renewal for as long as the old loan ran.</summary>
    private static LoanChange Usual(CaseState state, IntentKind measure) => measure switch
    {
        IntentKind.Renew => new Renewal(AsLongAgain(state.Loan)),
        IntentKind.Extend => new Extension(state.Loan.Maturity.AddMonths(state.Policy.Terms.ExtensionMonths)),
        _ => new Deferral(state.Policy.Terms.DeferralMonths),
    };

    private static DateOnly AsLongAgain(Loan loan)
    {
        var months = (loan.Maturity.Year - loan.DrawnOn.Year) * 12 + loan.Maturity.Month - loan.DrawnOn.Month;
        return months > 0 ? loan.Maturity.AddMonths(months) : loan.Maturity.AddDays(loan.Maturity.DayNumber - loan.DrawnOn.DayNumber);
    }
}
