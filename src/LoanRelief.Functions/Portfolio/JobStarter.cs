using System.Globalization;
using DurableTask.Core.Exceptions;
using LoanRelief.Desk.Jobs;
using LoanRelief.Functions.Orchestrations;
using Microsoft.DurableTask;

namespace LoanRelief.Functions.Portfolio;

/// <summary>Starts runs of daily jobs as orchestrations.</summary>
internal sealed class JobStarter(DailyJobs jobs, DurableClient durable) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Starts every run that is due and has not been completed: those that were missed, and those that failed.</summary>
    public async Task StartDueAsync(CancellationToken cancellationToken)
    {
        foreach (var run in await jobs.DueAsync(cancellationToken))
            await StartAsync(run, cancellationToken);
    }

    /// <summary>Starts a run unless it is under way already.</summary>
    /// <remarks>Timers of one process take turns. Two processes that start it in the same moment do the same work, once or twice, to the same end.</remarks>
    public async Task StartAsync(JobRun run, CancellationToken cancellationToken)
    {
        var client = await durable.GetAsync(cancellationToken);
        var instance = InstanceOf(run);
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (await client.GetInstanceAsync(instance, cancellationToken) is not { IsCompleted: false })
                await client.ScheduleNewOrchestrationInstanceAsync(nameof(PortfolioScanOrchestrator), run, new StartOrchestrationOptions(instance), cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Somebody else was first.
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    internal static string InstanceOf(JobRun run) => string.Create(CultureInfo.InvariantCulture, $"{run.Job}~{run.UpTo:yyyy-MM-dd}");
}
