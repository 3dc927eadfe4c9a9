using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Cases;

/// <summary>Cases in Table Storage. Everything of a case, its indexes included, is in one partition.</summary>
internal sealed class TableCaseStore(TableSet tables, CaseLists lists) : ICaseStore
{
    private readonly RowReader _rows = new(tables.Cases);

    public async Task<StoredCase?> FindAsync(CaseId id, CancellationToken cancellationToken) =>
        await _rows.FindAsync(PartitionOf(id), CaseKeys.Case(id), cancellationToken) is { } row
            ? new(Row.Read<CaseState>(row), row.ETag.ToString())
            : null;

    public async Task<LoanCases> CasesOfAsync(InstitutionId institution, LoanNumber loan, CancellationToken cancellationToken)
    {
        if (await _rows.FindAsync(Keys.Partition(institution, loan), CaseKeys.Loan(loan), cancellationToken) is not { } row)
            return new(institution, loan, 0, null, null, null);
        var entry = Row.Read<LoanEntry>(row);
        return new(institution, loan, entry.Cases, entry.Open, entry.LastMaturity, row.ETag.ToString());
    }

    public Task<StoredCase> OpenAsync(LoanCases before, CaseStep step, CaseState after, CancellationToken cancellationToken) =>
        CommitAsync(
            Begin(after.Id, step)
                .Write(CaseRows.Loan(after), before.ETag)
                .Insert(CaseRows.Snapshot(after))
                .Turn([], CaseRows.Index(after, step)),
            step, after, cancellationToken);

    public Task<StoredCase> AppendAsync(StoredCase before, CaseStep step, CaseState after, CancellationToken cancellationToken) =>
        CommitAsync(
            Begin(after.Id, step)
                .Write(CaseRows.Snapshot(after), before.ETag)
                .Turn(
                    [CaseRows.Loan(before.State), .. CaseRows.Index(before.State)],
                    [CaseRows.Loan(after), .. CaseRows.Index(after, step)]),
            step, after, cancellationToken);

    public IAsyncEnumerable<CaseStep> HistoryAsync(CaseId id, CancellationToken cancellationToken) =>
        _rows.ReadAsync(PartitionOf(id), RowRange.Of(CaseKeys.Steps(id)), cancellationToken).Select(Row.Read<CaseStep>);

    public Task<CasePage> ListAsync(CaseQuery query, CancellationToken cancellationToken) => lists.PageAsync(query, cancellationToken);

    public IAsyncEnumerable<DueCase> DueAsync(InstitutionId institution, DateTimeOffset upTo, CancellationToken cancellationToken) =>
        _rows.MergeAsync(institution, RowRange.UpTo(CaseKeys.AllDue, Keys.Sortable(upTo)), cancellationToken).Select(Row.Read<DueCase>);

    public IAsyncEnumerable<DeadLetter> DeadLettersAsync(InstitutionId institution, CancellationToken cancellationToken) =>
        _rows.MergeAsync(institution, RowRange.Of(CaseKeys.AllDead), cancellationToken).Select(Row.Read<DeadLetter>);

    private static async Task<StoredCase> CommitAsync(RowTransaction transaction, CaseStep step, CaseState after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Should somebody have gone on already, the ETag is theirs; but the number of our next step is taken then.
        return new(after, await transaction.SubmitAsync(CaseKeys.Case(after.Id), witness: CaseKeys.Step(after.Id, step.Number)));
    }

    /// <summary>A step is inserted and never touched again, so it keeps a second one of its number out and bears witness to its transaction.</summary>
    private RowTransaction Begin(CaseId id, CaseStep step) => new RowTransaction(tables.Cases, PartitionOf(id)).Insert(CaseRows.Step(id, step));

    private static string PartitionOf(CaseId id) => Keys.Partition(id.Institution, id.Loan);
}
