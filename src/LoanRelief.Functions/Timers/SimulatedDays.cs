using LoanRelief.Desk;
using LoanRelief.Desk.Jobs;
using LoanRelief.Functions.Portfolio;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Functions.Timers;

/// <summary>With a simulated clock: starts the daily jobs in the clock's own mornings, and wakes the cases that are due when it is moved.</summary>
/// <remarks>
/// Orchestrations wait in machine time for a deadline as it looked before the clock was moved; those that have come due
/// are nudged. The clock is this process's: a simulation runs on one instance.
/// </remarks>
internal sealed class SimulatedDays(JobStarter jobs, DailyJobs daily, Watchdog watchdog, BusinessClock clock, ILogger<SimulatedDays> logger) : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _moved = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!clock.IsSimulated)
            return;
        clock.Moved += () => _moved.Release();
        var moved = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = PauseAfterFailure;
            try
            {
                await jobs.StartDueAsync(stoppingToken);
                if (moved)
                    await watchdog.RunAsync(TimeSpan.Zero, stoppingToken);
                wait = clock.MachineTimeUntil(daily.NextDue);
                moved = false;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogError(failure, "What has come due by the simulated clock could not be started; trying again");
            }

            moved |= await _moved.WaitAsync(wait, stoppingToken);
        }
    }
}
