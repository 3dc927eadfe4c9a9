using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>Exclusion lists, the conditions of the measure, and the documents.</summary>
internal static class Examining
{
    public static void Screen(Step step)
    {
        if (ExclusionReason(step.Case.Loan.Borrower) is { } listed)
        {
            step.Close(Outcome.Excluded, listed);
            return;
        }

        var result = Result(step.Case);
        step.Raise(new Screened(result));
        if (result.Unmet.Count > 0)
        {
            step.Ask(EffectKinds.ScreeningFailed, new() { For = Assignee.AccountManager, Unmet = result.Unmet });
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
        if (step.Case.Stage == Stage.Screening)
            GoOnWhenComplete(step);
    }

    public static void ChaseDocuments(Step step)
    {
        var chases = step.Chase(TaskKind.ProvideDocuments, NextChase(step));
        step.Ask(EffectKinds.DocumentsReminder,
            Reminding.Details(step, Assignee.Borrower, chases, step.Case.Policy.Screening.Chase) with { Documents = step.Case.MissingDocuments });
    }

    public static string? ExclusionReason(Borrower borrower) => borrower.Exclusions.Order().Cast<ExclusionList?>().FirstOrDefault() switch
    {
        ExclusionList.Zombie => ReasonCodes.ListedZombie,
        ExclusionList.Shell => ReasonCodes.ListedShell,
        ExclusionList.Dishonest => ReasonCodes.ListedDishonest,
        _ => null,
    };

    /// <summary>Documents that may follow later (容缺) do not hold the case up; their chase timer runs on.</summary>
    private static void GoOnWhenComplete(Step step)
    {
        if (!step.Case.MissingDocuments.Except(step.Case.Policy.Screening.MayFollowLater).Any())
            step.Enter(Stage.Proposal);
    }

    private static DateTimeOffset NextChase(Step step) => step.AfterWorkingDays(step.Case.Policy.Screening.Chase.WorkingDays);

    private static ScreeningResult Result(CaseState state)
    {
        var measure = state.Intent!.Kind;
        var unmet = measure == IntentKind.Renew ? RenewalConditions(state).ToList() : [];
        var againstNormal = AgainstNormal(state.Loan).ToList();
        return new(measure, unmet, againstNormal.Count == 0, againstNormal);
    }

    /// <summary>金规〔2024〕13号: working-capital loans of small and micro firms, business loans of owners, self-employed and farmers; medium firms for a time.</summary>
    private static IEnumerable<Refusal> RenewalConditions(CaseState state)
    {
        var (loan, policy) = (state.Loan, state.Policy.Screening);
        if (!policy.RenewalProducts.Contains(loan.Product))
            yield return new Refusal("renewal-product", "product").With("seen", loan.Product);
        if (loan.Borrower.Kind == BorrowerKind.MediumFirm)
        {
            if (loan.Maturity > policy.MediumFirmsMaturingUpTo)
                yield return new Refusal("renewal-medium-firm-until", "maturity").With("limit", policy.MediumFirmsMaturingUpTo.ToString("O", null));
        }
        else if (!policy.RenewalBorrowers.Contains(loan.Borrower.Kind))
        {
            yield return new Refusal("renewal-borrower", "borrower.kind").With("seen", loan.Borrower.Kind);
        }
    }

    /// <summary>金规〔2024〕13号: when all of these hold, the renewed loan may (可以) be classified 正常.</summary>
    private static IEnumerable<Refusal> AgainstNormal(Loan loan)
    {
        if (loan.Class != LoanClass.Normal)
            yield return new Refusal("class-not-normal", "class").With("seen", loan.Class);
        if (loan.InterestArrears.IsPositive)
            yield return new Refusal("interest-arrears", "interestArrears").With("seen", loan.InterestArrears);
        var standing = loan.Borrower.Standing;
        if (!standing.OperatesLawfully)
            yield return new Refusal("operation-not-lawful", "borrower.standing.operatesLawfully");
        if (!standing.HasOngoingBusiness)
            yield return new Refusal("no-ongoing-business", "borrower.standing.hasOngoingBusiness");
        if (!standing.HasGoodCredit)
            yield return new Refusal("credit-not-good", "borrower.standing.hasGoodCredit");
        if (!standing.MeetsLendingStandard)
            yield return new Refusal("lending-standard-not-met", "borrower.standing.meetsLendingStandard");
    }
}
