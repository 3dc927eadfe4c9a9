using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>What the borrower wants: to repay, a deferral, an extension, a renewal, or nothing.</summary>
internal static class Answering
{
    public static void Ask(Step step)
    {
        step.Open(TaskKind.DeclareIntent, Assignee.Borrower, step.AfterWorkingDays(step.Case.Policy.Intent.WorkingDays));
        step.Ask(EffectKinds.IntentRequested, new() { For = Assignee.Borrower, Deadline = step.Case.Task(TaskKind.LastDay)?.DueAt });
    }

    public static void Declare(Step step, IntentFact fact)
    {
        if (step.Case.Stage == Stage.Repayment && !step.Require(fact.Kind != IntentKind.Repay, "repayment-announced", "kind"))
            return;
        if (IsRelief(fact.Kind) ? !MayAsk(step, fact) : !AsksForNothing(step, fact))
            return;

        step.Raise(new IntentDeclared(fact, step.Context.By));
        switch (fact.Kind)
        {
            case IntentKind.Repay:
                step.Enter(Stage.Repayment);
                break;
            case IntentKind.None:
                step.Close(Outcome.Declined, ReasonCodes.BorrowerDeclined);
                break;
            default:
                if (step.Case.Task(TaskKind.LastDay) is null)
                    step.Open(TaskKind.LastDay, Assignee.Clock, BeijingTime.EndOf(Signing.LastDayOf(step.Case)));
                step.Enter(Stage.Screening);
                break;
        }
    }

    public static void Remind(Step step)
    {
        var policy = step.Case.Policy.Intent;
        var chases = step.Chase(TaskKind.DeclareIntent, step.AfterWorkingDays(policy.WorkingDays));
        step.Ask(EffectKinds.IntentReminder, Reminding.Details(step, Assignee.Borrower, chases, policy));
    }

    private static bool IsRelief(IntentKind kind) => kind is IntentKind.Defer or IntentKind.Extend or IntentKind.Renew;

    /// <summary>Asked for before maturity, and in a way that can be worked out. Conditions that are not met are for the screening to say.</summary>
    private static bool MayAsk(Step step, IntentFact fact)
    {
        var lastDay = Signing.LastDayOf(step.Case);
        if (step.Context.Today > lastDay)
        {
            step.Refuse(new Refusal("asked-too-late", "kind").With("lastDay", lastDay));
            return false;
        }

        if (Proposing.Decide(step, fact, step.Context.Today) is Grant.Impossible { Reasons: var reasons })
        {
            foreach (var reason in reasons)
                step.Refuse(reason);
        }

        return step.Refusals.Count == 0;
    }

    private static bool AsksForNothing(Step step, IntentFact fact) =>
        step.Require(fact.Changes is not { Count: > 0 }, "changes-without-measure", "changes")
        && step.Require(fact.Measures is not { Count: > 0 }, "changes-without-measure", "measures");
}
