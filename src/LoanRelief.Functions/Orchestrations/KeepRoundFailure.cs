using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Loans;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Functions.Orchestrations;

/// <summary>Keeps for operators what a round failed with. When that can not be kept, the custom status has it all the same.</summary>
internal sealed class KeepRoundFailure(RoundFailures failures, ILogger<KeepRoundFailure> logger)
{
    [Function(nameof(KeepRoundFailure))]
    public async Task RunAsync([ActivityTrigger] FailedRound failed, CancellationToken cancellationToken)
    {
        try
        {
            await failures.FailedAsync(Identifier.Parse<CaseId>(failed.Case), failed.Rounds, failed.Error, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogWarning("What a round of work on {Case} failed with could not be kept: {Failure}", failed.Case, failure.GetType().Name);
        }
    }
}

/// <param name="Rounds">How many have failed since the last one that succeeded.</param>
/// <param name="Error">What the last one failed with.</param>
internal sealed record FailedRound(string Case, int Rounds, string Error);
