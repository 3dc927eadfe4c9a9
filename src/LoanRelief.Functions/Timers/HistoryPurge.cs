using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Functions.Timers;

/// <summary>Deletes the runtime's history of orchestrations that are over: of closed cases and of completed runs. The history of the case itself stays.</summary>
/// <remarks>
/// Those that an operator terminated, or that failed, stay to be seen. Should a case be opened anew or an effect be sent
/// again in the moment of the purge, its new orchestration may be lost with the old one; the watchdog starts another.
/// </remarks>
internal sealed class HistoryPurge(IConfiguration configuration, ILogger<HistoryPurge> logger)
{
    [Function(nameof(PurgeHistory))]
    public async Task PurgeHistory([TimerTrigger("%Schedules:HistoryPurge%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var before = DateTimeOffset.UtcNow - TimeSpan.FromDays(configuration.GetValue("History:KeepDays", 30));
        var purged = await client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(CreatedTo: before, Statuses: [OrchestrationRuntimeStatus.Completed]), cancellationToken);
        logger.LogInformation("The history of {Orchestrations} orchestrations that began before {Before:O} was purged", purged.PurgedInstanceCount, before);
    }
}
