using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Lists;

/// <summary>走访, 推荐, 授信, 放款: takes in who came to which stage, and counts them by district and sector.</summary>
/// <remarks>
/// An institution counts its own records, an authority those of all. It is counted from the rows of the period and costs by
/// them, whatever else there is; to know of a firm whether it came to the stage before, which may have been earlier, costs a
/// point read where the period does not show it. The rows come and go as a stream; what stays in memory grows with the firms
/// of the period alone, by less than 200 bytes each.
/// </remarks>
public sealed class FunnelDesk(IFirmStore firms, IInstitutionStore institutions, ExclusionDesk exclusions, TimeProvider clock)
{
    /// <summary>Days of a period: a year, whichever.</summary>
    public const int LongestDays = 366;

    /// <summary>Firms that are looked at side by side.</summary>
    private const int AtATime = 256;

    /// <summary>Firms that are looked at for one page, however few of them are shown.</summary>
    private const int MostLookedAt = 1_000;

    /// <summary>What else than the row itself stands against a row: it lies ahead, the firm was to be screened out before it was visited, or what is taken back was never recorded.</summary>
    public async Task<RowError?> AgainstAsync(FunnelRow row, CancellationToken cancellationToken)
    {
        var record = row.Record;
        if (record.On > BeijingTime.DateOf(clock.GetUtcNow()))
            return WrongDay(new Refusal("in-the-future", "on"));
        if (row.Withdrawn)
            return (await firms.FindAsync(row.Firm, cancellationToken)).Firm.Knows(record) ? null : WrongDay(new Refusal("record-unknown", "on"));
        if (record.Stage is not (FunnelStage.Visited or FunnelStage.Recommended))
            return null;
        return await exclusions.ListedAsync(record.By, row.Firm, record.On, cancellationToken) is [var entry, ..]
            ? new("creditCode", row.Firm.Value, new Refusal("on-exclusion-list", "creditCode").With("seen", entry))
            : null;

        RowError WrongDay(Refusal refusal) => new("on", Refusal.Text(record.On), refusal);
    }

    /// <summary>Stores records, each new, in the place of an earlier one, or taking one back. The same again changes nothing; when it breaks off, all of them can be sent again.</summary>
    public Task<ListCounts> PutAsync(IReadOnlyList<FunnelRow> rows, CancellationToken cancellationToken) =>
        firms.PutAsync(rows, row => row.Firm, (firm, row) => row.Withdrawn ? firm.Without(row.Record) : firm.With(row.Record), cancellationToken);

    /// <summary>To which stages the borrower came, by day: as the institution and authorities have recorded it. None when it has no 统一社会信用代码.</summary>
    public async Task<IReadOnlyList<FunnelRecord>> RecordsAsync(Loan loan, CancellationToken cancellationToken)
    {
        if (loan.Borrower.CreditCode is not { } code)
            return [];
        var records = (await firms.FindAsync(code, cancellationToken)).Firm.Records.OrderBy(record => record.On).ThenBy(record => record.Stage);
        return await institutions.SeenByAsync(loan.Institution, records, record => record.By, cancellationToken);
    }

    /// <summary>Counts the firms that came to each stage in the period.</summary>
    public async Task<FunnelCount> CountAsync(InstitutionId institution, DayWindow window, CancellationToken cancellationToken)
    {
        var now = BeijingTime.Of(clock.GetUtcNow());
        var (scope, tally) = (await ScopeAsync(institution, cancellationToken), new FunnelTally());
        var (lists, counting) = (scope.Counted.SelectMany(_ => Enum.GetValues<FunnelStage>(), (by, stage) => (by, stage)), new Lock());
        await Parallel.ForEachAsync(lists, SideBySide.Options(cancellationToken), async (list, token) =>
        {
            await foreach (var row in firms.CameAsync(list.by, list.stage, window.From, window.To, null, token))
            {
                lock (counting)
                    tally.Add(row.Firm, row.Record);
            }
        });
        foreach (var some in tally.WithoutEarlier.Chunk(AtATime))
        {
            foreach (var stored in await SideBySide.SelectAsync(some, firms.FindAsync, cancellationToken))
                TellEarlier(tally, stored.Firm, window.To, scope);
        }

        return new(now, tally.Count());
    }

