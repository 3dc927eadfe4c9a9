using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;

namespace LoanRelief.Desk.Jobs;

/// <summary>Computes again what was computed with holidays that have changed since: the dates of open cases, and the days of the maturity scan.</summary>
/// <remarks>
/// It is wanted as soon as a year came in, over HTTP or with a new build of the program, and is asked for every morning
/// before the scan all the same. For each institution it is kept with which years its dates were computed last, and only
/// when everything of the institution has been; so a run that broke off is done again, and what was done already has not
/// changed. Reminders of due dates go by the dates of the contract, which no holiday moves.
/// </remarks>
public sealed class CalendarRecomputation(
    CalendarDesk calendars, ICalendarStore store, IInstitutionStore institutions, ILoanStore loans, ICaseStore cases, CaseDesk desk, LoanDesk loanDesk, CasePolicy policy)
    : IDailyJob
{
    /// <summary>More days than a case's dates move by, when the longest holiday comes in.</summary>
    private const int Reach = 31;

    public string Name => "calendar-recomputation";

    public TimeOnly At => new(5, 0);

    public async Task<bool> IsWantedAsync(CancellationToken cancellationToken)
    {
        var now = await calendars.FingerprintsAsync(cancellationToken);
        var current = await store.AllComputedAsync(cancellationToken)
            .Where(computed => computed.Outdated(now).Count == 0)
            .Select(computed => computed.Institution)
            .ToHashSetAsync(cancellationToken: cancellationToken);
        return await institutions.AllAsync(cancellationToken).AnyAsync(institution => !current.Contains(institution.Id), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, int>> RunAsync(Institution institution, DateOnly today, CancellationToken cancellationToken)
    {
        var now = await calendars.FingerprintsAsync(cancellationToken);
        var before = await store.FindComputedAsync(institution.Id, cancellationToken) ?? new(institution.Id, new Dictionary<int, string>());
        var outdated = before.Outdated(now);
        var (casesMoved, loansMoved) = (0, 0);
        if (outdated.Count > 0)
        {
            await UntilAllKnowAsync(cancellationToken);
            loansMoved = await PlanLoansAnewAsync(institution.Id, outdated, cancellationToken);
            casesMoved = await RecountCasesAsync(institution.Id, cancellationToken);
            await store.PutComputedAsync(new(institution.Id, now), cancellationToken);
        }

        return new Dictionary<string, int> { ["cases"] = casesMoved, ["loans"] = loansMoved };
    }

    /// <summary>Until then another process may still store dates that it has counted with the calendar from before.</summary>
    private async Task UntilAllKnowAsync(CancellationToken cancellationToken)
    {
        var wait = await calendars.KnownToAllAtAsync(cancellationToken) - TimeProvider.System.GetUtcNow();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, cancellationToken);
    }

    /// <summary>The loans that wait for the scan in or near one of the years; the index has them by day.</summary>
    private async Task<int> PlanLoansAnewAsync(InstitutionId institution, IReadOnlySet<int> years, CancellationToken cancellationToken)
    {
        var moved = 0;
        var ahead = policy.Contact.OpenDaysBeforeDeadline + Reach;
        // Read to its end first: what is stored meanwhile moves rows of the index.
        var waiting = await loans.ToScanAsync(institution, new(years.Max(), 12, 31), cancellationToken)
            .Where(due => years.Contains(due.On.Year) || years.Contains(due.On.AddDays(ahead).Year))
            .ToListAsync(cancellationToken);
        await Parallel.ForEachAsync(waiting, SideBySide.Options(cancellationToken), async (due, token) =>
        {
            if (await loanDesk.PlanAnewAsync(institution, due.Number, token))
                Interlocked.Increment(ref moved);
        });
        return moved;
    }

    /// <summary>All open cases, and again those that were not on the list when it was read, until there is none.</summary>
    private async Task<int> RecountCasesAsync(InstitutionId institution, CancellationToken cancellationToken)
    {
        var (moved, done) = (0, new HashSet<CaseId>());
        while (await OpenCasesAsync(institution, cancellationToken).Where(done.Add).ToListAsync(cancellationToken) is { Count: > 0 } open)
        {
            await Parallel.ForEachAsync(open, SideBySide.Options(cancellationToken), async (id, token) =>
            {
                if (await desk.RecountAsync(id, token) is DeskAnswer.Done { Changed: true })
                    Interlocked.Increment(ref moved);
            });
        }

        return moved;
    }

    private async IAsyncEnumerable<CaseId> OpenCasesAsync(
        InstitutionId institution, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new CaseQuery { Institution = institution, PageSize = 1000 };
        do
        {
            var page = await cases.ListAsync(query, cancellationToken);
            foreach (var summary in page.Cases)
                yield return summary.Id;
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);
    }
}
