using System.Globalization;
using LoanRelief.Desk.Jobs;
using LoanRelief.Functions.Orchestrations;

namespace LoanRelief.Functions.Portfolio;

/// <summary>Starts runs of daily jobs as orchestrations, each when its turn has come.</summary>
/// <remarks>
/// Of the runs that are due the first one is started. When it has ended, well or not, its orchestration has the next one
/// started; should that be lost, the watchdog begins with the first that is due then.
/// </remarks>
internal sealed class JobStarter(DailyJobs jobs, DurableClient durable) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Has every run done that is due and has not been completed: those that were missed, and those that failed.</summary>
    public Task StartDueAsync(CancellationToken cancellationToken) => StartFirstAsync(_ => true, cancellationToken);

    /// <summary>Has a run done, after those that are due and come before it.</summary>
    public async Task StartAsync(JobRun run, CancellationToken cancellationToken)
    {
        if (!await StartFirstAsync(due => jobs.IsAhead(due, run), cancellationToken))
            await StartNowAsync(run, cancellationToken);
    }

    /// <summary>A run has ended: those that are due and come after it have their turn.</summary>
    public Task StartAfterAsync(JobRun run, CancellationToken cancellationToken) => StartFirstAsync(due => jobs.IsAhead(run, due), cancellationToken);

    public void Dispose() => _one.Dispose();

    internal static string InstanceOf(JobRun run) => string.Create(CultureInfo.InvariantCulture, $"{run.Job}~{run.UpTo:yyyy-MM-dd}");

    /// <returns>Whether there is one.</returns>
    private async Task<bool> StartFirstAsync(Func<JobRun, bool> isWanted, CancellationToken cancellationToken)
    {
        if ((await jobs.DueAsync(cancellationToken)).FirstOrDefault(isWanted) is not { } first)
            return false;
        await StartNowAsync(first, cancellationToken);
        return true;
    }

    /// <summary>Starts a run unless it is under way already.</summary>
    /// <remarks>Timers of one process take turns. Two processes that start it in the same moment do the same work, once or twice, to the same end.</remarks>
    private async Task StartNowAsync(JobRun run, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await durable.StartUnlessUnderWayAsync(nameof(PortfolioScanOrchestrator), InstanceOf(run), run, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }
}
