using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Orchestrations;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Desk.Jobs;

/// <summary>Finds cases that should have been touched and were not, and effects that should have gone out, and has them seen to.</summary>
/// <remarks>A case that an operator has stopped is not late, and is left alone.</remarks>
public sealed class Watchdog(
    ICaseStore cases, IInstitutionStore institutions, IOrchestrationStore orchestrations, ICaseSignal signal, TimeProvider clock, ILogger<Watchdog> logger)
{
    /// <summary>Signals every case that is overdue by more than <paramref name="grace"/> in business time.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RunAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        var late = 0;
        var upTo = clock.GetUtcNow() - grace;
        var stopped = await orchestrations.StoppedAsync(cancellationToken);
        await foreach (var institution in institutions.AllAsync(cancellationToken))
        {
            await foreach (var due in cases.DueAsync(institution.Id, upTo, cancellationToken).Where(due => !stopped.Contains(due.Id)))
            {
                late++;
                signal.Changed(due.Id, due.DueAt);
            }
        }

        if (late > 0)
            logger.LogWarning("{Late} cases were overdue by more than {Grace} and have been signalled", late, grace);
        return late;
    }
}
