using LoanRelief.Desk.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace LoanRelief.Functions.Timers;

/// <summary>Takes the census of cases for the metrics. A timer fires in one instance at a time, so one at a time shows the figures.</summary>
internal sealed class CensusTimer(CaseCensus census)
{
    /// <summary>When the runtime does not say when the timer fires next.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    [Function("Census")]
    public Task RunAsync([TimerTrigger("%Schedules:Census%")] TimerInfo timer, CancellationToken cancellationToken) =>
        census.IsWanted ? census.TakeAsync(Next(timer), cancellationToken) : Task.CompletedTask;

    private static TimeSpan Next(TimerInfo timer) =>
        timer.ScheduleStatus?.Next.ToUniversalTime() - DateTime.UtcNow is { } next && next > TimeSpan.Zero ? next : Interval;
}
