using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Cases;

/// <summary>Cases in Table Storage: each loan's in a partition of their own, found by index tables that <see cref="CaseIndex"/> keeps.</summary>
internal sealed class TableCaseStore(TableSet tables, CaseSnapshots snapshots, CaseIndex index, CaseIndexReader entries, CaseLists lists) : ICaseStore
{
    private readonly RowReader _rows = new(tables.Cases);

    /// <summary>Commits on their way.</summary>
    private int _commits;

    public async Task<StoredCase?> FindAsync(CaseId id, CancellationToken cancellationToken) => await snapshots.FindAsync(id, cancellationToken);

    public async Task<LoanCases> CasesOfAsync(InstitutionId institution, LoanNumber loan, CancellationToken cancellationToken)
    {
        if (await _rows.FindAsync(Keys.Partition(institution, loan), CaseKeys.Loan(loan), cancellationToken) is not { } row)
            return new(institution, loan, 0, null, null, null);
        var entry = Row.Read<LoanEntry>(row);
        return new(institution, loan, entry.Cases, entry.Open, entry.LastMaturity, row.ETag.ToString());
    }

    public Task<StoredCase> OpenAsync(LoanCases before, CaseStep step, CaseState after, CancellationToken cancellationToken) =>
        CommitAsync(
            CaseIndex.Plan(null, [step], after),
            snapshot => Begin(after.Id, [step]).Write(CaseRows.Loan(after), before.ETag).Insert(snapshot),
            after, cancellationToken);

    public Task<StoredCase> AppendAsync(StoredCase before, IReadOnlyList<CaseStep> steps, CaseState after, CancellationToken cancellationToken) =>
        CommitAsync(
            CaseIndex.Plan((TableCase)before, steps, after),
            snapshot => Begin(after.Id, steps).Write(snapshot, before.ETag).Turn([CaseRows.Loan(before.State)], [CaseRows.Loan(after)]),
            after, cancellationToken);

    public IAsyncEnumerable<CaseStep> HistoryAsync(CaseId id, CancellationToken cancellationToken) =>
        _rows.ReadAsync(PartitionOf(id), RowRange.Of(CaseKeys.Steps(id)), cancellationToken).Select(Row.Read<CaseStep>);

    public Task<CasePage> ListAsync(CaseQuery query, CancellationToken cancellationToken) => lists.PageAsync(query, cancellationToken);

    public IAsyncEnumerable<DueCase> DueAsync(InstitutionId institution, DateTimeOffset upTo, CancellationToken cancellationToken) =>
        entries.DueAsync(institution, upTo, cancellationToken);

    public async IAsyncEnumerable<DeadLetter> DeadLettersAsync(
        InstitutionId institution, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = index.Table(CaseList.DeadLetters);
        await foreach (var rows in table.PagesAsync(table.Filter(institution, RowRange.All), null, cancellationToken))
        {
            foreach (var entry in await entries.ThatHoldAsync(CaseList.DeadLetters, rows, cancellationToken))
                yield return Row.Read<DeadLetter>(entry.Entity);
        }
    }

    /// <remarks>Cancelled before anything is stored, or not at all.</remarks>
    private async Task<StoredCase> CommitAsync(
        IndexMove move, Func<Row, RowTransaction> transaction, CaseState after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var isAlone = Interlocked.Increment(ref _commits) == 1;
        try
        {
            return await CommitAsync(move, transaction, after, isAlone);
        }
        finally
        {
            Interlocked.Decrement(ref _commits);
        }
    }

    private async Task<StoredCase> CommitAsync(IndexMove move, Func<Row, RowTransaction> transaction, CaseState after, bool isAlone)
    {
        var key = CaseKeys.Case(after.Id);
        var prepared = transaction(Row.Of(key, new CaseContent(after, move.Rows, [.. CaseIndex.StillThere(move.Leaving).Select(each => each.Row)])));
        await index.EnterAsync(move);
        string etag;
        try
        {
            // Should somebody have gone on already, the ETag is theirs; but the number of our next step is taken then.
            etag = await prepared.SubmitAsync(key, witness: CaseKeys.Step(after.Id, after.Version));
        }
        catch (ConflictException)
        {
            await index.LeaveAsync(move.Id, move.Entering.Select(each => LeavingRow.Left(each.Row)));
            throw;
        }

        index.Known.Forget(move.Leaving.Select(each => each.Row));
        var leaving = isAlone ? await index.LeaveAsync(move.Id, move.Leaving) : index.LeaveSoon(move.Id, move.Leaving);
        var stored = new TableCase(after, etag, move.Rows, leaving);
        index.Known.Learn(stored);
        return stored;
    }

    /// <summary>A step is inserted and never touched again, so it keeps a second one of its number out and bears witness to its transaction.</summary>
    private RowTransaction Begin(CaseId id, IReadOnlyList<CaseStep> steps) =>
        steps.Aggregate(new RowTransaction(tables.Cases, PartitionOf(id)), (begun, step) => begun.Insert(CaseRows.Step(id, step)));

    private static string PartitionOf(CaseId id) => Keys.Partition(id.Institution, id.Loan);
}
