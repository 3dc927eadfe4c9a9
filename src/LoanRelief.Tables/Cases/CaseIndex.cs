using Azure;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Cases;

/// <summary>Keeps the index tables of cases: never a row too few, and a row too many is recognised.</summary>
/// <remarks>
/// <para>
/// The index tables are in other partitions than the case, so no transaction spans both. A step therefore (1) inserts
/// the rows at its new places, (2) commits the case, whose snapshot names the rows by which it stands, and (3) deletes
/// the rows that it no longer stands by; when others move too, a moment after the step is over (<see cref="LeavingRows"/>).
/// A row whose place and content stay is left as it is. The snapshot decides:
/// </para>
/// <list type="bullet">
/// <item>A row that it names holds. Such a row is there: it was inserted before the commit that names it, and only rows
/// that are not named are ever deleted.</item>
/// <item>A row that it does not name, of its version or an older one, is dead for good: the key of a row belongs to one
/// attempt, and an attempt at a version that exists can no longer be committed. Anybody may delete it at any time.</item>
/// <item>A row of a later version belongs to an attempt that is on its way, or that broke off. It does not hold yet. It
/// is dead once the case has gone on, or when it is older than any attempt lasts (<see cref="CaseIndexReader"/>).</item>
/// </list>
/// <para>What may come between, at any storage call and between any two:</para>
/// <list type="bullet">
/// <item>The program ends, or storage is gone, after (1): the case is found where it was; the new row does not hold.</item>
/// <item>After (2): both rows are there. The new one is due at once (below), so whoever looks at it finds in the
/// snapshot what was left (<see cref="CaseContent.Left"/>) and deletes it; the next step of the case would, too.</item>
/// <item>Two attempts at once: each inserts rows of its own, one is committed. The other gets a conflict, knows that it
/// can never be committed and deletes its own rows; should it end before that, they are dead by their version.</item>
/// <item>The answer to the commit is lost: it is recognised by its witness (<see cref="RowTransaction"/>). No answer at
/// all: the rows stay and the snapshot decides when they are read.</item>
/// <item>A reader comes between (1) and (3): it sees the case at either place, or at both. That is so with any two pages
/// of a list; on one page a case that is there twice is looked up.</item>
/// </list>
/// <para>
/// A row in <see cref="CaseList.Open"/> also says when somebody has to look at the case: not later than the case itself
/// says. It is inserted with the time of its step, because most steps have an effect to send at once. What becomes
/// later afterwards is put right in passing by whoever reads it. What becomes earlier needs a new row.
/// </para>
/// </remarks>
internal sealed class CaseIndex(TableSet tables)
{
    /// <summary>What this process knows of rows without reading.</summary>
    public KnownRows Known { get; } = new();

    /// <summary>What this process is deleting.</summary>
    public LeavingRows Leaving { get; } = new();

    public IndexTable Table(CaseList list) => list switch
    {
        CaseList.Open => tables.OpenCases,
        CaseList.Closed => tables.ClosedCases,
        CaseList.Outcome => tables.CasesByOutcome,
        _ => tables.CaseDeadLetters,
    };

    /// <summary>What a commit changes in the index tables.</summary>
    /// <param name="before">The case as it stood; null for one that is opened.</param>
    /// <param name="steps">Those that lead from there to <paramref name="after"/> in one commit.</param>
    public static IndexMove Plan(TableCase? before, IReadOnlyList<CaseStep> steps, CaseState after)
    {
        var attempt = Guid.NewGuid();
        var had = before is null ? [] : CaseRows.Places(before.State);
        var rows = new List<IndexRow>();
        var entering = new List<(IndexRow Row, IndexPlace Place)>();
        foreach (var place in CaseRows.Places(after, steps))
        {
            var stays = had.Contains(place) && (place.List != CaseList.Open || after.NextDue >= before!.State.NextDue);
            var row = stays ? before!.Rows.Single(each => each.IsAt(place)) : IndexRow.At(place, attempt);
            rows.Add(row);
            if (!stays)
                entering.Add((row, place));
        }

        IReadOnlyList<LeavingRow> leaving = before is null ? [] : [.. before.Rows.Except(rows).Select(LeavingRow.Left), .. before.Leaving];
        return new(after.Id, after.Version, after.ChangedAt < after.NextDue ? after.ChangedAt : after.NextDue, rows, entering, leaving);
    }

    /// <summary>Inserts the rows at the new places, together with those of other cases that move at the same time.</summary>
    /// <remarks>Not to be cancelled, as the commit that follows is not.</remarks>
    /// <exception cref="RequestFailedException">The step must not be committed.</exception>
    public Task EnterAsync(IndexMove move) => Task.WhenAll(move.Entering.Select(each =>
    {
        // Nobody else has the key, so it may be repeated.
        var partition = Partition(move.Id, each.Row);
        return Table(each.Row.List).PutAsync(partition, IndexEntry.Make(partition, each.Row, each.Place, move));
    }));

    /// <summary>Deletes rows that do not hold, and waits for it.</summary>
    /// <returns>Those that could not be reached: they do no harm and are tried again with the next step.</returns>
    public async Task<IReadOnlyList<LeavingRow>> LeaveAsync(CaseId id, IEnumerable<LeavingRow> rows)
    {
        var leaving = Leave(id, rows, withOthers: false);
        await Task.WhenAll(leaving.Select(each => each.Gone));
        return StillThere(leaving);
    }

    /// <summary>Deletes rows that do not hold, in a moment, together with others.</summary>
    public IReadOnlyList<LeavingRow> LeaveSoon(CaseId id, IEnumerable<LeavingRow> rows) => Leave(id, rows, withOthers: true);

    /// <summary>Those that may be there.</summary>
    public static IReadOnlyList<LeavingRow> StillThere(IEnumerable<LeavingRow> rows) => [.. rows.Where(each => !each.HasGone)];

    private IReadOnlyList<LeavingRow> Leave(CaseId id, IEnumerable<LeavingRow> rows, bool withOthers) =>
        [.. StillThere(rows).Select(each => Leaving.Delete(Table(each.Row.List), Partition(id, each.Row), each.Row, withOthers))];

    private string Partition(CaseId id, IndexRow row) => Table(row.List).Partition(id.Institution, row.Key);
}

/// <summary>What a commit changes in the index tables.</summary>
/// <param name="Version">The version that it makes.</param>
/// <param name="Due">When somebody has to look at the rows in <see cref="CaseList.Open"/>; null when nobody has to.</param>
/// <param name="Rows">The rows by which the case stands afterwards.</param>
/// <param name="Entering">Those of them that are new.</param>
/// <param name="Leaving">Rows that do not hold afterwards.</param>
internal sealed record IndexMove(
    CaseId Id, int Version, DateTimeOffset? Due, IReadOnlyList<IndexRow> Rows, IReadOnlyList<(IndexRow Row, IndexPlace Place)> Entering, IReadOnlyList<LeavingRow> Leaving);
