using Azure.Data.Tables;
using LoanRelief.Desk;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Loans;

/// <summary>The loan book in Table Storage. The rows by which a loan is found on its days are kept by <see cref="LoanDays"/>.</summary>
internal sealed class TableLoanStore(TableSet tables, LoanDays days, LoanBatches batches) : ILoanStore
{
    private readonly RowReader _loans = new(tables.Loans);
    private readonly RowReader _deadLetters = new(tables.LoanDeadLetters);

    public async Task<StoredLoan?> FindAsync(InstitutionId institution, LoanNumber number, CancellationToken cancellationToken) =>
        await _loans.FindAsync(Keys.Bucket(institution, number), number.Value, cancellationToken) is { } row
            ? new TableLoan(Row.Read<LoanContent>(row), row.ETag.ToString())
            : null;

    public Task<IReadOnlyDictionary<LoanNumber, StoredLoan>> FindManyAsync(
        InstitutionId institution, IReadOnlyCollection<LoanNumber> numbers, CancellationToken cancellationToken) =>
        batches.FindAsync(institution, numbers, cancellationToken);

    public async Task<StoredLoan> PutAsync(StoredLoan? before, Loan loan, LoanWatch watch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var had = (before as TableLoan)?.Content;
        var content = LoanContent.After(had, loan, watch);
        await days.InsertAsync(loan.Institution, content.NewDays(had));
        var row = Row.Of(loan.Number.Value, content);
        var etag = await new RowTransaction(tables.Loans, Keys.Bucket(loan.Institution, loan.Number)).Write(row, before?.ETag).SubmitAsync(row.Key, witness: row.Key);
        await days.DeleteAsync(loan.Institution, content.PastDays(had));
        return new TableLoan(content, etag);
    }

    public Task<IReadOnlyList<bool>> PutManyAsync(InstitutionId institution, IReadOnlyList<LoanChange> changes, CancellationToken cancellationToken) =>
        batches.PutAsync(institution, changes, cancellationToken);

    public IAsyncEnumerable<DueLoan> ToScanAsync(InstitutionId institution, DateOnly upTo, CancellationToken cancellationToken) =>
        days.DueAsync(LoanDuty.Scan, institution, upTo, cancellationToken);

    public IAsyncEnumerable<DueLoan> ToRemindAsync(InstitutionId institution, DateOnly upTo, CancellationToken cancellationToken) =>
        days.DueAsync(LoanDuty.Remind, institution, upTo, cancellationToken);

    public IAsyncEnumerable<MaturityEntry> MaturingAsync(InstitutionId institution, DateOnly from, DateOnly to, MaturityEntry? after, CancellationToken cancellationToken) =>
        days.MaturingAsync(institution, from, to, after, cancellationToken);

    public IAsyncEnumerable<LoanNumber> OfBorrowerAsync(InstitutionId institution, CreditCode borrower, CancellationToken cancellationToken) =>
        days.OfBorrowerAsync(institution, borrower, cancellationToken)
            .Where(async (number, token) => await FindAsync(institution, number, token) is { } stored && stored.Loan.Borrower.CreditCode == borrower);

    public async Task<StoredLoan?> FindAsync(InstitutionId institution, DueLoan due, CancellationToken cancellationToken)
    {
        var row = LoanDays.RowOf(due);
        var stored = await FindAsync(institution, due.Number, cancellationToken);
        var content = (stored as TableLoan)?.Content;
        if (content?.Days().Contains(row) ?? false)
            return stored;
        if (row.Version <= (content?.Version ?? 0))
            await days.DeleteAsync(institution, [row]);
        return null;
    }

    public Task GiveUpAsync(Loan loan, OutgoingEvent outgoing, string detail, CancellationToken cancellationToken) =>
        tables.LoanDeadLetters.UpsertEntityAsync(
            Row.Of(Keys.Digest(outgoing.Id), new GivenUpEvent(outgoing, detail)).ToEntity(Keys.Partition(loan.Institution, loan.Number), Guid.NewGuid()),
            TableUpdateMode.Replace, cancellationToken);

    public IAsyncEnumerable<DeadLetter> DeadLettersAsync(InstitutionId institution, CancellationToken cancellationToken) =>
        tables.LoanDeadLetters
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey gt {institution + "~"} and PartitionKey lt {institution + "~~"}"), cancellationToken: cancellationToken)
            .Select(row => Row.Read<GivenUpEvent>(row).ToDeadLetter());

    public async Task<OutgoingEvent?> FindDeadLetterAsync(InstitutionId institution, LoanNumber loan, string key, CancellationToken cancellationToken) =>
        await _deadLetters.FindAsync(Keys.Partition(institution, loan), Keys.Digest(key), cancellationToken) is { } row
            ? Row.Read<GivenUpEvent>(row).Event
            : null;

    public Task RemoveDeadLetterAsync(InstitutionId institution, LoanNumber loan, string key, CancellationToken cancellationToken) =>
        tables.LoanDeadLetters.DeleteEntityAsync(Keys.Partition(institution, loan), Keys.Digest(key), cancellationToken: cancellationToken);
}
