using System.Diagnostics;
using System.Globalization;
using LoanRelief.Testing;

namespace LoanRelief.HostBenchmarks;

/// <summary>Cases from their opening to the end, all waits answered at once, and then nothing at all.</summary>
/// <param name="cases">Of a round of each contestant.</param>
/// <param name="warmUp">Cases before those.</param>
/// <param name="idle">How long nothing happens.</param>
internal sealed class DrivingBenchmark(string[] contestants, int cases, int rounds, int warmUp, int sideBySide, TimeSpan idle)
{
    /// <summary>Until queues that are empty are asked as seldom as they ever are.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    /// <remarks>One fresh Azurite for all: it grows slower as it fills, so the order turns around from round to round.</remarks>
    public async Task RunAsync(Inbox inbox)
    {
        var figures = contestants.ToDictionary(name => name, _ => new Figures());
        await using var storage = new Storage(contestants);
        await storage.Azurite.InitializeAsync();
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var name in round % 2 == 1 ? contestants : contestants.Reverse())
                await MeasureAsync(name, storage, inbox, round, figures[name]);
        }

        Console.WriteLine();
        Console.WriteLine(Figures.Table(figures));
    }

    private async Task MeasureAsync(string name, Storage storage, Inbox inbox, int round, Figures figures)
    {
        await using var contestant = await Plants.StartAsync(name, storage, name, inbox, round);
        await contestant.DriveAsync(warmUp, sideBySide);
        await Task.Delay(Settling);
        var (before, work, clock) = (storage.RequestsOf(name), Work.Now(storage, contestant), Stopwatch.StartNew());
        await contestant.DriveAsync(cases, sideBySide);
        var seconds = clock.Elapsed.TotalSeconds;
        work = Work.Now(storage, contestant) - work;
        await Task.Delay(Settling);
        var requests = storage.RequestsOf(name) - before;
        figures.Add(cases, seconds, requests, work);
        Say($"round {round}, {name}: {cases / seconds:0.0} cases/s, {(double)requests / cases:0.0} requests a case; processor: {work.Per(cases)}");
        if (round > 1)
            return;
        await Task.Delay(Settling);
        before = storage.RequestsOf(name);
        await Task.Delay(idle);
        figures.IdleRequestsPerMinute = (storage.RequestsOf(name) - before) / idle.TotalMinutes;
        Say($"idle, {name}: {figures.IdleRequestsPerMinute:0} requests a minute");
    }

    private static void Say(FormattableString what) => Console.WriteLine(what.ToString(CultureInfo.InvariantCulture));
}
