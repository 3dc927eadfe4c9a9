namespace LoanRelief.Domain.Cases;

/// <summary>The core system is instructed; it confirms, or fails and is instructed again, or undoes what it did (冲正).</summary>
internal static class CoreBooking
{
    public static void Instruct(Step step)
    {
        var attempt = step.Case.BookingAttempts + 1;
        step.Raise(new BookingInstructed(attempt));
        step.Open(TaskKind.AnswerBooking, Assignee.CoreSystem, AnswerBy(step));
        step.Ask(EffectKinds.BookingInstructed, new()
        {
            For = Assignee.CoreSystem,
            Attempt = attempt,
            ContractNumber = step.Case.ContractNumber,
            Proposal = step.Case.Proposal,
        });
    }

    public static void Answer(Step step, BookingFact fact)
    {
        var reversing = step.Case.Reversal is not null;
        if (!step.Require(fact.Result != BookingResult.Confirmed || !reversing, "reversal-under-way", "result")
            || !step.Require(fact.Result != BookingResult.Reversed || reversing, "no-reversal-asked", "result")
            || !step.Require(fact.Result == BookingResult.Failed || !string.IsNullOrWhiteSpace(fact.Reference), "reference-needed", "reference")
            || !step.Require(fact.Result != BookingResult.Failed || !string.IsNullOrWhiteSpace(fact.Reason), "reason-needed", "reason"))
            return;
        var renewed = fact.Result == BookingResult.Confirmed && step.Case.Proposal!.Kind == IntentKind.Renew;
        if (!step.Require(!renewed || fact.NewLoanNumber is not null, "new-loan-number-needed", "newLoanNumber")
            || !step.Require(!renewed || fact.NewLoanNumber != step.Case.Loan.Number, "new-loan-number-is-old", "newLoanNumber"))
            return;

        switch (fact.Result)
        {
            case BookingResult.Confirmed:
                step.Raise(new BookingAnswered(fact));
                step.Enter(Stage.FollowUp);
                break;
            case BookingResult.Reversed:
                step.Raise(new BookingAnswered(fact));
                step.Close(step.Case.Reversal!.Outcome, step.Case.Reversal.Reason);
                break;
            default:
                Fail(step, fact);
                break;
        }
    }

    /// <summary>No answer: the same instruction is asked after; it is not given twice.</summary>
    public static void ChaseAnswer(Step step)
    {
        var chases = step.Chase(TaskKind.AnswerBooking, AnswerBy(step));
        step.Ask(EffectKinds.BookingChased, Chased(step, chases));
    }

    public static void InstructAgain(Step step)
    {
        step.Finish(TaskKind.RetryBooking);
        Instruct(step);
    }

    /// <summary>A signed contract is given up: what the core system may have booked has to be undone before the case can close.</summary>
    public static void Withdraw(Step step, WithdrawalFact fact)
    {
        if (!step.Require(!string.IsNullOrWhiteSpace(fact.Reason), "reason-needed", "reason")
            || !step.Require(step.Case.Reversal is null, "reversal-under-way"))
            return;
        Reverse(step, Outcome.Withdrawn, ReasonCodes.Withdrawn, fact.Reason);
    }

    public static void ChaseReversal(Step step)
    {
        var chases = step.Chase(TaskKind.AnswerReversal, AnswerBy(step));
        step.Ask(EffectKinds.ReversalChased, Chased(step, chases));
    }

    private static void Fail(Step step, BookingFact fact)
    {
        // During a reversal, or while a retry is waiting, a failure tells nothing that changes the plan, but it is kept.
        step.Raise(new BookingAnswered(fact));
        if (step.Case.Task(TaskKind.AnswerBooking) is null)
            return;
        step.Finish(TaskKind.AnswerBooking);
        var retries = step.Case.Policy.Booking.RetryHours;
        if (step.Case.BookingAttempts <= retries.Count)
            step.Open(TaskKind.RetryBooking, Assignee.Clock, step.Context.Now.AddHours(retries[step.Case.BookingAttempts - 1]));
        else
            Reverse(step, Outcome.BookingFailed, ReasonCodes.CoreSystemRefused, fact.Reason!);
    }

    private static void Reverse(Step step, Outcome outcome, string reasonCode, string reason)
    {
        step.Finish(TaskKind.AnswerBooking);
        step.Finish(TaskKind.RetryBooking);
        step.Raise(new ReversalInstructed(outcome, reasonCode));
        step.Open(TaskKind.AnswerReversal, Assignee.CoreSystem, AnswerBy(step));
        step.Ask(EffectKinds.ReversalInstructed, new() { For = Assignee.CoreSystem, ContractNumber = step.Case.ContractNumber, Reason = reason });
    }

    private static EffectDetails Chased(Step step, int chases) => new()
    {
        For = Assignee.CoreSystem,
        ContractNumber = step.Case.ContractNumber,
        Attempt = step.Case.BookingAttempts,
        Reminder = chases,
        Escalated = true,
    };

    private static DateTimeOffset AnswerBy(Step step) => step.Context.Now.AddHours(step.Case.Policy.Booking.AnswerHours);
}
