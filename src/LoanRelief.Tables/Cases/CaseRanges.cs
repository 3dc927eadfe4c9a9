using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Cases;

/// <summary>Where in a partition the cases of a query are, in the order in which they are listed.</summary>
internal static class CaseRanges
{
    public static IReadOnlyList<RowRange> Of(CaseQuery query) => query switch
    {
        // A closed case has no deadline, an open one no outcome.
        { Outcome: not null, DeadlineBefore: not null } => [],
        { Stage: Stage.Closed, DeadlineBefore: not null } => [],
        { Outcome: not null, Stage: not (null or Stage.Closed) } => [],
        { Outcome: { } outcome } => [RowRange.Of(CaseKeys.Ended(outcome))],
        { Stage: Stage.Closed } => [RowRange.Of(CaseKeys.AllClosed)],
        { Stage: { } stage, DeadlineBefore: { } before } => [Before(stage, before)],
        { Stage: { } stage } => [RowRange.Of(CaseKeys.Open(stage))],
        { DeadlineBefore: { } before } => [.. Enum.GetValues<Stage>().Where(stage => stage != Stage.Closed).Select(stage => Before(stage, before))],
        _ => [RowRange.Of(CaseKeys.AllOpen)],
    };

    private static RowRange Before(Stage stage, DateTimeOffset deadline) => RowRange.Below(CaseKeys.Open(stage), Keys.Sortable(deadline));
}
