using LoanRelief.Desk;
using LoanRelief.Desk.Jobs;
using LoanRelief.Functions.Orchestrations;
using LoanRelief.Functions.Portfolio;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace LoanRelief.Functions.Timers;

/// <summary>Start the daily jobs at their time of day. A start that was missed is caught up when the host is back, or else by the watchdog.</summary>
/// <remarks>Cron expressions have six fields and mean UTC: 22:00 is 6 o'clock the next morning in Beijing. A simulated clock has mornings of its own (<see cref="SimulatedDays"/>).</remarks>
internal sealed class JobTimers(DailyJobs jobs, JobStarter starter, DurableClient durable, BusinessClock clock)
{
    [Function(nameof(ScanMaturities))]
    public Task ScanMaturities([TimerTrigger("%Schedules:MaturityScan%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        StartAsync<MaturityScan>(client, cancellationToken);

    [Function(nameof(RemindOfDueDates))]
    public Task RemindOfDueDates([TimerTrigger("%Schedules:DueDateReminders%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        StartAsync<DueDateReminders>(client, cancellationToken);

    [Function(nameof(RemindOfInquiries))]
    public Task RemindOfInquiries([TimerTrigger("%Schedules:InquiryReminders%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        StartAsync<InquiryReminders>(client, cancellationToken);

    private async Task StartAsync<TJob>(DurableTaskClient client, CancellationToken cancellationToken) where TJob : IDailyJob
    {
        durable.Use(client);
        if (!clock.IsSimulated)
            await starter.StartAsync(jobs.RunOfToday(jobs.All.OfType<TJob>().Single().Name), cancellationToken);
    }
}
