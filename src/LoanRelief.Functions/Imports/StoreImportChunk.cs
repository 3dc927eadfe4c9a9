using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace LoanRelief.Functions.Imports;

/// <summary>Stores the next chunk of an institution's oldest import. May be repeated.</summary>
internal sealed class StoreImportChunk(ImportWork work, DurableClient durable)
{
    /// <summary>A changed loan is told to its case, whose orchestration hears of it through this client.</summary>
    /// <returns>Whether there is more to do at once.</returns>
    [Function(nameof(StoreImportChunk))]
    public Task<bool> RunAsync([ActivityTrigger] string institution, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        durable.Use(client);
        return work.DoChunkAsync(Identifier.Parse<InstitutionId>(institution), cancellationToken);
    }
}
