using Azure.Data.Tables;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Loans;

/// <summary>The days on which loans have to be looked at: never a row too few, and a row too many is recognised.</summary>
/// <remarks>
/// A change of a loan (1) inserts the rows of its new days, (2) stores the loan, which names its rows by the version
/// that wrote them, and (3) deletes the rows of the days that it no longer has. Whoever finds a row reads the loan, as
/// it would anyway: a row that the loan names holds. One that it does not name and that is of its version or an older
/// one is dead, because a version is stored only once; the reader deletes it. A row of a later version belongs to a
/// change on its way, or to one that broke off: it does not hold, and stays until the loan changes again. So the
/// program may end between any two calls, and two may change a loan at once: both may have written the row of one
/// version and day, which then says the same, and it holds or dies by what the loan names.
/// The rows of maturities are inserted in the same way and never deleted: that a loan was once to mature on a day has to
/// be found for good. Whoever finds one asks the loan which maturities it has had. So are the rows of borrowers, which have
/// no day: whoever finds one asks the loan who its borrower is.
/// </remarks>
internal sealed class LoanDays(TableSet tables)
{
    /// <summary>Enough for some ten thousand rows a second in Azure, and few enough that whoever asks for a single row hardly waits behind them in Azurite.</summary>
    internal static ParallelOptions FewAtATime(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken };

    /// <summary>Inserts rows, those of one day together. May be repeated.</summary>
    public Task InsertAsync(InstitutionId institution, IEnumerable<DayRow> rows) =>
        EachPartitionAsync(institution, rows, (table, partition, some) => table.PutAsync(partition, some.Select(row => new TableEntity(partition, row.Key))));

    /// <summary>Deletes rows that do not hold, as far as storage can be reached: what stays does no harm.</summary>
    public Task DeleteAsync(InstitutionId institution, IEnumerable<DayRow> rows) =>
        EachPartitionAsync(institution, rows, (table, partition, some) =>
            Attempt.SucceedsAsync(patience => table.DeleteAsync(partition, some.Select(row => row.Key), patience)));

    /// <summary>The loans that are to be looked at up to a day, by day and number, as the rows say.</summary>
    public IAsyncEnumerable<DueLoan> DueAsync(LoanDuty duty, InstitutionId institution, DateOnly upTo, CancellationToken cancellationToken) =>
        Table(duty).ReadAsync(institution, RowRange.UpTo("", Keys.Sortable(upTo)), cancellationToken)
            .Select(entity => new DayRow(duty, entity.RowKey))
            .Select(row => new DueLoan(row.Loan, row.On, Entry(row)));

    /// <summary>The loans that mature in a window, or did so once, by day and number, as the rows say.</summary>
    public IAsyncEnumerable<MaturityEntry> MaturingAsync(InstitutionId institution, DateOnly from, DateOnly to, MaturityEntry? after, CancellationToken cancellationToken)
    {
        var window = RowRange.UpTo("", Keys.Sortable(to)).From(after is { } last ? DayRow.Maturing(last.On, last.Loan).Key : Keys.Sortable(from));
        return Table(LoanDuty.Mature).ReadAsync(institution, window, cancellationToken)
            .Select(entity => new DayRow(LoanDuty.Mature, entity.RowKey))
            .Select(row => new MaturityEntry(row.On, row.Loan));
    }

    /// <summary>The loans that a borrower has, or had once, as the rows say.</summary>
    public IAsyncEnumerable<LoanNumber> OfBorrowerAsync(InstitutionId institution, CreditCode borrower, CancellationToken cancellationToken) =>
        tables.LoansByBorrower.ReadAsync(institution, RowRange.Of($"{borrower}~"), cancellationToken)
            .Select(entity => new DayRow(LoanDuty.Owe, entity.RowKey).Loan);

    /// <summary>Back from <see cref="DueLoan.Entry"/>.</summary>
    public static DayRow RowOf(DueLoan due) => due.Entry.Split('/') is [var duty, var key]
        ? new(Enum.Parse<LoanDuty>(duty), key)
        : throw new ArgumentException($"'{due.Entry}' is not an entry of this store.", nameof(due));

    private static string Entry(DayRow row) => $"{row.Duty}/{row.Key}";

    private IndexTable Table(LoanDuty duty) => duty switch
    {
        LoanDuty.Scan => tables.LoansToScan,
        LoanDuty.Remind => tables.LoansToRemind,
        LoanDuty.Owe => tables.LoansByBorrower,
        _ => tables.LoansByMaturity,
    };

    private Task EachPartitionAsync(InstitutionId institution, IEnumerable<DayRow> rows, Func<IndexTable, string, IEnumerable<DayRow>, Task> work) =>
        Parallel.ForEachAsync(
            rows.GroupBy(row => (row.Duty, Partition: Table(row.Duty).Partition(institution, row.Key))).ToList(), FewAtATime(CancellationToken.None),
            async (part, _) => await work(Table(part.Key.Duty), part.Key.Partition, part));
}
