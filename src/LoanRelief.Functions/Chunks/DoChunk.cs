using LoanRelief.Desk.Chunks;
using LoanRelief.Domain.Loans;
using LoanRelief.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace LoanRelief.Functions.Chunks;

/// <summary>Does the next chunk of an institution's work. May be repeated.</summary>
internal sealed class DoChunk(IEnumerable<IChunkedWork> works, DurableClient durable)
{
    /// <summary>Cases that are opened, or hear of a changed loan, tell their orchestrations through this client.</summary>
    /// <returns>Whether there is more to do at once.</returns>
    [Function(nameof(DoChunk))]
    public Task<bool> RunAsync([ActivityTrigger] InstitutionWork work, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        durable.Use(client);
        return works.Single(each => each.Name == work.Work).DoChunkAsync(Identifier.Parse<InstitutionId>(work.Institution), cancellationToken);
    }
}
