using System.Diagnostics;
using LoanRelief.Testing;

namespace LoanRelief.BookBenchmarks;

/// <summary>A page of a list and a scan of a day with 300 due loans, in a small book and in a large one.</summary>
internal static class SizeBenchmark
{
    private const int Due = 300;
    private const int Times = 30;
    private const int Scans = 3;

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
        var near = planted == 0 ? 0 : (2 + Scans) * Due; // the loans that have not been due yet
        var (page, scan) = await CountAsync(azurite, near);
        await using var house = await House.StartAsync(azurite.ConnectionString);
        var bank = await house.BankAsync("wencheng-rcb");
        var bare = new BareClient(azurite.ConnectionString);

        var (listed, beside) = (new Latencies(), new Latencies());
        for (var n = 0; n < Times; n++)
        {
            var clock = Stopwatch.StartNew();
            await bank.GetAsync<object>(Page);
            listed.Add(clock.Elapsed);
            beside.Add(await page.TimeAsync(bare));
        }

        Show(size, "a page of 50", page, listed.Within(0.5), beside.Within(0.5));

        var (scanned, besideScan) = (new Latencies(), new Latencies());
        for (var n = 0; n <= Scans; n++)
        {
            await bank.ImportAsync(bank.Book.Near(near + (1 + n) * Due, Due, days: 1));
            var clock = Stopwatch.StartNew();
            await bank.ScanAsync();
            var (took, bareTook) = (clock.Elapsed, await scan.TimeAsync(bare));
            if (n == 0)
                continue; // it warms up
            scanned.Add(took);
            besideScan.Add(bareTook);
        }

        Show(size, $"a scan with {Due} due", scan, scanned.Within(0.5), besideScan.Within(0.5));
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
    /// <param name="near">The first of the loans that the scan finds due.</param>
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

    private static void Show(int size, string what, Asked asked, double program, double bare) =>
        Console.WriteLine($"| {size:N0} | {what} | {asked.Calls.Count:N0} | {asked.EntitiesRead:N0} | {program:0.0} | {bare:0.0} | {program / bare:0.00} |");
}
