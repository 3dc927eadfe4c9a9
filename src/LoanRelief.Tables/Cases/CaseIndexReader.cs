using Azure;
using Azure.Data.Tables;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Cases;

/// <summary>Tells the index rows that hold from those that do not, and mends what a broken-off step left (see <see cref="CaseIndex"/>).</summary>
/// <remarks>
/// A row that was found to hold is marked as settled and trusted from then on, so that each row is looked up at most
/// once, by one point read; a row that this process committed itself is not looked up at all.
/// </remarks>
internal sealed class CaseIndexReader(CaseIndex index, CaseSnapshots snapshots)
{
    /// <summary>Business time after which a row that is known to hold is marked, a hundred at a time: many have moved on by then.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    /// <summary>Longer than any attempt at a step lasts: its calls give up after a minute.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private const int LookUpsAtOnce = 16;

    /// <summary>Those of the rows that hold, in their order, each case once.</summary>
    public async Task<IReadOnlyList<IndexEntry>> ThatHoldAsync(CaseList list, IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken) =>
        [.. (await CheckAsync(list, rows, cancellationToken)).Where(each => each.Holds).Select(each => each.Entry)];

    /// <summary>The cases that have to be touched at or before a time, in no particular order.</summary>
    public async IAsyncEnumerable<DueCase> DueAsync(
        InstitutionId institution, DateTimeOffset upTo, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<CaseId>();
        var table = index.Table(CaseList.Open);
        var filter = $"{table.Filter(institution, RowRange.All)} and {IndexEntry.DueFilter(upTo)}";
        await foreach (var rows in table.PagesAsync(filter, IndexEntry.WithoutContent, cancellationToken))
        {
            var entries = await CheckAsync(CaseList.Open, rows, cancellationToken);
            await SettleAsync(entries.Where(each => each is { Holds: true, AtRest: true } && !each.Entry.IsSettled && upTo - each.Entry.Due >= Rest));
            foreach (var entry in entries)
            {
                if (entry is { Holds: true, Due: { } due } && due <= upTo && seen.Add(entry.Entry.Id))
                    yield return new(entry.Entry.Id, due);
            }
        }
    }

    private async Task<IReadOnlyList<Checked>> CheckAsync(CaseList list, IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken)
    {
        var entries = rows.Select(row => new IndexEntry(list, row)).ToList();
        var twice = entries.CountBy(entry => entry.Id).Where(count => count.Value > 1).Select(count => count.Key).ToHashSet();
        var result = new Checked[entries.Count];
        await Parallel.ForAsync(0, entries.Count, new ParallelOptions { MaxDegreeOfParallelism = LookUpsAtOnce, CancellationToken = cancellationToken }, async (n, token) =>
        {
            var entry = entries[n];
            if (index.Leaving.Contains(entry.Row))
                result[n] = new(entry, Holds: false, Due: null, AtRest: false);
            else if (list != CaseList.DeadLetters && twice.Contains(entry.Id))
                result[n] = await LookUpAsync(entry, token);
            else if (entry.IsSettled)
                result[n] = new(entry, Holds: true, entry.Due, AtRest: true);
            else if (index.Known.Find(entry.Row) is { } known)
                result[n] = new(entry, Holds: true, known.Due, known.AtRest);
            else
                result[n] = await LookUpAsync(entry, token);
        });
        await SettleAsync(result.Where(each => each is { Read: true, Holds: true, AtRest: true } && !each.Entry.IsSettled));
        return result;
    }

    /// <summary>Asks the case, and takes away what does not hold.</summary>
    private async Task<Checked> LookUpAsync(IndexEntry entry, CancellationToken cancellationToken)
    {
        var stored = await snapshots.FindAsync(entry.Id, cancellationToken);
        var holds = stored?.Rows.Contains(entry.Row) ?? false;
        if (holds)
        {
            var tidied = stored! with { Leaving = await index.LeaveAsync(entry.Id, stored.Leaving) };
            return new(entry, holds, tidied.State.NextDue, tidied.IsAtRest, Read: true);
        }

        if (entry.Version <= (stored?.State.Version ?? 0) || DateTimeOffset.UtcNow - entry.WrittenAt > Abandoned)
            await index.LeaveAsync(entry.Id, [LeavingRow.Left(entry.Row)]);
        return new(entry, holds, Due: null, AtRest: false, Read: true);
    }

    private async Task SettleAsync(IEnumerable<Checked> rows)
    {
        foreach (var partition in rows.GroupBy(each => (each.Entry.List, each.Entry.Entity.PartitionKey)))
        {
            foreach (var some in partition.Chunk(TransactionLimits.Rows))
            {
                // Whatever comes between: a row that has gone fails the transaction, and whoever reads the others next tries again.
                var marks = some.Select(each => new TableTransactionAction(TableTransactionActionType.UpdateMerge, each.Entry.Settle(each.Due), ETag.All));
                await Attempt.SucceedsAsync(patience => index.Table(partition.Key.List).Client.SubmitTransactionAsync(marks, patience));
            }
        }
    }

    /// <param name="Due">When the case has to be touched next, as far as is known.</param>
    /// <param name="AtRest">It has nothing to send, and nothing of it is left elsewhere.</param>
    /// <param name="Read">The case was looked up for it.</param>
    private readonly record struct Checked(IndexEntry Entry, bool Holds, DateTimeOffset? Due, bool AtRest, bool Read = false);
}
