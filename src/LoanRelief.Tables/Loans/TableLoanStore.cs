using Azure.Data.Tables;
using LoanRelief.Desk;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Loans;

/// <summary>The loan book in Table Storage. A loan and the rows by which it is found when it is due are in one partition.</summary>
internal sealed class TableLoanStore(TableSet tables) : ILoanStore
{
    private readonly RowReader _rows = new(tables.Loans);

    public async Task<StoredLoan?> FindAsync(InstitutionId institution, LoanNumber number, CancellationToken cancellationToken)
    {
        if (await _rows.FindAsync(Keys.Partition(institution, number), LoanRows.Key(number), cancellationToken) is not { } row)
            return null;
        var content = Row.Read<LoanContent>(row);
        return new(content.Loan, content.Watch, row.ETag.ToString());
    }

    public async Task<StoredLoan> PutAsync(StoredLoan? before, Loan loan, LoanWatch watch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var content = new LoanContent(loan, watch);
        var row = LoanRows.Loan(content);
        var etag = await new RowTransaction(tables.Loans, PartitionOf(loan))
            .Write(row, before?.ETag)
            .Turn(before is null ? [] : LoanRows.Watch(new(before.Loan, before.Watch)), LoanRows.Watch(content))
            .SubmitAsync(row.Key, witness: row.Key);
        return new(loan, watch, etag);
    }

    public IAsyncEnumerable<DueLoan> ToScanAsync(InstitutionId institution, DateOnly upTo, CancellationToken cancellationToken) =>
        DueAsync(LoanRows.AllToScan, institution, upTo, cancellationToken);

    public IAsyncEnumerable<DueLoan> ToRemindAsync(InstitutionId institution, DateOnly upTo, CancellationToken cancellationToken) =>
        DueAsync(LoanRows.AllToRemind, institution, upTo, cancellationToken);

    public Task GiveUpAsync(Loan loan, OutgoingEvent outgoing, string detail, CancellationToken cancellationToken) =>
        tables.Loans.UpsertEntityAsync(
            LoanRows.Dead(loan.Number, new(outgoing, detail)).ToEntity(PartitionOf(loan), Guid.NewGuid()), TableUpdateMode.Replace, cancellationToken);

    public IAsyncEnumerable<DeadLetter> DeadLettersAsync(InstitutionId institution, CancellationToken cancellationToken) =>
        _rows.MergeAsync(institution, RowRange.Of(LoanRows.AllDead), cancellationToken).Select(row => Row.Read<GivenUpEvent>(row).ToDeadLetter());

    public async Task<OutgoingEvent?> FindDeadLetterAsync(InstitutionId institution, LoanNumber loan, string key, CancellationToken cancellationToken) =>
        await _rows.FindAsync(Keys.Partition(institution, loan), LoanRows.DeadKey(loan, key), cancellationToken) is { } row
            ? Row.Read<GivenUpEvent>(row).Event
            : null;

    public Task RemoveDeadLetterAsync(InstitutionId institution, LoanNumber loan, string key, CancellationToken cancellationToken) =>
        tables.Loans.DeleteEntityAsync(Keys.Partition(institution, loan), LoanRows.DeadKey(loan, key), cancellationToken: cancellationToken);

    private IAsyncEnumerable<DueLoan> DueAsync(string prefix, InstitutionId institution, DateOnly upTo, CancellationToken cancellationToken) =>
        _rows.MergeAsync(institution, RowRange.UpTo(prefix, Keys.Sortable(upTo)), cancellationToken).Select(Row.Read<DueLoan>);

    private static string PartitionOf(Loan loan) => Keys.Partition(loan.Institution, loan.Number);
}
