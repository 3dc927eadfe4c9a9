using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Cases;

/// <param name="List">The index table.</param>
/// <param name="Rows">The rows in it.</param>
internal readonly record struct CaseRange(CaseList List, RowRange Rows);

/// <summary>Where in the index tables the cases of a query are, in the order in which they are listed.</summary>
internal static class CaseRanges
{
    public static IReadOnlyList<CaseRange> Of(CaseQuery query) => query switch
    {
        // A closed case has no deadline, an open one no outcome.
        { Outcome: not null, DeadlineBefore: not null } => [],
        { Stage: Stage.Closed, DeadlineBefore: not null } => [],
        { Outcome: not null, Stage: not (null or Stage.Closed) } => [],
        { Outcome: { } outcome } => [new(CaseList.Outcome, RowRange.Of(CaseKeys.Ended(outcome)))],
        { Stage: Stage.Closed } => [new(CaseList.Closed, RowRange.All)],
        { Stage: { } stage, DeadlineBefore: { } before } => [Before(stage, before)],
        { Stage: { } stage } => [new(CaseList.Open, RowRange.Of(CaseKeys.Open(stage)))],
        { DeadlineBefore: { } before } => [.. Enum.GetValues<Stage>().Where(stage => stage != Stage.Closed).Select(stage => Before(stage, before))],
        _ => [new(CaseList.Open, RowRange.All with { Before = CaseKeys.AllClosing })],
    };

    private static CaseRange Before(Stage stage, DateTimeOffset deadline) =>
        new(CaseList.Open, RowRange.Below(CaseKeys.Open(stage), Keys.Sortable(deadline)));
}
