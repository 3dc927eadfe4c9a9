using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Jobs;

/// <summary>Opens a case for every loan whose contact deadline comes near (应续尽续: none is dropped).</summary>
/// <remarks>
/// Loans that are due for it wait in an index until they have been looked at, so a day that was missed is caught up by
/// the next run, and a run that broke off, or a second one beside it, does no harm.
/// </remarks>
public sealed class MaturityScan(ILoanStore loans, CaseDesk desk, LoanDesk loanDesk, PolicyDesk policies) : IDailyJob
{
    public const string JobName = "maturity-scan";

    public string Name => JobName;

    public TimeOnly At => new(6, 0);

    public async Task<IReadOnlyDictionary<string, int>> RunAsync(Institution institution, DateOnly today, CancellationToken cancellationToken)
    {
        // Cases that are opened today begin with what is in force today, so each run asks anew.
        await policies.ReadLatestAsync(cancellationToken);
        var (opened, known) = (0, 0);
        await Parallel.ForEachAsync(loans.ToScanAsync(institution.Id, today, cancellationToken), IDailyJob.Parallelism(cancellationToken), async (due, token) =>
        {
            if (await loans.FindAsync(institution.Id, due, token) is not { } stored)
                return;
            if (await LookAtAsync(institution, stored, token))
                Interlocked.Increment(ref opened);
            else
                Interlocked.Increment(ref known);
        });
        return new Dictionary<string, int> { ["opened"] = opened, ["alreadyKnown"] = known };
    }

    private async Task<bool> LookAtAsync(Institution institution, StoredLoan stored, CancellationToken cancellationToken)
    {
        var answer = await desk.OpenAsync(stored.Loan, institution.Kind, CaseTrigger.Scan, Caller.System, cancellationToken);
        var next = answer is DeskAnswer.AlreadyOpen ? await loanDesk.AfterScanAsync(stored.Loan, cancellationToken) : null;
        try
        {
            await loans.PutAsync(stored, stored.Loan, stored.Watch with { ScanOn = next }, cancellationToken);
        }
        catch (ConflictException)
        {
            // The loan changed meanwhile; it stays due and the next run looks at it again.
        }

        return answer is DeskAnswer.Done;
    }
}
