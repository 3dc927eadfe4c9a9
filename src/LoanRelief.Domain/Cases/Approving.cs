using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>Approval by the level that the amount needs, and a second review of a refusal. Who prepares never approves.</summary>
internal static class Approving
{
    public static void Request(Step step)
    {
        step.Open(TaskKind.Decide, Assignee.Approver, step.AfterWorkingDays(Policy(step).WorkingDays));
        AskAgain(step);
    }

    /// <summary>The approver is to look at the proposal as it is now.</summary>
    public static void AskAgain(Step step) => step.Ask(EffectKinds.ApprovalRequested, Details(step, step.Case.Proposal!.Level));

    public static void Decide(Step step, ApprovalFact fact)
    {
        if (!MayDecide(step, fact) || MayNotHave(step, fact))
            return;
        step.Raise(new Decided(fact, step.Context.By));
        switch (fact.Decision)
        {
            case ApprovalDecision.Approve:
                GoOn(step);
                break;
            case ApprovalDecision.Return:
                step.Ask(EffectKinds.ApprovalReturned, new() { For = Assignee.AccountManager, Reason = fact.Reason });
                step.Enter(Stage.Intent);
                break;
            default:
                step.Enter(Stage.SecondReview);
                break;
        }
    }

    public static void Escalate(Step step) => Escalate(step, TaskKind.Decide, EffectKinds.ApprovalEscalated, Policy(step).WorkingDays);

    public static void RequestReview(Step step)
    {
        step.Open(TaskKind.Review, Assignee.Approver, step.AfterWorkingDays(Policy(step).ReviewWorkingDays));
        step.Ask(EffectKinds.ReviewRequested, Details(step, step.Case.Proposal!.Level) with { Reason = step.Case.Decision!.Reason });
    }

    public static void Review(Step step, ApprovalFact fact)
    {
        if (!step.Require(fact.Decision != ApprovalDecision.Return, "review-can-not-return", "decision") || !MayDecide(step, fact) || MayNotHave(step, fact))
            return;
        step.Raise(new Decided(fact, step.Context.By));
        if (fact.Decision == ApprovalDecision.Approve)
            GoOn(step);
        else
            step.Close(Outcome.Refused, ReasonCodes.RefusedTwice, fact.Reason);
    }

    public static void EscalateReview(Step step) => Escalate(step, TaskKind.Review, EffectKinds.ReviewEscalated, Policy(step).ReviewWorkingDays);

    private static void GoOn(Step step) => step.Enter(step.Case.Loan.Guarantors.Count > 0 ? Stage.Guarantee : Stage.Signature);

    /// <summary>Nobody approves relief for a borrower who has come on an exclusion list meanwhile: the case closes instead.</summary>
    private static bool MayNotHave(Step step, ApprovalFact fact) => fact.Decision == ApprovalDecision.Approve && Examining.ScreenedOut(step);

    private static bool MayDecide(Step step, ApprovalFact fact)
    {
        var (state, by) = (step.Case, step.Context.By);
        step.Require(!Same(by, state.PreparedBy!), "preparer-may-not-approve", "by");
        step.Require(!state.DecidedBy.Any(earlier => Same(earlier, by)), "reviewer-decided-before", "by");
        if (fact.Level < state.Proposal!.Level)
            step.Refuse(new Refusal("level-too-low", "level").With("seen", fact.Level).With("wanted", state.Proposal.Level));
        step.Require(fact.Decision == ApprovalDecision.Approve || !string.IsNullOrWhiteSpace(fact.Reason), "reason-needed", "reason");
        if (fact.Decision == ApprovalDecision.Approve && state.Proposal.Beyond.Count > 0 && string.IsNullOrWhiteSpace(fact.OverrideReason))
            step.Refuse(new Refusal("override-reason-needed", "overrideReason").With("beyond", string.Join(", ", state.Proposal.Beyond.Select(limit => limit.Code))));
        return step.Refusals.Count == 0;
    }

    /// <summary>Each time that the time limit goes by, the request goes one level higher.</summary>
    private static void Escalate(Step step, TaskKind task, string effect, int workingDays)
    {
        var chases = step.Chase(task, step.AfterWorkingDays(workingDays));
        var level = (ApprovalLevel)Math.Min((int)step.Case.Proposal!.Level + chases, (int)ApprovalLevel.CreditCommittee);
        step.Ask(effect, Details(step, level) with { Reminder = chases, Escalated = true });
    }

    private static EffectDetails Details(Step step, ApprovalLevel level) => new()
    {
        For = Assignee.Approver,
        Level = level,
        Deadline = step.Case.Task(TaskKind.LastDay)?.DueAt,
        Proposal = step.Case.Proposal,
    };

    private static ApprovalPolicy Policy(Step step) => step.Case.Policy.Approval;

    private static bool Same(string a, string b) => string.Equals(a.Trim(), b.Trim(), StringComparison.OrdinalIgnoreCase);
}
