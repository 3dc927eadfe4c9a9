using static LoanRelief.Domain.Cases.Stage;
using static LoanRelief.Domain.Cases.TaskKind;

namespace LoanRelief.Domain.Cases;

/// <summary>The whole process of a case, top to bottom. A fact that no line here takes is not accepted.</summary>
/// <remarks>
/// <c>On</c>: a fact that somebody reports. <c>EvenOnHold</c>: the same, taken during a hold too, because it has
/// happened and must not be lost. <c>When</c>: a task came due and was not done. <c>OnEntry</c>: at once.
/// The stages at the end of a line are those that it may lead to; the diagram in the docs is made from them.
/// </remarks>
public static class CaseProcess
{
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        // 1. Contact: speak with the borrower at least a month before maturity, and keep the evidence.
        In(Contact).OnEntry(Contacting.Begin),
        In(Contact).EvenOnHold<ContactFact>(Contacting.Record, Intent),
        In(Contact).When(ContactBorrower, Contacting.Remind),
        In(Contact).When(ContactDeadline, Contacting.RecordBreach),

        // 2. Intent: repay, defer, extend, renew, or nothing.
        In(Intent).OnEntry(Answering.Ask),
        In(Intent).On<IntentFact>(Answering.Declare, Screening, Repayment, Closed),
        In(Intent).When(DeclareIntent, Answering.Remind),

        // 3. Screening: exclusion lists, the conditions of the measure, documents.
        In(Screening).OnEntry(Examining.Screen, Proposal, Intent, Closed),
        In(Screening).EvenOnHold<DocumentsFact>(Examining.ReceiveDocuments, Proposal, Closed),
        In(Proposal, Approval, SecondReview, Guarantee, Signature, Booking, FollowUp)
            .EvenOnHold<DocumentsFact>(Examining.ReceiveDocuments),
        In(Screening, Proposal, Approval, SecondReview, Guarantee, Signature, Booking, FollowUp)
            .When(ProvideDocuments, Examining.ChaseDocuments),

        // 4. Proposal: the new terms and what the borrower saves.
        In(Proposal).OnEntry(Proposing.Propose, Approval, Intent),

        // 5. Approval: by the level that the amount needs, never by who prepared it.
        In(Approval).OnEntry(Approving.Request),
        In(Approval).On<ApprovalFact>(Approving.Decide, Guarantee, Signature, Intent, SecondReview, Closed),
        In(Approval).When(TaskKind.Decide, Approving.Escalate),

        // 5a. Second review of a refusal, by somebody else again.
        In(SecondReview).OnEntry(Approving.RequestReview),
        In(SecondReview).On<ApprovalFact>(Approving.Review, Guarantee, Signature, Closed),
        In(SecondReview).When(TaskKind.Review, Approving.EscalateReview),

        // 6. Guarantors, mortgagors and pledgors consent in writing.
        In(Guarantee).OnEntry(Consenting.Request),
        In(Guarantee).EvenOnHold<GuarantorConsentFact>(Consenting.Record, Signature, Closed),
        In(Guarantee).When(GiveConsent, Consenting.Remind),

        // 7. Signature, before the old maturity.
        In(Signature).OnEntry(Signing.Request),
        In(Signature).On<SignatureFact>(Signing.Record, Booking, Closed),
        In(Signature).When(Sign, Signing.Remind),

        // 8. Booking: the core system is instructed, answers, is asked again, or undoes what it did.
        In(Booking).OnEntry(CoreBooking.Instruct),
        In(Booking).EvenOnHold<BookingFact>(CoreBooking.Answer, FollowUp, Closed),
        In(Booking).When(AnswerBooking, CoreBooking.ChaseAnswer),
        In(Booking).When(RetryBooking, CoreBooking.InstructAgain),
        In(Booking).When(AnswerReversal, CoreBooking.ChaseReversal),

        // 9. Follow-up, then the case closes.
        In(FollowUp).OnEntry(FollowingUp.Plan),
        In(FollowUp).When(LookAgain, FollowingUp.LookAgain, Closed),

        // The borrower will repay: the core system reports it, the borrower thinks again, or time runs out.
        In(Repayment).OnEntry(Repaying.Await),
        In(Repayment).EvenOnHold<BookingFact>(Repaying.Record, Closed),
        In(Repayment).On<IntentFact>(Answering.Declare, Screening, Closed),
        In(Repayment).When(AwaitRepayment, Repaying.GiveUp, Closed),

        // At any point where it makes sense.
        In(Contact, Intent, Screening, Proposal, Approval, SecondReview, Guarantee, Signature)
            .When(LastDay, Pausing.RunOutOfTime, Closed),
        In(Contact, Intent, Screening, Proposal, Approval, SecondReview, Guarantee, Signature, Repayment)
            .EvenOnHold<WithdrawalFact>(Pausing.Withdraw, Closed),
        In(Booking).EvenOnHold<WithdrawalFact>(CoreBooking.Withdraw),
        In(Open).EvenOnHold<LoanFact>(Pausing.UpdateLoan, Closed),
        In(Open).On<HoldFact>(Pausing.Hold),
        In(Open).EvenOnHold<ReleaseFact>(Pausing.Release),
        In(Open).When(HoldEnd, Pausing.EndHold),
    ];

    private static Stage[] Open => [.. Enum.GetValues<Stage>().Where(stage => stage != Closed)];

    internal static Rule? For(Stage stage, Type fact) => Rules.FirstOrDefault(rule => rule.Fact == fact && rule.Stages.Contains(stage));

    internal static Rule For(Stage stage, TaskKind due) =>
        Rules.FirstOrDefault(rule => rule.Due == due && rule.Stages.Contains(stage))
        ?? throw new InvalidOperationException($"No line of the process takes {due} in stage {stage}.");

    internal static Rule? OnEntry(Stage stage) => Rules.FirstOrDefault(rule => rule.IsOnEntry && rule.Stages.Contains(stage));

    private static Where In(params Stage[] stages) => new(stages);
}
