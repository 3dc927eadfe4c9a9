using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using LoanRelief.Testing;

namespace LoanRelief.BookBenchmarks;

/// <summary>What the storage was asked for, which a bare client can ask for again.</summary>
internal sealed partial record Asked(IReadOnlyList<StorageRequest> Calls)
{
    public int EntitiesRead => Calls.Sum(call => call.EntitiesRead);

    /// <summary>Notes what passes a proxy while something runs.</summary>
    public static async Task<Asked> WatchAsync(StorageProxy proxy, Func<Task> run)
    {
        var seen = new ConcurrentQueue<StorageRequest>();
        proxy.After = request =>
        {
            // Whether the calendar is still the same is asked every few seconds, whatever goes on.
            if (request.Operations is not [{ Table: "Calendars" }])
                seen.Enqueue(request);
            return Task.FromResult(ProxyVerdict.Pass);
        };
        await run();
        proxy.After = null;
        return new([.. seen]);
    }

    /// <summary>How long a bare client takes for the same queries and point reads, and the same writes of rows of its own, in this order and some at a time.</summary>
    public async Task<TimeSpan> TimeAsync(BareClient bare)
    {
        var calls = Calls.Select((call, n) => (Call: call, Again: call.IsWrite ? new WriteAgain(call, n) : null)).ToList();
        await bare.DeleteAsync(WriteAgain.Table);
        await bare.CreateAsync(WriteAgain.Table);
        await bare.InsertAsync([(WriteAgain.Table, [.. calls.SelectMany(each => each.Again?.RowsBefore ?? [])])]);
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(calls, new ParallelOptions { MaxDegreeOfParallelism = BareClient.SideBySide }, async (each, _) => await (each switch
        {
            { Again: { } write } => bare.WriteAsync(WriteAgain.Table, write.Actions),
            { Call: { Kind: StorageRequestKind.PointRead, Operations: [var read] } } => bare.TimePointReadAsync(read.Table, read.PartitionKey!, read.RowKey!),
            _ => QueryAsync(bare, Uri.UnescapeDataString(each.Call.Target)),
        }));
        return clock.Elapsed;
    }

    private static Task QueryAsync(BareClient bare, string target) => bare.QueryAsync(
        Table.Match(target).Groups[1].Value, Filter.Match(target).Groups[1].Value, Top.Match(target) is { Success: true } top ? int.Parse(top.Groups[1].Value, provider: null) : null);

    [GeneratedRegex(@"/[a-z0-9]+/(\w+)\(\)")]
    private static partial Regex Table { get; }

    [GeneratedRegex(@"[?&]\$filter=(.*?)(?:&|$)")]
    private static partial Regex Filter { get; }

    [GeneratedRegex(@"[?&]\$top=([0-9]+)")]
    private static partial Regex Top { get; }
}
