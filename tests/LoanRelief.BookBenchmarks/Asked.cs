using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using LoanRelief.Testing;

namespace LoanRelief.BookBenchmarks;

/// <summary>What the storage was asked for, which a bare client can ask for again.</summary>
internal sealed partial record Asked(IReadOnlyList<StorageRequest> Calls)
{
    /// <summary>Where the bare client writes.</summary>
    private const string BareTable = "BareRows";

    /// <summary>What is around a row in a transaction, about, in characters.</summary>
    private const int Envelope = 550;

    private const int LongestText = 32 * 1024;

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

    /// <summary>How long a bare client takes for the same queries and point reads, and for as many writes of as many rows of the same length, in this order and some at a time.</summary>
    public async Task<TimeSpan> TimeAsync(BareClient bare)
    {
        await bare.CreateAsync(BareTable);
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Calls, new ParallelOptions { MaxDegreeOfParallelism = BareClient.SideBySide }, async (call, _) => await (call.Kind switch
        {
            StorageRequestKind.Query => QueryAsync(bare, Uri.UnescapeDataString(call.Target)),
            StorageRequestKind.PointRead => bare.TimePointReadAsync(call.Operations[0].Table, call.Operations[0].PartitionKey!, call.Operations[0].RowKey!),
            _ => bare.InsertAsync(BareTable, RowsLike(call)),
        }));
        return clock.Elapsed;
    }

    private static Task QueryAsync(BareClient bare, string target) => bare.QueryAsync(
        Table.Match(target).Groups[1].Value, Filter.Match(target).Groups[1].Value, Top.Match(target) is { Success: true } top ? int.Parse(top.Groups[1].Value, provider: null) : null);

    /// <summary>Rows of a new partition.</summary>
    private static IReadOnlyList<TableEntity> RowsLike(StorageRequest call)
    {
        var (partition, count) = (Guid.NewGuid().ToString("N"), call.Operations.Count);
        var text = new string('x', Math.Clamp(call.Body.Length / count - Envelope, 0, LongestText));
        return [.. Enumerable.Range(0, count).Select(n => new TableEntity(partition, $"{n:D3}") { ["Json"] = text })];
    }

    [GeneratedRegex(@"/[a-z0-9]+/(\w+)\(\)")]
    private static partial Regex Table { get; }

    [GeneratedRegex(@"[?&]\$filter=(.*?)(?:&|$)")]
    private static partial Regex Filter { get; }

    [GeneratedRegex(@"[?&]\$top=([0-9]+)")]
    private static partial Regex Top { get; }
}
