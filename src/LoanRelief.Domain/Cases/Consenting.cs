using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>Guarantors, mortgagors and pledgors consent in writing (贷款通则 §12).</summary>
internal static class Consenting
{
    public static void Request(Step step)
    {
        step.Open(TaskKind.GiveConsent, Assignee.Guarantor, NextChase(step));
        foreach (var guarantor in step.Case.ConsentsWanted)
            step.Ask(EffectKinds.ConsentRequested, Details(step, guarantor));
    }

    public static void Record(Step step, GuarantorConsentFact fact)
    {
        if (step.Case.Loan.Guarantors.All(guarantor => guarantor.Reference != fact.Guarantor))
        {
            step.Refuse(new Refusal("guarantor-unknown", "guarantor").With("known", string.Join(", ", step.Case.Loan.Guarantors.Select(each => each.Reference))));
            return;
        }

        if (!step.Require(!step.Case.Consented.Contains(fact.Guarantor), "guarantor-answered-already", "guarantor")
            || !step.Require(!fact.Consents || !string.IsNullOrWhiteSpace(fact.Evidence), "consent-in-writing", "evidence"))
            return;
        step.Raise(new GuarantorAnswered(fact.Guarantor, fact.Consents, fact.Evidence));
        if (!fact.Consents)
            step.Close(Outcome.Refused, ReasonCodes.GuarantorRefused);
        else if (!step.Case.ConsentsWanted.Any())
            step.Enter(Stage.Signature);
    }

    public static void Remind(Step step)
    {
        var chases = step.Chase(TaskKind.GiveConsent, NextChase(step));
        foreach (var guarantor in step.Case.ConsentsWanted)
            step.Ask(EffectKinds.ConsentReminder, Reminding.Details(step, Assignee.Guarantor, chases, step.Case.Policy.Guarantee) with { Guarantor = guarantor });
    }

    private static DueTime NextChase(Step step) => step.AfterWorkingDays(step.Case.Policy.Guarantee.WorkingDays);

    private static EffectDetails Details(Step step, string guarantor) => new()
    {
        For = Assignee.Guarantor,
        Guarantor = guarantor,
        Deadline = step.Case.Task(TaskKind.LastDay)?.DueAt,
        Proposal = step.Case.Proposal,
    };
}
