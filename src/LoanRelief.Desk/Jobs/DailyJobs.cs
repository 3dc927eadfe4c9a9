using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Telemetry;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Desk.Jobs;

/// <summary>The daily jobs, each due once a Beijing day, and their watermarks.</summary>
/// <remarks>
/// Runs that are due come one after the other, in the order of the jobs: dates are counted again before the scan goes by
/// them. One that fails is due again, and does not keep those behind it from their turn.
/// <para>
/// A run serves every institution and then moves the watermark. One process does that with <see cref="RunDueAsync"/>; a
/// host that spreads a run over several takes the parts: <see cref="DueAsync"/>, <see cref="ServeAsync"/> for each
/// institution and <see cref="CompleteAsync"/> when all have been served.
/// </para>
/// </remarks>
public sealed class DailyJobs(IEnumerable<IDailyJob> jobs, IInstitutionStore institutions, IJobStore marks, TimeProvider clock, DeskMetrics metrics, ILogger<DailyJobs> logger)
{
    public IReadOnlyList<IDailyJob> All { get; } = [.. jobs];

    /// <summary>When the next run of any job is due.</summary>
    public DateTimeOffset NextDue => All.Min(job => BeijingTime.At(LastDue(job).AddDays(1), job.At));

    /// <summary>
    /// Runs every job whose run is due and has not been completed, or that is wanted; days that were missed are caught up
    /// by one run.
    /// </summary>
    /// <returns>When the next run is due.</returns>
    /// <exception cref="AggregateException">Some failed; all others had their turn.</exception>
    public async Task<DateTimeOffset> RunDueAsync(CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var run in await DueAsync(cancellationToken))
        {
            try
            {
                await RunAsync(Job(run.Job), run.UpTo, cancellationToken);
            }
            catch (AggregateException failure)
            {
                failures.AddRange(failure.InnerExceptions);
            }
        }

        return failures.Count == 0 ? NextDue : throw new AggregateException("Some daily jobs failed.", failures);
    }

    /// <summary>Runs one job now for everything that is due up to today, whether or not it ran before.</summary>
    public Task<JobMark> RunNowAsync(IDailyJob job, CancellationToken cancellationToken) => RunAsync(job, Today, cancellationToken);

    /// <summary>The runs that are due and have not been completed, and those that are wanted, in the order in which they have to come.</summary>
    public async Task<IReadOnlyList<JobRun>> DueAsync(CancellationToken cancellationToken)
    {
        var due = new List<JobRun>();
        foreach (var job in All)
        {
            var upTo = LastDue(job);
            var mark = await marks.FindAsync(job.Name, cancellationToken);
            if (mark is null || mark.CompletedUpTo < upTo)
                due.Add(new(job.Name, upTo));
            else if (await job.IsWantedAsync(cancellationToken))
                due.Add(new(job.Name, mark.CompletedUpTo));
        }

        return due;
    }

    /// <summary>Whether a run of one job has to come before a run of another.</summary>
    public bool IsAhead(JobRun first, JobRun second) => Place(first) < Place(second);

    /// <summary>The run that serves everything that is due up to today, whatever the time of day.</summary>
    public JobRun RunOfToday(string job) => new(Job(job).Name, Today);

    /// <summary>Does a run's work for one institution; may be repeated. Nothing is done for an institution that is not registered.</summary>
    /// <returns>What was done, by name.</returns>
    public async Task<IReadOnlyDictionary<string, int>> ServeAsync(JobRun run, InstitutionId id, CancellationToken cancellationToken) =>
        await institutions.FindAsync(id, cancellationToken) is { } institution
            ? await RunForAsync(Job(run.Job), institution, run.UpTo, cancellationToken)
            : new Dictionary<string, int>();

    /// <summary>Moves the watermark, never back: every institution has been served.</summary>
    /// <param name="counts">What the run did, by name.</param>
    public async Task<JobMark> CompleteAsync(JobRun run, IReadOnlyDictionary<string, int> counts, CancellationToken cancellationToken)
    {
        var mark = new JobMark(run.Job, run.UpTo, BeijingTime.Of(clock.GetUtcNow()), counts);
        if (await marks.FindAsync(run.Job, cancellationToken) is { } before && before.CompletedUpTo > run.UpTo)
            return before;
        await marks.PutAsync(mark, cancellationToken);
        logger.LogInformation("{Job} completed up to {Day:yyyy-MM-dd}: {Counts}", run.Job, run.UpTo, counts);
        return mark;
    }

    /// <remarks>The watermark moves only when every institution has been served; one that fails does not hold the others up.</remarks>
    private async Task<JobMark> RunAsync(IDailyJob job, DateOnly today, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>();
        var failures = new List<Exception>();
        await foreach (var institution in institutions.AllAsync(cancellationToken))
        {
            try
            {
                counts.AddUp(await RunForAsync(job, institution, today, cancellationToken));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogError(failure, "{Job} of {Day:yyyy-MM-dd} failed for {Institution}; it will be tried again", job.Name, today, institution.Id);
                failures.Add(failure);
            }
        }

        return failures.Count == 0
            ? await CompleteAsync(new(job.Name, today), counts, cancellationToken)
            : throw new AggregateException($"{job.Name} of {today:yyyy-MM-dd} failed for {failures.Count} institutions.", failures);
    }

    /// <summary>Tells traces and metrics how it went.</summary>
    private async Task<IReadOnlyDictionary<string, int>> RunForAsync(IDailyJob job, Institution institution, DateOnly upTo, CancellationToken cancellationToken)
    {
        RightOfWay.GiveWay();
        using var span = Spans.Job(job.Name, upTo, institution.Id);
        try
        {
            var counts = await job.RunAsync(institution, upTo, cancellationToken);
            metrics.Ran(job.Name, institution.Id, completed: true);
            return counts;
        }
        catch (Exception failure)
        {
            span.Failed(failure);
            metrics.Ran(job.Name, institution.Id, completed: false);
            throw;
        }
    }

    private int Place(JobRun run) => All.Index().Single(each => each.Item.Name == run.Job).Index;

    private IDailyJob Job(string name) =>
        All.FirstOrDefault(job => job.Name == name) ?? throw new ArgumentException($"There is no daily job '{name}'.", nameof(name));

    private DateOnly LastDue(IDailyJob job) =>
        BeijingTime.Of(clock.GetUtcNow()).TimeOfDay >= job.At.ToTimeSpan() ? Today : Today.AddDays(-1);

    private DateOnly Today => BeijingTime.DateOf(clock.GetUtcNow());
}

/// <summary>One run of a daily job.</summary>
/// <param name="Job">Name of the job.</param>
/// <param name="UpTo">Everything that is due up to this day (Beijing) is done.</param>
public sealed record JobRun(string Job, DateOnly UpTo);

/// <summary>What jobs did, by name.</summary>
public static class JobCounts
{
    /// <summary>Adds the counts of a part of the work.</summary>
    public static void AddUp(this IDictionary<string, int> counts, IReadOnlyDictionary<string, int> part)
    {
        foreach (var (name, count) in part)
            counts[name] = counts.TryGetValue(name, out var before) ? before + count : count;
    }
}
