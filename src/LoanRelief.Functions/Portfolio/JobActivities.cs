using LoanRelief.Desk.Jobs;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace LoanRelief.Functions.Portfolio;

/// <summary>The parts of a daily job's run. Each may be repeated.</summary>
internal sealed class JobActivities(DailyJobs jobs, JobStarter starter, IInstitutionStore institutions, DurableClient durable)
{
    [Function(nameof(ListInstitutionIds))]
    public async Task<string[]> ListInstitutionIds([ActivityTrigger] JobRun run, CancellationToken cancellationToken) =>
        await institutions.AllAsync(cancellationToken).Select(institution => institution.Id.ToString()).ToArrayAsync(cancellationToken);

    /// <summary>The scan opens cases, whose orchestrations are started through this client.</summary>
    [Function(nameof(ServeInstitution))]
    public async Task<Dictionary<string, int>> ServeInstitution(
        [ActivityTrigger] InstitutionRun part, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        durable.Use(client);
        return new(await jobs.ServeAsync(part.Run, Identifier.Parse<InstitutionId>(part.Institution), cancellationToken));
    }

    [Function(nameof(CompleteJob))]
    public Task CompleteJob([ActivityTrigger] CompletedRun done, CancellationToken cancellationToken) =>
        jobs.CompleteAsync(done.Run, done.Counts, cancellationToken);

    [Function(nameof(StartNextJob))]
    public Task StartNextJob([ActivityTrigger] JobRun ended, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        durable.Use(client);
        return starter.StartAfterAsync(ended, cancellationToken);
    }
}
