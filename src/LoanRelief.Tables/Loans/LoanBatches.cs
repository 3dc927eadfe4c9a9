using System.Collections.Concurrent;
using Azure.Data.Tables;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Loans;

/// <summary>Many loans of one institution at once: entity group transactions for each partition of the book, some side by side.</summary>
/// <remarks>
/// The order is that of <see cref="LoanDays"/>: the rows of all new days, the loans, then the rows of past days. It may
/// break off anywhere and be repeated: what was stored is found as stored.
/// </remarks>
internal sealed class LoanBatches(TableSet tables, LoanDays days)
{
    /// <summary>Up to here point reads are cheaper than a query: in Azure as many requests side by side, in Azurite a query looks at the whole table.</summary>
    private const int FewLoans = 4;

    private readonly RowReader _rows = new(tables.Loans);

    /// <summary>The loans that are there: one query for each partition, from the first number asked for to the last.</summary>
    public async Task<IReadOnlyDictionary<LoanNumber, StoredLoan>> FindAsync(
        InstitutionId institution, IReadOnlyCollection<LoanNumber> numbers, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<LoanNumber, StoredLoan>();
        var partitions = numbers.Distinct().GroupBy(number => Keys.Bucket(institution, number)).ToList();
        await Parallel.ForEachAsync(partitions, LoanDays.FewAtATime(cancellationToken), async (partition, token) =>
        {
            foreach (var row in await ReadAsync(partition.Key, [.. partition], token))
                found[Identifier.Parse<LoanNumber>(row.RowKey)] = new TableLoan(Row.Read<LoanContent>(row), row.ETag.ToString());
        });
        return found;
    }

    public async Task<IReadOnlyList<bool>> PutAsync(InstitutionId institution, IReadOnlyList<LoanChange> changes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var writes = changes.Select(change => new LoanWrite(change)).ToList();
        await days.InsertAsync(institution, writes.SelectMany(write => write.Content.NewDays(write.Before)));
        // One after the other as they are sent: the rows of all at a time would be some tens of megabytes.
        var transactions = writes.GroupBy(write => Keys.Bucket(institution, write.Loan)).SelectMany(partition => Cut(partition).Select(some => (partition.Key, Some: some)));
        await Parallel.ForEachAsync(transactions, LoanDays.FewAtATime(CancellationToken.None), async (each, _) => await SubmitAsync(each.Key, each.Some));
        await days.DeleteAsync(institution, writes.Where(write => write.IsStored).SelectMany(write => write.Content.PastDays(write.Before)));
        return [.. writes.Select(write => write.IsStored)];
    }

    /// <summary>Stores those that nobody has changed meanwhile.</summary>
    /// <remarks>One that somebody has fails them all, so it is left out and the others are sent again.</remarks>
    private async Task SubmitAsync(string partition, List<LoanWrite> writes)
    {
        var commit = Guid.NewGuid();
        while (writes.Count > 0)
        {
            try
            {
                await tables.Loans.SubmitTransactionAsync(writes.Select(write => write.Action(partition, commit)), CancellationToken.None);
                writes.ForEach(write => write.Decide(isStored: true));
                return;
            }
            catch (TableTransactionFailedException refused) when (RowTransaction.IsConflict(refused))
            {
                var refusedFor = refused.FailedTransactionActionIndex is { } n ? writes[n] : null;
                var there = (await ReadAsync(partition, [.. writes.Select(write => write.Loan)], CancellationToken.None)).ToDictionary(row => row.RowKey);
                var left = writes.RemoveAll(write =>
                {
                    var row = there.GetValueOrDefault(write.Loan.Value);
                    // Stored all the same: the client had sent it before and got no answer.
                    var isStored = row is not null && Row.CommitOf(row) == commit;
                    var isDecided = isStored || row?.ETag.ToString() != write.ETag || write == refusedFor;
                    if (isDecided)
                        write.Decide(isStored);
                    return isDecided;
                });
                if (left == 0)
                    throw;
            }
        }
    }

    private async Task<IReadOnlyList<TableEntity>> ReadAsync(string partition, IReadOnlyList<LoanNumber> numbers, CancellationToken cancellationToken)
    {
        if (numbers.Count <= FewLoans)
            return [.. (await Task.WhenAll(numbers.Select(number => _rows.FindAsync(partition, number.Value, cancellationToken)))).OfType<TableEntity>()];
        var wanted = numbers.Select(number => number.Value).ToHashSet(StringComparer.Ordinal);
        var (first, last) = (wanted.Min(StringComparer.Ordinal), wanted.Max(StringComparer.Ordinal));
        return await tables.Loans
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first} and RowKey le {last}"), cancellationToken: cancellationToken)
            .Where(row => wanted.Contains(row.RowKey))
            .ToListAsync(cancellationToken);
    }

    private static IEnumerable<List<LoanWrite>> Cut(IEnumerable<LoanWrite> writes)
    {
        var (some, length) = (new List<LoanWrite>(), 0);
        foreach (var write in writes)
        {
            if (some.Count == TransactionLimits.Rows || (length += write.Length) > TransactionLimits.Characters && some.Count > 0)
            {
                yield return some;
                (some, length) = ([], write.Length);
            }

            some.Add(write);
        }

        if (some.Count > 0)
            yield return some;
    }

    /// <summary>A loan on its way.</summary>
    private sealed class LoanWrite
    {
        private Row? _row;

        public LoanWrite(LoanChange change)
        {
            Before = (change.Before as TableLoan)?.Content;
            ETag = change.Before?.ETag;
            Content = LoanContent.After(Before, change.Loan, change.Watch, change.Mark);
        }

        public LoanContent? Before { get; }

        public string? ETag { get; }

        public LoanContent Content { get; }

        public LoanNumber Loan => Content.Loan.Number;

        public int Length => Row.Json.Length;

        public bool IsStored { get; private set; }

        private Row Row => _row ??= Row.Of(Loan.Value, Content);

        /// <summary>Where it has been decided whether the loan is stored, its row is not needed any more.</summary>
        public void Decide(bool isStored) => (IsStored, _row) = (isStored, null);

        public TableTransactionAction Action(string partition, Guid commit) => ETag is null
            ? new(TableTransactionActionType.Add, Row.ToEntity(partition, commit))
            : new(TableTransactionActionType.UpdateReplace, Row.ToEntity(partition, commit), new(ETag));
    }
}
