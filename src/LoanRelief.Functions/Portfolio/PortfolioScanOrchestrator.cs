using LoanRelief.Desk.Jobs;
using LoanRelief.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace LoanRelief.Functions.Portfolio;

/// <summary>One run of a daily job over the whole portfolio: institutions in groups, each group in an orchestration of its own.</summary>
/// <remarks>
/// The watermark moves last, when every institution has been served. If one could not be, the run fails once all others
/// are done, and the watchdog starts it again: what was done is not done again. Either way the job behind it has its turn
/// next. The instance id names job and day, so that a second start finds the first.
/// </remarks>
internal static class PortfolioScanOrchestrator
{
    /// <summary>Institutions in a group: the history of a group stays short, and a thousand institutions are forty groups.</summary>
    internal const int GroupSize = 25;

    [Function(nameof(PortfolioScanOrchestrator))]
    public static async Task<Dictionary<string, int>> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var run = context.GetInput<JobRun>()!;
        try
        {
            return await ServeAsync(context, run);
        }
        finally
        {
            // Well or not: the jobs behind this one wait for their turn, not for its success.
            await context.CallActivityAsync(nameof(JobActivities.StartNextJob), run, Retries.OfRound);
        }
    }

    private static async Task<Dictionary<string, int>> ServeAsync(TaskOrchestrationContext context, JobRun run)
    {
        var institutions = await context.CallActivityAsync<string[]>(nameof(JobActivities.ListInstitutionIds), run, Retries.OfJob);
        var groups = institutions.Chunk(GroupSize).Select(group =>
            context.CallSubOrchestratorAsync<Dictionary<string, int>>(nameof(PortfolioGroupOrchestrator), new PortfolioGroup(run, group)));
        var counts = new Dictionary<string, int>();
        foreach (var part in await Task.WhenAll(groups))
            counts.AddUp(part);
        await context.CallActivityAsync(nameof(JobActivities.CompleteJob), new CompletedRun(run, counts), Retries.OfJob);
        return counts;
    }
}

/// <summary>Serves a group of institutions, side by side.</summary>
internal static class PortfolioGroupOrchestrator
{
    [Function(nameof(PortfolioGroupOrchestrator))]
    public static async Task<Dictionary<string, int>> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var (run, institutions) = context.GetInput<PortfolioGroup>()!;
        var served = institutions.Select(institution =>
            context.CallActivityAsync<Dictionary<string, int>>(nameof(JobActivities.ServeInstitution), new InstitutionRun(run, institution), Retries.OfJob));
        var counts = new Dictionary<string, int>();
        foreach (var part in await Task.WhenAll(served))
            counts.AddUp(part);
        return counts;
    }
}

/// <param name="Institutions">Ids of the institutions to serve.</param>
internal sealed record PortfolioGroup(JobRun Run, string[] Institutions);

internal sealed record InstitutionRun(JobRun Run, string Institution);

/// <param name="Counts">What the run did, by name.</param>
internal sealed record CompletedRun(JobRun Run, Dictionary<string, int> Counts);
