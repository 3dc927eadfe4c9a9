using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>Exclusion lists, the conditions of the measure, and the documents.</summary>
internal static class Examining
{
    public static void Screen(Step step)
    {
        if (ScreenedOut(step))
            return;

        var screened = Result(step);
        step.Raise(screened);
        if (screened.Result.Unmet is { Count: > 0 } unmet)
        {
            step.Ask(EffectKinds.ScreeningFailed, new() { For = Assignee.AccountManager, Unmet = unmet });
            step.Enter(Stage.Intent);
            return;
        }

        if (step.Case.MissingDocuments is { Count: > 0 } missing)
        {
            step.Ask(EffectKinds.DocumentsRequested, new() { For = Assignee.Borrower, Documents = missing });
            if (step.Case.Task(TaskKind.ProvideDocuments) is null)
                step.Open(TaskKind.ProvideDocuments, Assignee.Borrower, NextChase(step));
        }

        GoOnWhenComplete(step);
    }

    public static void ReceiveDocuments(Step step, DocumentsFact fact)
    {
        var policy = step.Case.Policy.Screening;
        var known = policy.RequiredDocuments.Values.SelectMany(codes => codes).ToHashSet();
        if (!step.Require(fact.Received.Count > 0, "documents-none", "received"))
            return;
        foreach (var (code, index) in fact.Received.Select((code, index) => (code, index)).Where(each => !known.Contains(each.code)))
            step.Refuse(new Refusal("document-unknown", $"received[{index}]").With("seen", code).With("known", string.Join(", ", known.Order())));
        if (step.Refusals.Count > 0)
            return;
        step.Raise(new DocumentsReceived(fact.Received));
        if (step.Case.MissingDocuments.Count == 0)
            step.Finish(TaskKind.ProvideDocuments);
        if (step.Case.Stage == Stage.Screening && !ScreenedOut(step))
            GoOnWhenComplete(step);
    }

    public static void ChaseDocuments(Step step)
    {
        var chases = step.Chase(TaskKind.ProvideDocuments, NextChase(step));
        step.Ask(EffectKinds.DocumentsReminder,
            Reminding.Details(step, Assignee.Borrower, chases, step.Case.Policy.Screening.Chase) with { Documents = step.Case.MissingDocuments });
    }

    /// <summary>The day for which lists from outside are looked at before a fact is taken; null for a fact with which nothing is given or asked for.</summary>
    /// <remarks>
    /// The request, the documents on which the proposal waits, the approval, the contract: until that is signed, nobody who is
    /// listed meanwhile gets relief. Who was listed after the day of the signature has it.
    /// </remarks>
    public static DateOnly? ListsWanted(CaseState state, Fact fact, DateOnly today) => fact switch
    {
        IntentFact or ApprovalFact { Decision: ApprovalDecision.Approve } => today,
        DocumentsFact when state.Stage == Stage.Screening => today,
        SignatureFact signature when signature.SignedOn <= today => signature.SignedOn,
        _ => null,
    };

    /// <summary>Closes the case of a borrower on an exclusion list: as the institution's book has it, or as a list from outside says, which is kept with its source.</summary>
    /// <returns>Whether it did.</returns>
    public static bool ScreenedOut(Step step)
    {
        var listed = step.Context.Listed;
        if (listed.Count > 0)
            step.Raise(new FoundListed(listed));
        var kinds = step.Case.Loan.Borrower.Exclusions.Concat(listed.Select(entry => entry.Kind)).Order().ToList();
        if (kinds.Count == 0)
            return false;
        step.Close(Outcome.Excluded, kinds[0] switch
        {
            ExclusionList.Zombie => ReasonCodes.ListedZombie,
            ExclusionList.Shell => ReasonCodes.ListedShell,
            _ => ReasonCodes.ListedDishonest,
        });
        return true;
    }

    /// <summary>Documents that may follow later (容缺) do not hold the case up; their chase timer runs on.</summary>
    private static void GoOnWhenComplete(Step step)
    {
        if (!step.Case.MissingDocuments.Except(step.Case.Policy.Screening.MayFollowLater).Any())
            step.Enter(Stage.Proposal);
    }

    private static DueTime NextChase(Step step) => step.AfterWorkingDays(step.Case.Policy.Screening.Chase.WorkingDays);

    private static Screened Result(Step step) => (Kind: step.Case.Intent!.Kind, Proposing.Decide(step)) switch
    {
        (var kind, Grant.Given given) => new(new(kind, given.Terms.Measures, []), given.Checked),
        (var kind, Grant.NotMet unmet) => new(new(kind, [], unmet.Reasons), unmet.Checked),
        _ => throw new InvalidOperationException("What can not be worked out was refused when it was asked for."),
    };
}
