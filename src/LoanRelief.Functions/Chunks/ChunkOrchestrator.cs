using LoanRelief.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace LoanRelief.Functions.Chunks;

/// <summary>Does an institution's imports, or its batches, a chunk in each activity, until nothing is left.</summary>
/// <remarks>
/// One for each institution and kind of work, so that its books come in their order and a million rows of one institution
/// take one of the places for activities, whoever else wants one. It holds nothing: how far the work has come stands in its row.
/// </remarks>
internal static class ChunkOrchestrator
{
    /// <summary>Activities before it begins anew, so that its history stays short.</summary>
    internal const int Chunks = 50;

    [Function(nameof(ChunkOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var work = context.GetInput<InstitutionWork>()!;
        for (var chunk = 0; chunk < Chunks; chunk++)
        {
            if (!await context.CallActivityAsync<bool>(nameof(DoChunk), work, Retries.OfJob))
                return;
        }

        context.ContinueAsNew(work);
    }
}
