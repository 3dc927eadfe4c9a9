using LoanRelief.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace LoanRelief.Functions.Imports;

/// <summary>Takes an institution's received books into its loan book, a chunk in each activity, until none is left.</summary>
/// <remarks>
/// One for each institution, so that its books come in their order and a million rows of one institution take one of the
/// places for activities, whoever else wants one. It holds nothing: how far a book has come stands in its row.
/// </remarks>
internal static class LoanImportOrchestrator
{
    /// <summary>Activities before it begins anew, so that its history stays short.</summary>
    internal const int Chunks = 50;

    [Function(nameof(LoanImportOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var institution = context.GetInput<string>()!;
        for (var chunk = 0; chunk < Chunks; chunk++)
        {
            if (!await context.CallActivityAsync<bool>(nameof(StoreImportChunk), institution, Retries.OfJob))
                return;
        }

        context.ContinueAsNew(institution);
    }
}
