using LoanRelief.Domain.Policies;

namespace LoanRelief.Domain.Cases;

/// <summary>The new terms, what the borrower saves by them, and which "in principle" limits they go beyond.</summary>
internal static class Proposing
{
    public static void Propose(Step step)
    {
        // While documents were missing, time or the loan may have moved on, so it is decided again.
        var grant = Decide(step);
        if (grant is Grant.Given { Terms: var terms })
        {
            step.Raise(new ProposalMade(Proposed(step.Case, terms), terms.Preview.After));
            step.Enter(Stage.Approval);
            return;
        }

        step.Ask(EffectKinds.ScreeningFailed, new() { For = Assignee.AccountManager, Unmet = grant.Against });
        step.Enter(Stage.Intent);
    }

    /// <summary>
    /// Other holidays became known, for the first time or by a correction: a proposal is worked out again, for the day for
    /// which it was made, as long as nobody has decided on it. What somebody has decided on stays as it was decided on.
    /// </summary>
    public static void WorkOutAgain(Step step)
    {
        if (step.Case is not { Stage: Stage.Approval, Decision: null, Proposal: { } before }
            || Decide(step, step.Case.Intent!, step.Case.AskedOn!.Value, before.AsOf) is not Grant.Given { Terms: var terms })
            return;
        var after = Proposed(step.Case, terms);
        var changed = (after.Payments, after.Relief) != (before.Payments, before.Relief);
        if (!changed && after.Provisional == before.Provisional)
            return;
        step.Raise(new ProposalMade(after, terms.Preview.After));
        if (changed)
            Approving.AskAgain(step);
    }

    /// <summary>What the policies of the case say to what the borrower has asked for.</summary>
    public static Grant Decide(Step step) => Decide(step, step.Case.Intent!, step.Case.AskedOn!.Value);

    /// <param name="askedOn">The day against which the conditions are held; terms are worked out for today.</param>
    public static Grant Decide(Step step, IntentFact intent, DateOnly askedOn) => Decide(step, intent, askedOn, step.Context.Today);

    private static Grant Decide(Step step, IntentFact intent, DateOnly askedOn, DateOnly on)
    {
        var (state, context) = (step.Case, step.Context);
        var facts = new LoanFacts(state.Loan, askedOn, Signing.LastDayOf(state)) { Lender = state.Lender, Attested = intent.Attested ?? [] };
        return new Granting(PolicyPacks.InForce(step.Packs, askedOn), facts, on, state.Policy.Terms, context.Calendar)
            .Decide(new(intent.Kind, intent.Measures ?? [], intent.Changes ?? []));
    }

    private static ProposedTerms Proposed(CaseState state, GrantedTerms terms) => new(
        state.Intent!.Kind,
        terms.Measures,
        terms.LeftOut,
        terms.Preview.Changes,
        terms.Preview.NewMaturity,
        terms.Preview.NewRate,
        terms.Preview.Relief.Totals,
        terms.Beyond,
        terms.Classification,
        state.Policy.Approval.LevelFor(state.Loan.Outstanding))
    {
        AsOf = terms.Preview.AsOf,
        Payments = terms.Preview.After.Fingerprint(),
        Provisional = terms.Preview.Provisional,
    };
}
