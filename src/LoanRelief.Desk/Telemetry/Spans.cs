using System.Diagnostics;
using System.Globalization;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Telemetry;

/// <summary>The spans of the desk. Each names its institution and, once that is known, its case. Null when nobody listens.</summary>
internal static class Spans
{
    private static readonly ActivitySource Source = new(DeskTelemetry.Name);

    /// <summary>One step of a case: from reading it to the commit, all tries included.</summary>
    public static Activity? Step(string cause, InstitutionId institution) =>
        Start("case.step", ActivityKind.Internal, institution)?.SetTag(DeskTelemetry.Cause, cause);

    /// <summary>A round of work on a case.</summary>
    public static Activity? Round(CaseId id) => Start("case.round", ActivityKind.Internal, id.Institution).Concerns(id);

    /// <summary>An attempt to send an event.</summary>
    /// <param name="subject">The case or the loan that the event is about.</param>
    public static Activity? Delivery(InstitutionId institution, string type, string subject, int attempt)
    {
        var span = Start("event.deliver", ActivityKind.Producer, institution)?
            .SetTag(DeskTelemetry.EventType, type)
            .SetTag(DeskTelemetry.Attempt, attempt);
        if (CaseId.TryParse(subject, out var id))
            return span.Concerns(id);
        return subject.LastIndexOf('~') is >= 0 and var loan ? span?.SetTag(DeskTelemetry.Loan, subject[(loan + 1)..]) : span;
    }

    /// <summary>A daily job for one institution.</summary>
    public static Activity? Job(string job, DateOnly day, InstitutionId institution) =>
        Start("job.run", ActivityKind.Internal, institution)?
            .SetTag(DeskTelemetry.Job, job)
            .SetTag(DeskTelemetry.JobDay, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static Activity? Concerns(this Activity? span, CaseId id) => span?.SetTag(DeskTelemetry.Case, id.ToString());

    /// <summary>Says how a step ended, and where the case stands then.</summary>
    public static void Answered(this Activity? span, DeskAnswer answer)
    {
        if (span is null)
            return;
        span.SetTag(DeskTelemetry.Answer, NameOf(answer));
        if (CaseOf(answer) is { } stored)
            span.Concerns(stored.State.Id)?.SetTag(DeskTelemetry.Stage, DeskTelemetry.Word(stored.State.Stage));
    }

    /// <summary>Says how a delivery ended.</summary>
    public static void Ended(this Activity? span, DeliveryStatus result)
    {
        span?.SetTag(DeskTelemetry.Result, DeskTelemetry.Word(result));
        if (result is DeliveryStatus.Failed or DeliveryStatus.Refused)
            span?.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>By its type only: a message may repeat what somebody wrote.</summary>
    public static void Failed(this Activity? span, Exception failure) =>
        span?.SetStatus(ActivityStatusCode.Error).SetTag(DeskTelemetry.Error, failure.GetType().FullName);

    /// <summary>How a step ended, in a word.</summary>
    public static string NameOf(DeskAnswer answer) => answer switch
    {
        DeskAnswer.Done { Changed: true } => "done",
        DeskAnswer.Done => "unchanged",
        DeskAnswer.Refused => "refused",
        DeskAnswer.NoSuchCase => "noSuchCase",
        DeskAnswer.NoSuchLoan => "noSuchLoan",
        DeskAnswer.AlreadyOpen => "alreadyOpen",
        DeskAnswer.Stale => "stale",
        DeskAnswer.KeyReused => "keyReused",
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, null),
    };

    private static StoredCase? CaseOf(DeskAnswer answer) => answer switch
    {
        DeskAnswer.Done done => done.Case,
        DeskAnswer.Refused refused => refused.Case,
        DeskAnswer.Stale stale => stale.Case,
        DeskAnswer.KeyReused reused => reused.Case,
        _ => null,
    };

    private static Activity? Start(string name, ActivityKind kind, InstitutionId institution) =>
        Source.StartActivity(name, kind)?.SetTag(DeskTelemetry.Institution, institution.Value);
}
