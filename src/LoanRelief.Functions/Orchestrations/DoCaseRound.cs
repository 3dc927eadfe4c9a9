using System.Text.Json;
using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Functions.Orchestrations;

/// <summary>The one activity of a case: advance, send, record, and say for how long there is nothing to do.</summary>
/// <remarks>
/// It may run twice, or side by side with itself, when a host died or a case was started twice: each step is guarded by
/// the row, and each effect by its key.
/// </remarks>
internal sealed class DoCaseRound(CaseWork work, RoundFailures failures, BusinessClock clock, ILogger<DoCaseRound> logger)
{
    [Function(nameof(DoCaseRound))]
    public async Task<CaseProgress> RunAsync([ActivityTrigger] CaseRound round, CancellationToken cancellationToken)
    {
        var id = Identifier.Parse<CaseId>(round.Case);
        try
        {
            var progress = Progress(await work.DoRoundAsync(id, patience: TimeSpan.Zero, cancellationToken));
            if (round.AfterFailure)
                await failures.RecoveredAsync(id, cancellationToken);
            return progress;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogError(failure, "A round of work on {Case} failed", id);
            // The runtime keeps what it is told in its history, and shows it: nothing that anybody wrote.
            throw new RoundFailedException(failures.Describe(failure));
        }
    }

    private CaseProgress Progress(CaseState? state) => state switch
    {
        { NextDue: { } due } open => new() { Stage = Word(open.Stage), WaitUntil = clock.MachineTimeOf(due) },
        { } closed => new() { Stage = Word(closed.Stage), IsDone = true },
        null => new() { IsDone = true },
    };

    private static string Word(Stage stage) => JsonNamingPolicy.CamelCase.ConvertName(stage.ToString());
}

/// <param name="Case">Its id.</param>
/// <param name="AfterFailure">The round before it failed, which is kept for operators until one succeeds.</param>
internal sealed record CaseRound(string Case, bool AfterFailure);

/// <summary>A round of work failed.</summary>
/// <param name="error">From <see cref="RoundFailures.Describe"/>.</param>
internal sealed class RoundFailedException(string error) : Exception(error);
