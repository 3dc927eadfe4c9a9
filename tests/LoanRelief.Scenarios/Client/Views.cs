namespace LoanRelief.Scenarios.Client;

// What the bank reads out of the answers: the members that it uses, words as text.

public sealed record CaseView
{
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Stage { get; init; }

    public string? Outcome { get; init; }

    public string? ReasonCode { get; init; }

    public required string Trigger { get; init; }

    public DateTimeOffset? NextDeadline { get; init; }

    public required DateOnly LastDay { get; init; }

    public required WorkingDate ContactDeadline { get; init; }

    public DateOnly? ContactedOn { get; init; }

    public required bool ContactBreached { get; init; }

    public required IReadOnlyList<TaskView> OpenTasks { get; init; }

    /// <summary>Names of the facts that the case takes now.</summary>
    public required IReadOnlyList<string> Accepted { get; init; }

    /// <summary>The policies that the case began with.</summary>
    public required IReadOnlyList<PolicyVersion> Policies { get; init; }

    public ScreeningView? Screening { get; init; }

    public ProposalView? Proposal { get; init; }

    public BookingView? Booking { get; init; }

    public HoldView? Hold { get; init; }

    public required IReadOnlyList<DeadEffect> DeadLetters { get; init; }

    /// <summary>Whether anything here rests on a year whose holidays are not published.</summary>
    public required bool Provisional { get; init; }

    /// <summary>How the case ended, in one line.</summary>
    public string End => $"{Stage}: {Outcome}, {ReasonCode}";
}

public sealed record WorkingDate(DateOnly Date, bool Provisional);

public sealed record TaskView(string Kind, string Assignee, DateTimeOffset DueAt, bool Provisional, int Chases);

public sealed record ScreeningView(string Kind, IReadOnlyList<QuotedMeasure> Measures, IReadOnlyList<Reason> Unmet);

public sealed record ProposalView(
    string Kind, IReadOnlyList<QuotedMeasure> Measures, DateOnly NewMaturity, decimal NewRate, IReadOnlyList<Reason> Beyond, ClassificationView Classification, string Level);

public sealed record QuotedMeasure(PolicyVersion Policy, string Document, string Article, string Measure, string Title, bool Automatic, bool InPrinciple);

public sealed record ClassificationView(string Before, string AtBest, bool MayStayNormal, IReadOnlyList<Reason> AgainstNormal, IReadOnlyList<QuotedRule> Rules);

public sealed record QuotedRule(PolicyVersion Policy, string Document, string Article, string Text);

public sealed record PolicyVersion(string Id, int Version);

public sealed record BookingView(int Attempts, bool Reversing, string? Result, string? NewLoanNumber);

public sealed record HoldView(string Reason, DateOnly Until);

public sealed record DeadEffect(string Key, string Kind);

/// <summary>application/problem+json (RFC 9457).</summary>
/// <param name="Type">Stable kind of problem: <c>/problems/not-now</c>.</param>
/// <param name="Errors">All that is wrong.</param>
/// <param name="Accepted">What the case would take now.</param>
/// <param name="Case">The case that it is about.</param>
public sealed record Problem(string Type, string Title, int Status, IReadOnlyList<Reason>? Errors, IReadOnlyList<string>? Accepted, string? Case)
{
    /// <summary>The codes of what is wrong.</summary>
    public IEnumerable<string> Codes => Errors?.Select(error => error.Code) ?? [];
}

/// <param name="Code">Stable code.</param>
/// <param name="Field">What it is about.</param>
/// <param name="Values">What was seen, what is wanted.</param>
public sealed record Reason(string Code, string? Field, string Title, IReadOnlyDictionary<string, string> Values);
