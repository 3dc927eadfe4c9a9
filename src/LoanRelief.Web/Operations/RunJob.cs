using LoanRelief.Desk.Jobs;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Operations;

internal static class RunJob
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "RunJob",
        Method = HttpMethods.Post,
        Route = "/api/operations/jobs/{job}/runs",
        Handler = HandleAsync,
        Tag = "Operations",
        Summary = "Runs a daily job now",
        Description = "For everything that came due up to today, whether or not it ran before; what was done is not done again.",
        Parameters = [new("job", ParameterPlace.Path, typeof(string), "Name of the job.", "maturity-scan")],
        Answers = [new(StatusCodes.Status200OK, typeof(JobView), "It ran to its end.")],
        Problems = [ProblemKind.JobUnknown],
        CanWait = true,
    };

    private static async Task<IResult> HandleAsync(Input input, DailyJobs jobs, CancellationToken cancellationToken)
    {
        var name = input.PathText("job");
        input.Check();
        return jobs.All.FirstOrDefault(job => job.Name == name) is { } wanted
            ? Answer.Json(JobView.Of(name, await jobs.RunNowAsync(wanted, cancellationToken)))
            : new ProblemAnswer(ProblemKind.JobUnknown).With("job", name).With("known", string.Join(", ", jobs.All.Select(job => job.Name)));
    }
}
