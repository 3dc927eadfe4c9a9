using LoanRelief.Desk;
using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Jobs;

namespace LoanRelief.Local.Pump;

/// <summary>Runs the daily jobs and the watchdog when they are due by the business clock or wanted, as timer triggers do in Azure.</summary>
internal sealed class DailyTimer(DailyJobs jobs, Watchdog watchdog, CalendarDesk calendars, BusinessClock clock, ILogger<DailyTimer> logger) : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _wake = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        clock.Moved += () => _wake.Release();
        calendars.Changed += () => _wake.Release();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = PauseAfterFailure;
            try
            {
                wait = clock.MachineTimeUntil(await jobs.RunDueAsync(stoppingToken));
                // Late by an hour of business time, or by what a fast clock does in a few seconds.
                await watchdog.RunAsync(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(10 * clock.Speed), stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogError(failure, "The daily jobs failed; trying again");
            }

            await _wake.WaitAsync(wait, stoppingToken);
        }
    }
}
