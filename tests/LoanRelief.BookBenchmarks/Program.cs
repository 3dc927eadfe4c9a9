using LoanRelief.BookBenchmarks;
using Microsoft.Extensions.Configuration;

// Measures whole loan books on the local host, each figure beside a bare client on the same Azurite;
// docs/benchmarks-book.md has the method and what was seen.
// Takes --only (imports, memory, cases, reads or sizes), --rows, --small, --large and --cases.
var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
var only = settings["only"];
var rows = settings.GetValue("rows", 10_000);
var (small, large) = (settings.GetValue("small", 1_000), settings.GetValue("large", 10_000));
var cases = settings.GetValue("cases", 500);

(string Name, Func<Task> Run)[] all =
[
    ("imports", () => ImportBenchmark.RunAsync(rows)),
    ("memory", () => MemoryBenchmark.RunAsync(rows)),
    ("cases", () => CaseBenchmark.RunAsync(cases, small, large)),
    ("reads", () => ReadBenchmark.RunAsync(rows, small, large)),
    ("sizes", () => SizeBenchmark.RunAsync(small, large)),
];
var wanted = all.Where(each => only is null || each.Name == only).ToList();
if (wanted.Count == 0)
{
    Console.Error.WriteLine($"--only {only}: there are {string.Join(", ", all.Select(each => each.Name))}.");
    return 1;
}

foreach (var (name, run) in wanted)
{
    Console.WriteLine($"## {name}");
    await run();
    Console.WriteLine();
}

return 0;
