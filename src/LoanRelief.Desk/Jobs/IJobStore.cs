namespace LoanRelief.Desk.Jobs;

/// <summary>Port: how far the daily jobs have come.</summary>
public interface IJobStore
{
    /// <summary>The last day up to which the job was completed; null if it never was.</summary>
    Task<JobMark?> FindAsync(string job, CancellationToken cancellationToken);

    Task PutAsync(JobMark mark, CancellationToken cancellationToken);
}

/// <summary>The watermark of a daily job: all that was due up to a day has been done.</summary>
/// <param name="Job">Name of the job.</param>
/// <param name="CompletedUpTo">That day (Beijing).</param>
/// <param name="At">Business time at which the run ended.</param>
/// <param name="Counts">What the run did, by name.</param>
public sealed record JobMark(string Job, DateOnly CompletedUpTo, DateTimeOffset At, IReadOnlyDictionary<string, int> Counts);
