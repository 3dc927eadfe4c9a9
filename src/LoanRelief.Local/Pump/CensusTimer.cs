using LoanRelief.Desk.Telemetry;

namespace LoanRelief.Local.Pump;

/// <summary>Takes the census of cases every minute of machine time, and never for more than a hundredth of the time.</summary>
internal sealed class CensusTimer(CaseCensus census, ILogger<CensusTimer> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = Interval;
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = TimeProvider.System.GetTimestamp();
            try
            {
                if (census.IsWanted)
                    await census.TakeAsync(interval, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogWarning("The census of cases could not be taken: {Failure}", failure.GetType().Name);
            }

            var hundredfold = TimeProvider.System.GetElapsedTime(began) * 100;
            interval = hundredfold > Interval ? hundredfold : Interval;
            await Task.Delay(interval, stoppingToken);
        }
    }
}
