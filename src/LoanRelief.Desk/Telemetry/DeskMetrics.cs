using System.Diagnostics.Metrics;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Telemetry;

/// <summary>What happens, counted where it is committed.</summary>
/// <remarks>
/// A process counts what it commits itself, so the sum over all processes and restarts is the truth; a process that is
/// killed between a commit and the next export takes a few counts with it. What there is at a time, and not what
/// happens, is counted by <see cref="CaseCensus"/>.
/// </remarks>
public sealed class DeskMetrics : IDisposable
{
    private readonly Meter _meter = new(DeskTelemetry.Name);
    private readonly Histogram<double> _steps;
    private readonly Counter<long> _opened;
    private readonly Counter<long> _closed;
    private readonly Counter<long> _missed;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _late;
    private readonly Counter<long> _givenUp;
    private readonly Counter<long> _jobs;

    public DeskMetrics()
    {
        _steps = _meter.CreateHistogram("loanrelief.step.duration", "s", "How long a step of a case takes, all tries included.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
        _opened = _meter.CreateCounter<long>("loanrelief.cases.opened", "{case}", "Cases that were opened.");
        _closed = _meter.CreateCounter<long>("loanrelief.cases.closed", "{case}", "Cases that ended.");
        _missed = _meter.CreateCounter<long>("loanrelief.deadlines.missed", "{deadline}", "Deadlines that came before what was due had been done.");
        _deliveries = _meter.CreateCounter<long>("loanrelief.event.deliveries", "{attempt}", "Attempts to send an event.");
        _late = _meter.CreateCounter<long>("loanrelief.event.late", "{attempt}", "Attempts that were made more than five minutes after they were due.");
        _givenUp = _meter.CreateCounter<long>("loanrelief.event.given_up", "{event}", "Events that went to the dead-letter list.");
        _jobs = _meter.CreateCounter<long>("loanrelief.job.runs", "{run}", "Runs of a daily job for an institution.");
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>A step came to its end.</summary>
    /// <param name="answer">In a word; <c>failed</c> when it was an exception.</param>
    internal void StepTook(TimeSpan duration, string cause, string answer) =>
        _steps.Record(duration.TotalSeconds, new(DeskTelemetry.Cause, cause), new(DeskTelemetry.Answer, answer));

    /// <summary>A step was committed.</summary>
    /// <param name="before">Null when the case was opened by it.</param>
    internal void Committed(CaseState? before, CaseStep step, CaseState after)
    {
        KeyValuePair<string, object?> institution = new(DeskTelemetry.Institution, after.Id.Institution.Value);
        var chases = before?.Tasks.ToDictionary(task => task.Kind, task => task.Chases) ?? [];
        foreach (var happened in step.Events)
        {
            switch (happened)
            {
                case CaseOpened opened:
                    _opened.Add(1, institution, new(DeskTelemetry.Trigger, DeskTelemetry.Word(opened.Trigger)));
                    break;
                case CaseClosed closed:
                    _closed.Add(1, institution, new(DeskTelemetry.Outcome, DeskTelemetry.Word(closed.Outcome)), new(DeskTelemetry.Reason, closed.Reason));
                    if (closed.Outcome == Outcome.Lapsed)
                        Missed(TaskKind.LastDay);
                    else if (closed.Outcome == Outcome.Unpaid)
                        Missed(TaskKind.AwaitRepayment);
                    break;
                case ContactBreached:
                    Missed(TaskKind.ContactDeadline);
                    break;
                // It may also be moved by a hold or a new maturity; then nobody is chased.
                case TaskMoved moved when moved.Chases > chases.GetValueOrDefault(moved.Kind):
                    chases[moved.Kind] = moved.Chases;
                    if (moved.Kind is not (TaskKind.LookAgain or TaskKind.RetryBooking)) // planned for that time, and nobody's omission
                        Missed(moved.Kind);
                    break;
                case TaskClosed closed:
                    chases.Remove(closed.Kind);
                    break;
                case EffectGivenUp given:
                    GivenUp(after.Id.Institution, TypeOf(given.Key));
                    break;
            }
        }

        void Missed(TaskKind kind) => _missed.Add(1, institution, new(DeskTelemetry.Deadline, DeskTelemetry.Word(kind)));
    }

    internal void Delivered(InstitutionId institution, string type, DeliveryStatus result, bool late)
    {
        KeyValuePair<string, object?> to = new(DeskTelemetry.Institution, institution.Value), what = new(DeskTelemetry.EventType, type);
        _deliveries.Add(1, to, what, new(DeskTelemetry.Result, DeskTelemetry.Word(result)));
        if (late)
            _late.Add(1, to, what);
    }

    internal void GivenUp(InstitutionId institution, string type) =>
        _givenUp.Add(1, new(DeskTelemetry.Institution, institution.Value), new(DeskTelemetry.EventType, type));

    internal void Ran(string job, InstitutionId institution, bool completed) =>
        _jobs.Add(1, new(DeskTelemetry.Institution, institution.Value), new(DeskTelemetry.Job, job), new(DeskTelemetry.JobResult, completed ? "completed" : "failed"));

    /// <summary>A key is case, kind and ordinal.</summary>
    private static string TypeOf(string effectKey) => OutgoingEvent.TypeOf(effectKey.Split('/')[1]);
}
