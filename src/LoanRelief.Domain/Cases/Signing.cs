using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>The contract is signed before the old maturity (金规〔2024〕13号, 贷款通则 §12).</summary>
internal static class Signing
{
    /// <summary>The last day on which relief can be asked for and signed.</summary>
    public static DateOnly LastDayOf(CaseState state) => state.Policy.Signature.LastDayOf(state.Loan);

    /// <summary>The last day stays what it is; a signature that was in time may be reported a few days later.</summary>
    public static void Request(Step step)
    {
        var reportBy = BeijingTime.EndOf(LastDayOf(step.Case).AddDays(step.Case.Policy.Signature.ReportGraceDays));
        step.Move(TaskKind.LastDay, reportBy);
        step.Open(TaskKind.Sign, Assignee.AccountManager, NextChase(step));
        step.Ask(EffectKinds.SignatureRequested, new()
        {
            For = Assignee.AccountManager,
            Deadline = BeijingTime.EndOf(LastDayOf(step.Case)),
            Proposal = step.Case.Proposal,
        });
    }

    /// <summary>A contract with a borrower who was on an exclusion list by the day of the signature is kept in the history and never booked.</summary>
    public static void Record(Step step, SignatureFact fact)
    {
        var lastDay = LastDayOf(step.Case);
        if (!step.Require(!string.IsNullOrWhiteSpace(fact.ContractNumber), "contract-number-needed", "contractNumber")
            || !step.Require(fact.SignedOn <= step.Context.Today, "in-the-future", "signedOn")
            || !step.Require(fact.SignedOn >= BeijingTime.DateOf(step.Case.StageSince), "signed-before-approval", "signedOn"))
            return;
        if (fact.SignedOn > lastDay)
        {
            step.Refuse(new Refusal("signed-too-late", "signedOn").With("seen", fact.SignedOn).With("lastDay", lastDay));
            return;
        }

        step.Raise(new ContractSigned(fact.ContractNumber, fact.SignedOn));
        if (Examining.ScreenedOut(step))
            return;
        step.Finish(TaskKind.LastDay);
        step.Enter(Stage.Booking);
    }

    public static void Remind(Step step)
    {
        var policy = step.Case.Policy.Signature.Chase;
        var chases = step.Chase(TaskKind.Sign, NextChase(step));
        step.Ask(EffectKinds.SignatureReminder,
            Reminding.Details(step, Assignee.AccountManager, chases, policy) with { Deadline = BeijingTime.EndOf(LastDayOf(step.Case)) });
    }

    private static DueTime NextChase(Step step) => step.AfterWorkingDays(step.Case.Policy.Signature.Chase.WorkingDays);
}
