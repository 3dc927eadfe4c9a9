using System.Diagnostics;
using LoanRelief.HostBenchmarks;
using LoanRelief.Testing;
using Microsoft.Extensions.Configuration;

// Compares the hosts, and the Functions app with a bare orchestration; docs/benchmarks-hosts.md has the method and what was seen.
// Takes --cases, --rounds, --warm-up (cases), --idle (seconds), --open, --side-by-side and --contestants.
var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
string[] contestants = settings["contestants"]?.Split(',') ?? [Plants.Bare, Plants.Functions, Plants.Local];
var cases = settings.GetValue("cases", 200);
var rounds = settings.GetValue("rounds", 2);
var warmUp = settings.GetValue("warm-up", 60);
var idle = TimeSpan.FromSeconds(settings.GetValue("idle", 60));
var open = settings.GetValue("open", 5_000);
var sideBySide = settings.GetValue("side-by-side", 32);
var settling = TimeSpan.FromSeconds(15);

if (contestants is not [Plants.Local] && !FunctionsHost.IsInstalled)
{
    Console.Error.WriteLine("func (Azure Functions Core Tools 4) is not on the PATH.");
    return 1;
}

var figures = contestants.ToDictionary(name => name, _ => new Figures());
await using var inbox = await Inbox.StartAsync();

// One fresh Azurite for the throughput: it grows slower as it fills, so the order turns around from round to round.
await using (var storage = new Storage(contestants))
{
    await storage.Azurite.InitializeAsync();
    for (var round = 1; round <= rounds; round++)
    {
        foreach (var name in round % 2 == 1 ? contestants : contestants.Reverse())
        {
            await using var contestant = await Plants.StartAsync(name, storage, name, inbox, round);
            await contestant.DriveAsync(warmUp, sideBySide);
            await Task.Delay(settling);
            var before = storage.RequestsOf(name);
            var work = Work.Now(storage, contestant);
            var clock = Stopwatch.StartNew();
            await contestant.DriveAsync(cases, sideBySide);
            var seconds = clock.Elapsed.TotalSeconds;
            work = Work.Now(storage, contestant) - work;
            figures[name].Seconds += seconds;
            figures[name].Work += work;
            figures[name].Cases += cases;
            await Task.Delay(settling);
            figures[name].Requests += storage.RequestsOf(name) - before;
            Console.WriteLine($"round {round}, {name}: {cases / seconds:0.0} cases/s; processor: {work.Per(cases)}");
            if (round > 1)
                continue;
            await Task.Delay(settling); // queues are asked less and less often when they are empty
            before = storage.RequestsOf(name);
            await Task.Delay(idle);
            figures[name].IdleRequestsPerMinute = (storage.RequestsOf(name) - before) / idle.TotalMinutes;
        }
    }
}

await using (var storage = new Storage(contestants))
{
    await storage.Azurite.InitializeAsync();
    foreach (var name in contestants)
    {
        await using var contestant = await Plants.StartAsync(name, storage, name, inbox, rounds + 1);
        await Task.Delay(settling);
        figures[name].MemoryAtStart = contestant.Memory;
        var clock = Stopwatch.StartNew();
        await contestant.OpenAsync(open, sideBySide);
        figures[name].OpeningSeconds = clock.Elapsed.TotalSeconds;
        await Task.Delay(settling);
        figures[name].MemoryWithOpenCases = contestant.Memory;
        Console.WriteLine($"{open} open cases, {name}: {figures[name].MemoryWithOpenCases / 1_000_000:0} MB");
    }
}

Console.WriteLine();
Console.WriteLine(Figures.Table(figures, open));
return 0;
