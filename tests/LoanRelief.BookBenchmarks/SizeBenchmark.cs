using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using LoanRelief.Testing;

namespace LoanRelief.BookBenchmarks;

/// <summary>A page of a list and a scan of a day with 300 due loans, in a small book and in a large one.</summary>
internal static partial class SizeBenchmark
{
    private const int Due = 300;
    private const int Times = 30;

    private const string Page = "/api/cases?institution=wencheng-rcb&stage=contact&pageSize=50";

    public static async Task RunAsync(int small, int large)
    {
        await using var azurite = new Azurite();
        await azurite.InitializeAsync();
        Console.WriteLine("| book | | requests | entities read | time, ms | bare client, ms | bare = 1 |");
        Console.WriteLine("|--:|---|--:|--:|--:|--:|--:|");
        await MeasureAsync(azurite, 0, small);
        await MeasureAsync(azurite, small, large);
    }

    private static async Task MeasureAsync(Azurite azurite, int planted, int size)
    {
        await GrowAsync(azurite, planted, size);
        var (page, scan) = await CountAsync(azurite, near: planted == 0 ? 0 : 2 * Due);
        await using var house = await House.StartAsync(azurite.ConnectionString);
        var bank = await house.BankAsync("wencheng-rcb");
        var bare = new BareClient(azurite.ConnectionString);

        var (listed, beside) = (new Latencies(), new Latencies());
        for (var n = 0; n < Times; n++)
        {
            var clock = Stopwatch.StartNew();
            await bank.GetAsync<object>(Page);
            listed.Add(clock.Elapsed);
            beside.Add(await TimeAsync(bare, page));
        }

        Show(size, "a page of 50", page, listed.Within(0.5), beside.Within(0.5));

        await bank.ImportAsync(bank.Book.Near(planted == 0 ? Due : 3 * Due, Due, days: 1));
        var scanning = Stopwatch.StartNew();
        await bank.ScanAsync();
        Show(size, $"a scan with {Due} due", scan, scanning.Elapsed.TotalMilliseconds, (await TimeAsync(bare, scan)).TotalMilliseconds);
    }

    /// <summary>As many loans, and a case for each.</summary>
    private static async Task GrowAsync(Azurite azurite, int from, int to)
    {
        await using var house = await House.StartAsync(azurite.ConnectionString);
        var bank = await house.BankAsync("wencheng-rcb");
        await bank.ImportAsync(bank.Book.Late(to).Skip(from));
        await Planter.OpenAsync(azurite.ConnectionString, bank.Book.Late(to).Skip(from));
    }

    /// <summary>What a page and a scan ask the storage for, seen at a proxy before it.</summary>
    private static async Task<(Asked Page, Asked Scan)> CountAsync(Azurite azurite, int near)
    {
        await using var proxy = await StorageProxy.StartAsync(azurite);
        await using var house = await House.StartAsync(proxy.ConnectionString);
        var bank = await house.BankAsync("wencheng-rcb");
        await bank.GetAsync<object>(Page); // what it has to look up it looks up once
        await QuietAsync(proxy);
        var page = await Asked.WatchAsync(proxy, () => bank.GetAsync<object>(Page));
        await bank.ImportAsync(bank.Book.Near(near, Due, days: 1));
        await QuietAsync(proxy);
        return (page, await Asked.WatchAsync(proxy, bank.ScanAsync));
    }

    /// <summary>Waits until the program has done what it does by itself.</summary>
    private static async Task QuietAsync(StorageProxy proxy)
    {
        for (var before = -1; proxy.Counts.Calls - before > 1; await Task.Delay(TimeSpan.FromSeconds(2)))
            before = proxy.Counts.Calls;
    }

    /// <summary>The same queries by the bare client, one after the other.</summary>
    private static async Task<TimeSpan> TimeAsync(BareClient bare, Asked asked)
    {
        var clock = Stopwatch.StartNew();
        foreach (var query in asked.Queries)
            await bare.QueryAsync(query.Table, query.Filter, query.Top);
        return clock.Elapsed;
    }

    private static void Show(int size, string what, Asked asked, double program, double bare) =>
        Console.WriteLine($"| {size:N0} | {what} | {asked.Requests:N0} | {asked.EntitiesRead:N0} | {program:0.0} | {bare:0.0} | {program / bare:0.00} |");

    /// <summary>What the storage was asked for.</summary>
    private sealed partial record Asked(int Requests, int EntitiesRead, IReadOnlyList<(string Table, string Filter, int? Top)> Queries)
    {
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
            return new(seen.Count, seen.Sum(request => request.EntitiesRead), [.. seen.Where(request => request.Kind == StorageRequestKind.Query).Select(Query)]);
        }

        private static (string Table, string Filter, int? Top) Query(StorageRequest request)
        {
            var target = Uri.UnescapeDataString(request.Target);
            return (Table().Match(target).Groups[1].Value, Filter().Match(target).Groups[1].Value, Top().Match(target) is { Success: true } top ? int.Parse(top.Groups[1].Value, provider: null) : null);
        }

        [GeneratedRegex(@"/[a-z0-9]+/(\w+)\(\)")]
        private static partial Regex Table();

        [GeneratedRegex(@"[?&]\$filter=(.*?)(?:&|$)")]
        private static partial Regex Filter();

        [GeneratedRegex(@"[?&]\$top=([0-9]+)")]
        private static partial Regex Top();
    }
}