    /// <summary>The firms behind a figure, a page at a time, each once: where the first of its records of the stage stands.</summary>
    /// <param name="after"><see cref="FunnelPage.Next"/> of the page before.</param>
    /// <param name="size">1 to 1,000.</param>
    public async Task<FunnelPage> PageAsync(InstitutionId institution, DayWindow window, FunnelFilter filter, FunnelPlace? after, int size, CancellationToken cancellationToken)
    {
        var scope = await ScopeAsync(institution, cancellationToken);
        var (page, lookedAt, last) = (new List<FunnelFirm>(), 0, default(FunnelPlace));
        foreach (var by in scope.Counted.Where(by => after is null || string.CompareOrdinal(by.Value, after.Value.By.Value) >= 0))
        {
            var rows = firms.CameAsync(by, filter.Stage, window.From, window.To, by == after?.By ? after : null, cancellationToken);
            await foreach (var some in rows.Chunk(Math.Min(size + 1, AtATime)))
            {
                var looked = await SideBySide.SelectAsync(some, (row, token) => LookAtAsync(row, window, scope, token), cancellationToken);
                foreach (var (row, firm) in some.Zip(looked))
                {
                    if (page.Count == size || lookedAt == MostLookedAt)
                        return new(page, last);
                    (last, lookedAt) = (new(by, row.Record.On, row.Firm), lookedAt + 1);
                    if (firm is not null && filter.Has(firm))
                        page.Add(firm);
                }
            }
        }

        return new(page, null);
    }

    /// <returns>Null when the firm stands somewhere else in the list, where it came to the stage first.</returns>
    private async Task<FunnelFirm?> LookAtAsync(FunnelRow row, DayWindow window, Scope scope, CancellationToken cancellationToken)
    {
        var firm = (await firms.FindAsync(row.Firm, cancellationToken)).Firm;
        var records = firm.Records.Where(record => scope.Counted.Contains(record.By) && window.Contains(record.On)).ToList();
        var first = records.Where(record => record.Stage == row.Record.Stage).OrderBy(record => record.By.Value, StringComparer.Ordinal).ThenBy(record => record.On).FirstOrDefault();
        if (first is null || !first.Replaces(row.Record))
            return null;
        var tally = new FunnelTally();
        records.ForEach(record => tally.Add(firm.Code, record));
        TellEarlier(tally, firm, window.To, scope);
        var (cell, figures) = tally.Count().Cells.Single();
        return new(firm.Code, first.On, cell, figures[first.Stage]);
    }

    private static void TellEarlier(FunnelTally tally, Firm firm, DateOnly day, Scope scope)
    {
        foreach (var record in firm.Records.Where(record => record.On <= day && scope.Seen.Contains(record.By)))
            tally.CameBefore(firm.Code, record.Stage);
    }

    private async Task<Scope> ScopeAsync(InstitutionId institution, CancellationToken cancellationToken)
    {
        var all = await institutions.AllAsync(cancellationToken).ToListAsync(cancellationToken);
        var everybody = all.Any(each => each.Id == institution && each.Kind == InstitutionKind.Authority);
        return new(
            everybody ? [.. all.Select(each => each.Id)] : [institution],
            all.Where(each => everybody || each.Id == institution || each.Kind == InstitutionKind.Authority).Select(each => each.Id).ToHashSet());
    }

    /// <param name="Counted">Whose records are counted, by id.</param>
    /// <param name="Seen">Whose records say whether a firm came to an earlier stage.</param>
    private sealed record Scope(IReadOnlyList<InstitutionId> Counted, IReadOnlySet<InstitutionId> Seen);
}
