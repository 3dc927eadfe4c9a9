using LoanRelief.Domain.Policies;

namespace LoanRelief.Domain.Cases;

/// <summary>What all reminders have in common.</summary>
internal static class Reminding
{
    public static EffectDetails Details(Step step, Assignee to, int reminder, ChasePolicy policy) => new()
    {
        For = to,
        Deadline = step.Case.Task(TaskKind.LastDay)?.DueAt,
        Reminder = reminder,
        Escalated = reminder >= policy.EscalateAfterReminders ? true : null,
    };
}
