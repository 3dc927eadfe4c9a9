using System.Text.Json;

namespace LoanRelief.Desk.Telemetry;

/// <summary>Names in traces and metrics. What they mean, with units and alerts, is in <c>docs/telemetry.md</c>.</summary>
/// <remarks>
/// Telemetry leaves the house of whoever runs the program, so nothing personal is in it: ids of cases and institutions
/// and loan numbers, codes and counts. Never a name, a reference of a borrower or guarantor, who reported something,
/// or anything that somebody wrote, the messages of exceptions included.
/// </remarks>
public static class DeskTelemetry
{
    /// <summary>Of the source of spans and of the meter.</summary>
    public const string Name = "LoanRelief";

    public const string Institution = "loanrelief.institution.id";
    public const string Case = "loanrelief.case.id";
    public const string Loan = "loanrelief.loan.number";

    internal const string Stage = "loanrelief.case.stage";
    internal const string Trigger = "loanrelief.case.trigger";
    internal const string Outcome = "loanrelief.case.outcome";
    internal const string Reason = "loanrelief.case.reason";
    internal const string Deadline = "loanrelief.deadline";
    internal const string Cause = "loanrelief.step.cause";
    internal const string Answer = "loanrelief.step.answer";
    internal const string Sent = "loanrelief.round.events";
    internal const string EventType = "loanrelief.event.type";
    internal const string Attempt = "loanrelief.event.attempt";
    internal const string Result = "loanrelief.event.result";
    internal const string Job = "loanrelief.job";
    internal const string JobDay = "loanrelief.job.day";
    internal const string JobResult = "loanrelief.job.result";
    internal const string Error = "error.type";

    /// <summary>A member of an enumeration as JSON writes it.</summary>
    internal static string Word(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
