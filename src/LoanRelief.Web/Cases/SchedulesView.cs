using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Cases;

/// <summary>The versions of the schedule of a case's loan, first to last.</summary>
public sealed record SchedulesView
{
    public required CaseId Case { get; init; }

    public required IReadOnlyList<ScheduleVersionView> Versions { get; init; }
}

/// <summary>What is to be paid, in one version.</summary>
public sealed record ScheduleVersionView
{
    /// <summary>1 for the schedule that the case began with.</summary>
    public required int Number { get; init; }

    public required ScheduleReason Reason { get; init; }

    public required string ReasonTitle { get; init; }

    /// <summary>Number of the step in the history that brought it.</summary>
    public required int Step { get; init; }

    public required DateTimeOffset At { get; init; }

    public required ScheduleTotals Totals { get; init; }

    /// <summary>Whether any day of payment rests on a year whose holidays are not published.</summary>
    public required bool Provisional { get; init; }

    public required IReadOnlyList<Instalment> Instalments { get; init; }

    /// <summary>The rows that differ from the version before: a row without <c>before</c> is new, one without <c>after</c> is gone.</summary>
    public required IReadOnlyList<ScheduleDifference> Differences { get; init; }

    internal static ScheduleVersionView Of(ScheduleVersion version, Catalogue texts) => new()
    {
        Number = version.Number,
        Reason = version.Reason,
        ReasonTitle = texts.Of(version.Reason),
        Step = version.Step,
        At = version.At,
        Totals = ScheduleTotals.Of(version.Schedule),
        Provisional = version.Schedule.Provisional,
        Instalments = version.Schedule.Instalments,
        Differences = version.Differences,
    };
}

/// <param name="Principal">In all; interest that joined it included.</param>
/// <param name="Interest">Of the rows, in all.</param>
/// <param name="Total">Principal and interest.</param>
/// <param name="Capitalised">Deferred interest that joined the principal.</param>
/// <param name="PrincipalArrears">Owed at once and part of no row (逾期本金).</param>
/// <param name="InterestArrears">Owed at once and part of no row (欠息).</param>
public sealed record ScheduleTotals(Money Principal, Money Interest, Money Total, Money Capitalised, Money PrincipalArrears, Money InterestArrears)
{
    internal static ScheduleTotals Of(Schedule schedule) =>
        new(schedule.TotalPrincipal, schedule.TotalInterest, schedule.Total, schedule.Capitalised, schedule.PrincipalArrears, schedule.InterestArrears);
}
