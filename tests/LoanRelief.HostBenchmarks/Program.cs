using LoanRelief.HostBenchmarks;
using LoanRelief.Testing;
using Microsoft.Extensions.Configuration;

// Compares the hosts, and the Functions app with a bare orchestration; docs/benchmarks-hosts.md has the method and what was seen.
// Takes --only (driving, memory), --contestants, --side-by-side, --cases, --rounds, --warm-up (cases), --idle (seconds) and --open (cases).
var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
string[] contestants = settings["contestants"]?.Split(',') ?? [Plants.Bare, Plants.Functions, Plants.Local];
var sideBySide = settings.GetValue("side-by-side", 32);

if (contestants is not [Plants.Local] && !FunctionsHost.IsInstalled)
{
    Console.Error.WriteLine("func (Azure Functions Core Tools 4) is not on the PATH.");
    return 1;
}

await using var inbox = await Inbox.StartAsync();
if (settings["only"] is null or "driving")
{
    var idle = TimeSpan.FromSeconds(settings.GetValue("idle", 60));
    await new DrivingBenchmark(contestants, settings.GetValue("cases", 200), settings.GetValue("rounds", 2), settings.GetValue("warm-up", 60), sideBySide, idle).RunAsync(inbox);
}

if (settings["only"] is null or "memory")
    await new MemoryBenchmark(contestants, settings.GetValue("open", 5_000), sideBySide).RunAsync(inbox);
return 0;
