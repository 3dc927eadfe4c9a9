using System.Text.Json;
using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using Microsoft.Azure.Functions.Worker;

namespace LoanRelief.Functions.Orchestrations;

/// <summary>The one activity of a case: advance, send, record, and say for how long there is nothing to do.</summary>
/// <remarks>
/// It may run twice, or side by side with itself, when a host died or a case was started twice: each step is guarded by
/// the row, and each effect by its key.
/// </remarks>
internal sealed class DoCaseRound(CaseWork work, BusinessClock clock)
{
    [Function(nameof(DoCaseRound))]
    public async Task<CaseProgress> RunAsync([ActivityTrigger] string caseId, CancellationToken cancellationToken) =>
        await work.DoRoundAsync(Identifier.Parse<CaseId>(caseId), cancellationToken) switch
        {
            { NextDue: { } due } open => new() { Stage = Word(open.Stage), WaitUntil = clock.MachineTimeOf(due) },
            { } closed => new() { Stage = Word(closed.Stage), IsDone = true },
            null => new() { IsDone = true },
        };

    private static string Word(Stage stage) => JsonNamingPolicy.CamelCase.ConvertName(stage.ToString());
}
