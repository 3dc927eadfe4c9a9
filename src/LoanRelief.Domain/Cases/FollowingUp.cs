using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>A look at the borrower some time after the relief; the case stays open until every document is in.</summary>
internal static class FollowingUp
{
    public static void Plan(Step step) =>
        step.Open(TaskKind.LookAgain, Assignee.AccountManager, Step.MorningOf(step.Context.Today.AddDays(step.Case.Policy.FollowUp.Days)));

    public static void LookAgain(Step step)
    {
        var missing = step.Case.MissingDocuments;
        var chases = step.Chase(TaskKind.LookAgain, step.AfterWorkingDays(step.Case.Policy.Screening.Chase.WorkingDays));
        step.Ask(EffectKinds.FollowUpDue, new()
        {
            For = Assignee.AccountManager,
            Documents = missing.Count > 0 ? missing : null,
            Reminder = chases,
            Escalated = missing.Count > 0 ? true : null,
        });
        if (missing.Count == 0)
            step.Close(OutcomeOf(step.Case.Proposal!.Kind), ReasonCodes.RelievedAsAgreed);
    }

    private static Outcome OutcomeOf(IntentKind measure) => measure switch
    {
        IntentKind.Renew => Outcome.Renewed,
        IntentKind.Extend => Outcome.Extended,
        _ => Outcome.Deferred,
    };
}

/// <summary>The borrower said that the loan will be repaid.</summary>
internal static class Repaying
{
    public static void Await(Step step)
    {
        step.Finish(TaskKind.LastDay);
        step.Finish(TaskKind.ProvideDocuments);
        step.Open(TaskKind.AwaitRepayment, Assignee.Borrower, PayBy(step));
    }

    /// <summary>The end of the day of payment, a maturity on a day off being paid on the next working day, and some days of grace.</summary>
    public static DueTime PayBy(Step step)
    {
        var day = step.Context.Calendar.NextWorkingDayOnOrAfter(step.Case.Loan.Maturity);
        return new(BeijingTime.EndOf(day.Date.AddDays(step.Case.Policy.FollowUp.RepaymentGraceDays)), day.Provisional);
    }

    public static void Record(Step step, BookingFact fact)
    {
        if (!step.Require(fact.Result == BookingResult.Confirmed, "repayment-is-confirmed", "result")
            || !step.Require(!string.IsNullOrWhiteSpace(fact.Reference), "reference-needed", "reference"))
            return;
        step.Raise(new BookingAnswered(fact));
        step.Close(Outcome.Repaid, ReasonCodes.RepaidAsAnnounced);
    }

    public static void GiveUp(Step step) => step.Close(Outcome.Unpaid, ReasonCodes.NotRepaid);
}
