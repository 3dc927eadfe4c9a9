using System.Diagnostics;
using System.Globalization;
using LoanRelief.Testing;

namespace LoanRelief.HostBenchmarks;

/// <summary>What a contestant holds in memory when many cases wait.</summary>
internal sealed class MemoryBenchmark(string[] contestants, int open, int sideBySide)
{
    private const int Steps = 10;

    /// <summary>Until what it did for the last cases is done.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    /// <remarks>Each has a fresh Azurite of its own.</remarks>
    public async Task RunAsync(Inbox inbox)
    {
        Console.WriteLine("| | open cases | s to open them | MB |");
        Console.WriteLine("|---|--:|--:|--:|");
        foreach (var name in contestants)
        {
            await using var storage = new Storage([name]);
            await storage.Azurite.InitializeAsync();
            await using var contestant = await Plants.StartAsync(name, storage, name, inbox, round: 1);
            await Task.Delay(Settling);
            Show(0, TimeSpan.Zero);
            var opened = 0;
            for (var clock = Stopwatch.StartNew(); opened < open;)
            {
                var some = Math.Min(Math.Max(open / Steps, 1), open - opened);
                await contestant.OpenAsync(some, sideBySide);
                opened += some;
                var took = clock.Elapsed;
                if (opened == open)
                    await Task.Delay(Settling);
                Show(opened, took);
            }

            void Show(int cases, TimeSpan took) =>
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {cases:N0} | {took.TotalSeconds:0} | {contestant.Memory / 1e6:0} |"));
        }
    }
}
