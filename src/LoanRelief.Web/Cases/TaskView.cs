using LoanRelief.Domain.Cases;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Cases;

/// <summary>Something that somebody has to do, or a date that must not go by unseen.</summary>
public sealed record TaskView
{
    public required TaskKind Kind { get; init; }

    public required string Title { get; init; }

    public required Assignee Assignee { get; init; }

    /// <summary>Who has to act, in words.</summary>
    public required string AssigneeTitle { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the process looks at it again: to remind, to escalate or to draw the consequence.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>True when that rests on a year whose holidays are not published.</summary>
    public required bool Provisional { get; init; }

    /// <summary>How many times it came due without being done.</summary>
    public required int Chases { get; init; }

    internal static IReadOnlyList<TaskView> Of(CaseState state, Catalogue texts) =>
    [
        .. state.Tasks.OrderBy(task => task.DueAt).ThenBy(task => task.Kind).Select(task => new TaskView
        {
            Kind = task.Kind,
            Title = texts.Of(task.Kind),
            Assignee = task.Assignee,
            AssigneeTitle = texts.Of(task.Assignee),
            OpenedAt = task.OpenedAt,
            DueAt = task.DueAt,
            Provisional = task.Provisional,
            Chases = task.Chases,
        }),
    ];
}
