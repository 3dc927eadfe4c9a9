using LoanRelief.Domain.Calendars;

namespace LoanRelief.Domain.Cases;

/// <summary>Other holidays have become known: what was counted in working days is counted again.</summary>
/// <remarks>
/// A date moves into the past for nobody, because nobody can keep a date that they learn of afterwards. So the contact
/// deadline moves back to today at most, and not at all once it has gone by. Nothing is lost by that: the deadline is a
/// month before maturity rolled back to a working day, so whoever kept it by the calendar that was known has spoken with
/// the borrower a month ahead. A contact that was in time stays so, and a breach that the new calendar does not bear out
/// is cleared.
/// </remarks>
internal static class Recounting
{
    public static void Recount(Step step)
    {
        var moved = RecountContactDeadline(step);
        foreach (var task in step.Case.Tasks)
        {
            if (Again(step, task, moved) is { } due && due != new DueTime(task.DueAt, task.Provisional, task.Counted))
                step.Raise(new TaskRecounted(task.Kind, task.DueAt, due.At, due.Provisional, due.Counted));
        }

        Proposing.WorkOutAgain(step);
    }

    /// <returns>Whether it is another day than before.</returns>
    private static bool RecountContactDeadline(Step step)
    {
        var (state, before) = (step.Case, step.Case.ContactDeadline);
        var after = NotIntoThePast(
            Contacting.DeadlineOf(step, state.Loan with { Maturity = state.Maturity }), before.Date, step.Context.Today);
        if (after == before)
            return false;
        step.Raise(new ContactDeadlineRecounted(before, after));
        if (after.Date == before.Date)
            return false;

        var cleared = state.ContactBreached && IsNoBreach(step);
        if (cleared)
            step.Raise(new ContactBreachCleared(state.ContactedOn));
        if (state.Stage == Stage.Contact && state.Task(TaskKind.ContactDeadline) is null && !step.Case.ContactBreached)
            step.Open(TaskKind.ContactDeadline, Assignee.Clock, Contacting.DeadlineDue(step));
        if (state.Stage == Stage.Contact || cleared)
            step.Ask(EffectKinds.ContactDeadlineMoved, Contacting.Details(step) with { DeadlineBefore = Contacting.EndOf(before), BreachCleared = cleared ? true : null });
        return true;
    }

    private static BusinessDate NotIntoThePast(BusinessDate computed, DateOnly before, DateOnly today)
    {
        var earliest = before < today ? before : today;
        return computed.Date >= earliest ? computed : computed with { Date = earliest };
    }

    /// <summary>The contact was in time by the new deadline, or there is time for it yet.</summary>
    private static bool IsNoBreach(Step step) => (step.Case.ContactedOn ?? step.Context.Today) <= step.Case.ContactDeadline.Date;

    /// <summary>When the task is due by the calendar as it is now; null where no calendar has a say.</summary>
    private static DueTime? Again(Step step, CaseTask task, bool deadlineMoved) => task switch
    {
        { Kind: TaskKind.ContactDeadline } => Contacting.DeadlineDue(step),
        // A reminder that is due goes out; the next one is planned then.
        { Kind: TaskKind.ContactBorrower } when task.DueAt <= step.Context.Now => null,
        { Kind: TaskKind.ContactBorrower, Counted: null } => Contacting.NextReminder(step),
        { Kind: TaskKind.ContactBorrower } when deadlineMoved && Contacting.ReminderBeforeDeadline(step) is { } ahead => ahead,
        { Kind: TaskKind.AwaitRepayment } => NotAtOnce(step, task, Repaying.PayBy(step)),
        { Counted: { } counted } => NotAtOnce(step, task, step.Due(counted)),
        _ => null,
    };

    /// <summary>A task that was due later, and by the new calendar has been due already, is due on the next working day.</summary>
    private static DueTime NotAtOnce(Step step, CaseTask task, DueTime due)
    {
        var now = step.Context.Now;
        if (due.At > now || task.DueAt <= now)
            return due;
        var next = step.AfterWorkingDays(1).At;
        return due with { At = next < task.DueAt ? next : task.DueAt };
    }
}
