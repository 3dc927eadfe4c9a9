using LoanRelief.Desk;
using LoanRelief.Desk.Jobs;
using LoanRelief.Functions.Chunks;
using LoanRelief.Functions.Orchestrations;
using LoanRelief.Functions.Portfolio;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace LoanRelief.Functions.Timers;

/// <summary>Every few minutes: starts what was missed or failed of the daily jobs, of imports and of batches, nudges cases that are late, and starts orchestrations that are missing.</summary>
internal sealed class WatchdogTimer(Watchdog watchdog, JobStarter starter, ChunkStarter chunks, DurableClient durable, BusinessClock clock)
{
    /// <summary>How late a case may be, in machine time, before it is worth a nudge: an orchestration that is only busy needs none.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    [Function("Watchdog")]
    public async Task RunAsync([TimerTrigger("%Schedules:Watchdog%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        durable.Use(client);
        await starter.StartDueAsync(cancellationToken);
        await chunks.StartOpenAsync(cancellationToken);
        // By the business clock: none at all while that stands still.
        await watchdog.RunAsync(Grace * clock.Speed, cancellationToken);
    }
}
