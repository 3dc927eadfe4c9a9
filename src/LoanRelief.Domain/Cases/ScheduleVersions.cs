using LoanRelief.Domain.Schedules;

namespace LoanRelief.Domain.Cases;

/// <summary>What was to be paid on the loan of a case at a time, and how that differs from the version before.</summary>
/// <param name="Number">1 for the schedule that the case began with, then without a gap.</param>
/// <param name="Reason">Why there is another version.</param>
/// <param name="Step">Number of the step that brought it.</param>
/// <param name="At">Business time.</param>
/// <param name="Schedule">All rows.</param>
/// <param name="Differences">The rows that differ from the version before, by number; none for the first.</param>
public sealed record ScheduleVersion(
    int Number,
    ScheduleReason Reason,
    int Step,
    DateTimeOffset At,
    Schedule Schedule,
    IReadOnlyList<ScheduleDifference> Differences);

public enum ScheduleReason
{
    /// <summary>As the loan stood when the case was opened.</summary>
    Opened,

    /// <summary>The institution's book shows another one.</summary>
    LoanUpdated,

    /// <summary>A proposal; nothing has changed yet.</summary>
    Proposed,

    /// <summary>The core system has carried the proposal out.</summary>
    Booked,
}

/// <summary>The versions of a case's schedule, from its history.</summary>
public static class ScheduleVersions
{
    /// <summary>First to last; a change of the book that leaves every row as it was makes none.</summary>
    public static IReadOnlyList<ScheduleVersion> Of(IEnumerable<CaseStep> steps)
    {
        var versions = new List<ScheduleVersion>();
        Schedule? inForce = null;
        Schedule? proposed = null;
        foreach (var step in steps)
        {
            foreach (var happened in step.Events)
            {
                switch (happened)
                {
                    case CaseOpened opened:
                        Add(ScheduleReason.Opened, step, inForce = opened.Schedule);
                        break;
                    case LoanUpdated updated when !updated.Schedule.Instalments.SequenceEqual(inForce!.Instalments):
                        Add(ScheduleReason.LoanUpdated, step, inForce = updated.Schedule);
                        break;
                    case IntentDeclared:
                        proposed = null;
                        break;
                    case ProposalMade made:
                        Add(ScheduleReason.Proposed, step, proposed = made.Schedule);
                        break;
                    // What is confirmed without a proposal is a repayment.
                    case BookingAnswered { Answer.Result: BookingResult.Confirmed } when proposed is not null:
                        Add(ScheduleReason.Booked, step, inForce = proposed);
                        break;
                }
            }
        }

        return versions;

        void Add(ScheduleReason reason, CaseStep step, Schedule schedule) => versions.Add(new(
            versions.Count + 1,
            reason,
            step.Number,
            step.At,
            schedule,
            versions.Count == 0 ? [] : ScheduleDifference.Between(versions[^1].Schedule, schedule)));
    }
}
