using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Operations.Orchestrations;

/// <summary>How a case is driven, as lists show it. What it says of the case is not there when the case can not be read.</summary>
public record OrchestrationEntry
{
    public required CaseId Case { get; init; }

    public required InstitutionId Institution { get; init; }

    public required LoanNumber LoanNumber { get; init; }

    public required OrchestrationStatus Status { get; init; }

    public required string StatusTitle { get; init; }

    public Stage? Stage { get; init; }

    public string? StageTitle { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Days since the case was opened (Beijing).</summary>
    public int? AgeDays { get; init; }

    /// <summary>When the process looks at the case next; late when it has gone by.</summary>
    public DateTimeOffset? NextDeadline { get; init; }

    /// <summary>What the last round of work failed with; not there when it succeeded.</summary>
    public LastErrorView? LastError { get; init; }

    internal static OrchestrationEntry Of(OrchestrationSummary summary, DateOnly today, Catalogue texts) => new()
    {
        Case = summary.Id,
        Institution = summary.Id.Institution,
        LoanNumber = summary.Id.Loan,
        Status = summary.Status,
        StatusTitle = texts.Of(summary.Status),
        Stage = summary.Stage,
        StageTitle = summary.Stage is { } stage ? texts.Of(stage) : null,
        OpenedAt = summary.OpenedAt,
        AgeDays = summary.OpenedAt is { } opened ? today.DayNumber - BeijingTime.DateOf(opened).DayNumber : null,
        NextDeadline = summary.NextDeadline,
        LastError = summary.Failure is { } failure ? new(failure.Error, failure.Rounds, failure.At) : null,
    };
}

/// <summary>What the last round of work failed with.</summary>
/// <param name="Error">Kinds of exceptions and the place in the program; the log of that time has the rest.</param>
/// <param name="FailedRounds">How many rounds have failed since the last one that succeeded.</param>
/// <param name="At">Business time.</param>
public sealed record LastErrorView(string Error, int FailedRounds, DateTimeOffset At);

/// <summary>How a case is driven, what operators did, and what the runtime itself says.</summary>
public sealed record OrchestrationView : OrchestrationEntry
{
    [SetsRequiredMembers]
    private OrchestrationView(OrchestrationEntry entry, OrchestrationDetails details)
        : base(entry)
    {
        Acts = [.. details.Acts.Select(act => new OperatorActView(act.Action, act.By, act.Reason, act.At))];
        Runtime = details.Runtime is { } instance
            ? new(instance.Status, instance.CreatedAt, instance.UpdatedAt, instance.CustomStatus, instance.Failure)
            : null;
    }

    /// <summary>What operators did, first to last.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<OperatorActView> Acts { get; init; }

    /// <summary>What the runtime itself says: the durable orchestration in Azure, the pump in the local host. Not there when it knows of none.</summary>
    [JsonPropertyOrder(2)]
    public RuntimeView? Runtime { get; init; }

    internal static OrchestrationView Of(OrchestrationDetails details, DateOnly today, Catalogue texts) =>
        new(Of(details.Summary, today, texts), details);
}

/// <summary>What an operator did.</summary>
/// <param name="At">Business time.</param>
public sealed record OperatorActView(OperatorAction Action, string By, string Reason, DateTimeOffset At);

/// <summary>What the runtime itself says.</summary>
/// <param name="Status">It follows an act within seconds.</param>
/// <param name="CreatedAt">Machine time; not there in the local host.</param>
/// <param name="UpdatedAt">Machine time; not there in the local host.</param>
/// <param name="CustomStatus">Whatever else it keeps, as JSON.</param>
/// <param name="Failure">Why the runtime has ended it.</param>
public sealed record RuntimeView(RuntimeStatus Status, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt, string? CustomStatus, string? Failure);
