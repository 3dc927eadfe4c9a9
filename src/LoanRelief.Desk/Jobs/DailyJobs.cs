using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Values;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Desk.Jobs;

/// <summary>Runs the daily jobs, each once a Beijing day, and keeps their watermarks.</summary>
public sealed class DailyJobs(IEnumerable<IDailyJob> jobs, IInstitutionStore institutions, IJobStore marks, TimeProvider clock, ILogger<DailyJobs> logger)
{
    public IReadOnlyList<IDailyJob> All { get; } = [.. jobs];

    /// <summary>Runs every job whose run is due and has not been completed; days that were missed are caught up by one run.</summary>
    /// <returns>When the next run is due.</returns>
    public async Task<DateTimeOffset> RunDueAsync(CancellationToken cancellationToken)
    {
        foreach (var job in All)
        {
            var upTo = LastDue(job);
            var mark = await marks.FindAsync(job.Name, cancellationToken);
            if (mark is null || mark.CompletedUpTo < upTo)
                await RunAsync(job, upTo, cancellationToken);
        }

        return All.Min(job => BeijingTime.At(LastDue(job).AddDays(1), job.At));
    }

    /// <summary>Runs one job now for everything that is due up to today, whether or not it ran before.</summary>
    public Task<JobMark> RunNowAsync(IDailyJob job, CancellationToken cancellationToken) => RunAsync(job, Today, cancellationToken);

    /// <remarks>The watermark moves only when every institution has been served; one that fails does not hold the others up.</remarks>
    private async Task<JobMark> RunAsync(IDailyJob job, DateOnly today, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>();
        var failures = new List<Exception>();
        await foreach (var institution in institutions.AllAsync(cancellationToken))
        {
            try
            {
                foreach (var (name, count) in await job.RunAsync(institution, today, cancellationToken))
                    counts[name] = counts.GetValueOrDefault(name) + count;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogError(failure, "{Job} of {Day:yyyy-MM-dd} failed for {Institution}; it will be tried again", job.Name, today, institution.Id);
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
            throw new AggregateException($"{job.Name} of {today:yyyy-MM-dd} failed for {failures.Count} institutions.", failures);
        var mark = new JobMark(job.Name, today, BeijingTime.Of(clock.GetUtcNow()), counts);
        await marks.PutAsync(mark, cancellationToken);
        logger.LogInformation("{Job} completed up to {Day:yyyy-MM-dd}: {Counts}", job.Name, today, counts);
        return mark;
    }

    private DateOnly LastDue(IDailyJob job) =>
        BeijingTime.Of(clock.GetUtcNow()).TimeOfDay >= job.At.ToTimeSpan() ? Today : Today.AddDays(-1);

    private DateOnly Today => BeijingTime.DateOf(clock.GetUtcNow());
}
