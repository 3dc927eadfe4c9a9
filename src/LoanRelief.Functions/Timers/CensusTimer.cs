using LoanRelief.Desk.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace LoanRelief.Functions.Timers;

/// <summary>Takes the census of cases for the metrics. A timer fires in one instance at a time, so one at a time shows the figures.</summary>
internal sealed class CensusTimer(CaseCensus census)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    [Function("Census")]
    public Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        census.IsWanted ? census.TakeAsync(Interval, cancellationToken) : Task.CompletedTask;
}
