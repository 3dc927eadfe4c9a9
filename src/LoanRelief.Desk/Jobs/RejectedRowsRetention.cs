using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Jobs;

/// <summary>Deletes the refused rows of loan books when their day has passed: they hold personal data and are kept only to be given back.</summary>
/// <remarks>The import itself stays, with its counts. A run that broke off is gone on with by the next one.</remarks>
public sealed class RejectedRowsRetention(IImportStore imports, TimeProvider clock) : IDailyJob
{
    public string Name => "rejected-rows-retention";

    public TimeOnly At => new(3, 0);

    public async Task<IReadOnlyDictionary<string, int>> RunAsync(Institution institution, DateOnly today, CancellationToken cancellationToken)
    {
        var deleted = 0;
        await foreach (var outdated in imports.OutdatedAsync(institution.Id, today, cancellationToken))
        {
            if (await imports.FindAsync(institution.Id, outdated.Id, cancellationToken) is { Work.RejectedUntil: not null } stored)
            {
                await imports.RemoveRejectedAsync(stored.Work, cancellationToken);
                var after = stored.Work with { RejectedPages = 0, RejectedDeletedAt = BeijingTime.Of(clock.GetUtcNow()) };
                await imports.PutAsync(stored, after, cancellationToken);
                deleted += stored.Work.Rejected;
            }

            await imports.SettleAsync(institution.Id, outdated, cancellationToken);
        }

        return new Dictionary<string, int> { ["deleted"] = deleted };
    }
}
