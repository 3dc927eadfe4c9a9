using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Lists;

/// <summary>Receives a list whole, before anything of it is stored: one that breaks off, or passes a limit, leaves nothing behind.</summary>
public sealed class ListIntake(ListLimits limits)
{
    /// <summary>Refused rows that are shown with the answer when the whole file is refused.</summary>
    private const int Shown = 20;

    /// <param name="keyOf">By what a row is told from another; one that comes again in the same file is refused, or the outcome would depend on the order.</param>
    /// <param name="against">What else stands against a row than what it says itself; null when nothing does.</param>
    public async Task<ReceivedList<T>> ReceiveAsync<T>(
        IIncomingBook<T> book, Func<T, object> keyOf, Func<T, CancellationToken, Task<RowError?>> against, CancellationToken cancellationToken)
        where T : class
    {
        var (rows, rejected, lines) = (new List<BookRow<T>>(), new List<RejectedRow>(), new Dictionary<object, int>());
        await foreach (var row in book.RowsAsync(cancellationToken))
        {
            if (rows.Count + rejected.Count == limits.Rows)
                return new ReceivedList<T>.Refused(new Refusal("too-many-rows").With("maximum", limits.Rows), [.. rejected.Take(Shown)]);
            if (row.Content is { } content && lines.TryAdd(keyOf(content), row.Line))
            {
                rows.Add(row);
                continue;
            }

            if (rejected.Count == limits.Rejected)
                return new ReceivedList<T>.Refused(new Refusal("too-many-rejected").With("maximum", limits.Rejected), [.. rejected.Take(Shown)]);
            rejected.Add(new(row.Line, row.Text, row.Content is null ? row.Errors : [Repeated(lines[keyOf(row.Content)])]));
        }

        var errors = await SideBySide.SelectAsync(rows, (row, token) => against(row.Content!, token), cancellationToken);
        rejected.AddRange(rows.Zip(errors).Where(each => each.Second is not null).Select(each => new RejectedRow(each.First.Line, each.First.Text, [each.Second!])));
        rejected.Sort((a, b) => a.Line.CompareTo(b.Line));
        if (rejected.Count > limits.Rejected)
            return new ReceivedList<T>.Refused(new Refusal("too-many-rejected").With("maximum", limits.Rejected), [.. rejected.Take(Shown)]);
        return new ReceivedList<T>.Whole([.. rows.Zip(errors).Where(each => each.Second is null).Select(each => each.First.Content!)], rejected);
    }

    private static RowError Repeated(int line) => new(null, null, new Refusal("row-repeated").With("line", line));
}

/// <summary>What came of receiving a list.</summary>
public abstract record ReceivedList<T>
{
    private ReceivedList()
    {
    }

    /// <param name="Rows">Those that can be stored.</param>
    /// <param name="Rejected">The others.</param>
    public sealed record Whole(IReadOnlyList<T> Rows, IReadOnlyList<RejectedRow> Rejected) : ReceivedList<T>;

    /// <summary>It passes a limit.</summary>
    /// <param name="Reason">Which limit.</param>
    /// <param name="First">The first of the rows that were refused.</param>
    public sealed record Refused(Refusal Reason, IReadOnlyList<RejectedRow> First) : ReceivedList<T>;
}

/// <summary>How much a list may have in one call. What passes a limit is refused before anything of it is stored.</summary>
public sealed record ListLimits
{
    /// <summary>Bytes of a file.</summary>
    public long Bytes { get; init; } = 8L << 20;

    /// <summary>Rows of a file that are not blank: a longer list comes in several files.</summary>
    public int Rows { get; init; } = 10_000;

    /// <summary>Rows that are refused: a file with more is not the file that was meant.</summary>
    public int Rejected { get; init; } = 1_000;
}

/// <summary>What a list did to what was known.</summary>
/// <param name="Added">Entries that were not known.</param>
/// <param name="Changed">Entries that were known and had changed.</param>
/// <param name="Unchanged">Entries that stood like this already.</param>
public readonly record struct ListCounts(int Added, int Changed, int Unchanged)
{
    /// <summary>What became of all items of a list, which are stored side by side; one that somebody else changes at the same time is looked at again.</summary>
    internal static async Task<ListCounts> OfAsync<T>(IReadOnlyList<T> items, Func<T, CancellationToken, Task<ListCounts>> store, CancellationToken cancellationToken)
    {
        var counts = await SideBySide.SelectAsync(items, (item, token) => ConflictException.RetryAsync(() => store(item, token), token), cancellationToken);
        return counts.Aggregate(default(ListCounts), (sum, each) => sum + each);
    }

    public static ListCounts operator +(ListCounts a, ListCounts b) => new(a.Added + b.Added, a.Changed + b.Changed, a.Unchanged + b.Unchanged);
}
