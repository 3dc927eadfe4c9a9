using LoanRelief.Desk.Jobs;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Operations;

/// <summary>The daily jobs.</summary>
public sealed record JobList(IReadOnlyList<JobView> Jobs);

/// <summary>A daily job and how far it has come.</summary>
/// <param name="Name">Of the job.</param>
/// <param name="CompletedUpTo">All that was due up to this day (Beijing) has been done; not there if it never ran to its end.</param>
/// <param name="At">Business time at which the last run ended.</param>
/// <param name="Counts">What the last run did, by name.</param>
public sealed record JobView(string Name, DateOnly? CompletedUpTo, DateTimeOffset? At, IReadOnlyDictionary<string, int> Counts)
{
    internal static JobView Of(string name, JobMark? mark) =>
        new(name, mark?.CompletedUpTo, mark?.At, mark?.Counts ?? new Dictionary<string, int>());
}

internal static class ListJobs
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ListJobs",
        Method = HttpMethods.Get,
        Route = "/api/operations/jobs",
        Handler = HandleAsync,
        Tag = "Operations",
        Summary = "The daily jobs and how far they have come",
        Answers = [new(StatusCodes.Status200OK, typeof(JobList), "The jobs.")],
    };

    private static async Task<IResult> HandleAsync(DailyJobs jobs, IJobStore marks, CancellationToken cancellationToken)
    {
        var views = new List<JobView>();
        foreach (var job in jobs.All)
            views.Add(JobView.Of(job.Name, await marks.FindAsync(job.Name, cancellationToken)));
        return Answer.Json(new JobList(views));
    }
}
