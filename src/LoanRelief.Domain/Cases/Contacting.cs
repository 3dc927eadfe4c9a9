using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>提前1个月沟通: speak with the borrower, keep the evidence, or have the breach on record.</summary>
internal static class Contacting
{
    /// <summary>The contact deadline for the loan as the book has it now, by the lender's own rule and the policies of the case.</summary>
    public static BusinessDate DeadlineOf(Step step, Loan loan)
    {
        var facts = new LoanFacts(loan, step.Context.Today, step.Case.Policy.Signature.LastDayOf(loan)) { Lender = step.Case.Lender };
        return MeasureRules.ContactDeadline(step.Packs, facts, step.Case.Policy.Contact.Rule, step.Context.Calendar);
    }

    public static void Begin(Step step)
    {
        var deadline = step.Case.ContactDeadline.Date;
        step.Open(TaskKind.LastDay, Assignee.Clock, BeijingTime.EndOf(Signing.LastDayOf(step.Case)));
        if (deadline >= step.Context.Today)
            step.Open(TaskKind.ContactDeadline, Assignee.Clock, DeadlineDue(step));
        step.Open(TaskKind.ContactBorrower, Assignee.AccountManager, NextReminder(step));
        step.Ask(EffectKinds.ContactRequested, Details(step));
        if (deadline < step.Context.Today)
            Breach(step);
    }

    public static void Record(Step step, ContactFact fact)
    {
        var on = fact.On ?? step.Context.Today;
        var earliest = BeijingTime.DateOf(step.Case.OpenedAt).AddDays(-step.Case.Policy.Contact.LookBackDays);
        if (!step.Require(on <= step.Context.Today, "in-the-future", "on"))
            return;
        if (on < earliest)
        {
            step.Refuse(new Refusal("contact-too-long-ago", "on").With("earliest", earliest));
            return;
        }

        step.Raise(new ContactAttempted(fact.Channel, fact.Reached, fact.Evidence, on));
        if (step.Case.ContactedOn is not { } contactedOn)
            return;
        if (step.Case.ContactBreached && contactedOn <= step.Case.ContactDeadline.Date)
            step.Raise(new ContactBreachCleared(contactedOn));
        step.Enter(Stage.Intent);
    }

    public static void Remind(Step step)
    {
        var chases = step.Chase(TaskKind.ContactBorrower, NextReminder(step));
        var deadline = step.Case.ContactDeadline.Date;
        var escalate = step.Context.Today >= deadline.AddDays(-step.Case.Policy.Contact.EscalateDaysBeforeDeadline);
        step.Ask(escalate ? EffectKinds.ContactEscalated : EffectKinds.ContactReminder,
            Details(step) with { Reminder = chases, Escalated = escalate ? true : null });
    }

    public static void RecordBreach(Step step)
    {
        step.Finish(TaskKind.ContactDeadline);
        Breach(step);
    }

    /// <summary>The end of the last day on which the contact is in time.</summary>
    public static DateTimeOffset EndOf(BusinessDate deadline) => BeijingTime.EndOf(deadline.Date);

    public static DueTime DeadlineDue(Step step) => new(EndOf(step.Case.ContactDeadline), step.Case.ContactDeadline.Provisional);

    public static EffectDetails Details(Step step) => new()
    {
        For = Assignee.AccountManager,
        Deadline = EndOf(step.Case.ContactDeadline),
        Provisional = step.Case.ContactDeadline.Provisional ? true : null,
    };

    private static void Breach(Step step)
    {
        step.Raise(new ContactBreached(step.Case.ContactDeadline.Date));
        step.Ask(EffectKinds.ContactBreached, new() { For = Assignee.AccountManager, Escalated = true });
    }

    /// <summary>Some working days before the deadline, then every few working days: missed reminders are not sent after the event.</summary>
    public static DueTime NextReminder(Step step) =>
        ReminderBeforeDeadline(step) ?? step.AfterWorkingDays(step.Case.Policy.Contact.OverdueReminderWorkingDays);

    /// <summary>The next one that goes by the deadline; null when none is left.</summary>
    public static DueTime? ReminderBeforeDeadline(Step step)
    {
        var (policy, deadline) = (step.Case.Policy.Contact, step.Case.ContactDeadline);
        foreach (var daysBefore in policy.ReminderDaysBeforeDeadline)
        {
            var day = step.Context.Calendar.PreviousWorkingDayOnOrBefore(deadline.Date.AddDays(-daysBefore));
            if (Step.MorningOf(day.Date) is var at && at > step.Context.Now)
                return new(at, day.Provisional || deadline.Provisional);
        }

        return null;
    }
}
