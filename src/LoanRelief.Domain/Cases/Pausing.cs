using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>What can happen at any point: time runs out, somebody withdraws, the case is held, the loan changes.</summary>
internal static class Pausing
{
    public static void RunOutOfTime(Step step) => step.Close(Outcome.Lapsed, step.Case.Stage switch
    {
        Stage.Contact => ReasonCodes.BorrowerNotReached,
        Stage.Intent => ReasonCodes.BorrowerSilent,
        Stage.Screening => ReasonCodes.DocumentsMissing,
        Stage.Guarantee => ReasonCodes.GuarantorSilent,
        Stage.Signature => ReasonCodes.NotSignedInTime,
        _ => ReasonCodes.NotDecidedInTime,
    });

    public static void Withdraw(Step step, WithdrawalFact fact)
    {
        if (step.Require(!string.IsNullOrWhiteSpace(fact.Reason), "reason-needed", "reason"))
            step.Close(Outcome.Withdrawn, ReasonCodes.Withdrawn, fact.Reason);
    }

    /// <summary>The institution's book has changed: dates that follow from the loan move with it, a settled loan ends the case.</summary>
    public static void UpdateLoan(Step step, LoanFact fact)
    {
        var (before, loan) = (step.Case.Loan, fact.Loan);
        // Once signed, the loan changes because of the case; the deadlines before it have done their work.
        var signed = step.Case.SignedOn is not null;
        var deadline = Contacting.DeadlineOf(step, loan);
        // Where the loan leaves the deadline alone, it stays: what other holidays do to it is not said here.
        var stays = signed || deadline == Contacting.DeadlineOf(step, before);
        step.Raise(new LoanUpdated(
            loan,
            stays ? step.Case.ContactDeadline : deadline,
            ScheduleCalculator.Remaining(loan, step.Context.Today, step.Context.Calendar)));
        if (signed)
            return;
        if (loan.IsSettled)
            step.Close(Outcome.Repaid, step.Case.Stage == Stage.Repayment ? ReasonCodes.RepaidAsAnnounced : ReasonCodes.RepaidBeforehand);
        else if (loan.Maturity != before.Maturity)
            MoveDates(step);
    }

    public static void Hold(Step step, HoldFact fact)
    {
        var latest = step.Context.Today.AddDays(step.Case.Policy.Hold.MaxDays);
        var until = fact.Until ?? latest;
        if (!step.Require(!string.IsNullOrWhiteSpace(fact.Reason), "reason-needed", "reason")
            || !step.Require(until >= step.Context.Today, "in-the-past", "until"))
            return;
        if (until > latest)
        {
            step.Refuse(new Refusal("hold-too-long", "until").With("latest", latest));
            return;
        }

        step.Raise(new CaseHeld(fact.Reason, until));
        step.Open(TaskKind.HoldEnd, Assignee.Clock, BeijingTime.EndOf(until));
    }

    public static void Release(Step step, ReleaseFact fact)
    {
        if (!step.Require(step.Case.IsHeld, "not-on-hold"))
            return;
        EndHold(step, fact.Reason);
    }

    public static void EndHold(Step step) => EndHold(step, reason: null);

    /// <summary>What came due during the hold is chased from the next working day, not all at once.</summary>
    private static void EndHold(Step step, string? reason)
    {
        step.Raise(new CaseReleased(reason));
        step.Finish(TaskKind.HoldEnd);
        var next = step.AfterWorkingDays(1);
        foreach (var task in step.Case.Tasks.Where(task => !task.RunsDuringHold && task.DueAt < next.At))
            step.Move(task.Kind, next);
    }

    private static void MoveDates(Step step)
    {
        if (step.Case.Task(TaskKind.LastDay) is not null)
            step.Move(TaskKind.LastDay, BeijingTime.EndOf(Signing.LastDayOf(step.Case)));
        if (step.Case.Task(TaskKind.ContactDeadline) is not null)
            step.Move(TaskKind.ContactDeadline, Contacting.DeadlineDue(step));
        if (step.Case.Task(TaskKind.AwaitRepayment) is not null)
        {
            step.Finish(TaskKind.AwaitRepayment);
            Repaying.Await(step);
        }
    }
}
