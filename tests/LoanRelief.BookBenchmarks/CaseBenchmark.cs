using System.Diagnostics;
using LoanRelief.Testing;

namespace LoanRelief.BookBenchmarks;

/// <summary>Cases from the maturity scan to their end, with few and with many loans in the tables.</summary>
internal static class CaseBenchmark
{
    /// <summary>Cases that are answered at a time.</summary>
    private const int SideBySide = 64;

    /// <summary>Over which the maturities of the loans go, and so their deadlines.</summary>
    private const int Days = 10;

    /// <summary>As many times fewer cases warm up, and are done again by the bare client.</summary>
    private const int Part = 10;

    public static async Task RunAsync(int cases, int small, int large)
    {
        Console.WriteLine("| loans | cases | opened, s | all, s | cases/s | requests/case | requests/s | bare client, requests/s | bare = 1 |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        var of = new List<(double PerSecond, double Requests)>();
        foreach (var loans in new[] { small, large })
            of.Add(await MeasureAsync(cases, loans));
        Console.WriteLine($"{large:N0} loans against {small:N0}: {of[1].PerSecond / of[0].PerSecond:0.00} times the cases a second, {of[1].Requests / of[0].Requests:0.00} times the requests");
    }

    private static async Task<(double PerSecond, double Requests)> MeasureAsync(int cases, int loans)
    {
        var requests = 0;
        await using var azurite = Azurite.Shared([Azurite.AccountName], _ => Interlocked.Increment(ref requests));
        await azurite.InitializeAsync();
        await using var inbox = await Inbox.StartAsync();
        var (few, before, clock) = (cases / Part, 0, new Stopwatch());
        double opened, seconds, perCase;
        await using (var house = await House.StartAsync(azurite.ConnectionString))
        {
            var bank = await house.BankAsync("wencheng-rcb", inbox.Url);
            await bank.ImportAsync(bank.Book.Late(loans));
            await bank.ImportAsync(bank.Book.Near(0, few, Days));
            await bank.ScanAsync();
            await DriveAsync(bank, inbox, first: 0, few); // warms up

            await bank.ImportAsync(bank.Book.Near(few, cases, Days));
            before = requests;
            clock.Start();
            await bank.ScanAsync();
            opened = clock.Elapsed.TotalSeconds;
            await DriveAsync(bank, inbox, first: few, cases);
            var (booked, upToBooking) = (clock.Elapsed.TotalSeconds, requests - before);

            // The follow-up comes for those of the warm-up too: they have their share of it.
            before = requests;
            clock.Restart();
            await bank.PassTimeAsync(Book.AfterFollowUp);
            var share = (double)cases / (cases + few);
            seconds = booked + clock.Elapsed.TotalSeconds * share;
            perCase = (upToBooking + (requests - before) * share) / cases;
        }

        var (program, bare) = (cases / seconds * perCase, await BareRequestsPerSecondAsync(azurite, inbox, first: few + cases, few));
        Console.WriteLine($"| {loans:N0} | {cases:N0} | {opened:0.0} | {seconds:0.0} | {cases / seconds:0.0} | {perCase:0.0} | {program:0} | {bare:0} | {program / bare:0.00} |");
        return (cases / seconds, perCase);
    }

    /// <summary>How fast a bare client asks the storage for what a few other cases ask it for.</summary>
    private static async Task<double> BareRequestsPerSecondAsync(Azurite azurite, Inbox inbox, int first, int cases)
    {
        await using var proxy = await StorageProxy.StartAsync(azurite);
        await using var house = await House.StartAsync(proxy.ConnectionString);
        var bank = await house.BankAsync("wencheng-rcb", inbox.Url);
        await bank.ImportAsync(bank.Book.Near(first, cases, Days));
        var asked = await Asked.WatchAsync(proxy, async () =>
        {
            await bank.ScanAsync();
            await DriveAsync(bank, inbox, first, cases);
            await bank.PassTimeAsync(Book.AfterFollowUp);
        });
        // Queries come once for all cases, and would weigh too much with few of them.
        var ofCases = new Asked([.. asked.Calls.Where(call => call.Kind != StorageRequestKind.Query)]);
        var bare = new BareClient(azurite.ConnectionString);
        await ofCases.TimeAsync(bare); // warms up
        return ofCases.Calls.Count / (await ofCases.TimeAsync(bare)).TotalSeconds;
    }

    private static Task DriveAsync(Bank bank, Inbox inbox, int first, int cases) =>
        Parallel.ForEachAsync(bank.Book.Near(first, cases, Days), new ParallelOptions { MaxDegreeOfParallelism = SideBySide }, async (loan, _) =>
            await Drive.ToBookingAsync(bank, inbox, $"{loan.Institution}~{loan.Number}~1"));
}
