using System.Collections.Concurrent;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.Crashes;
using LoanRelief.Scenarios.House;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Scenarios.Faults;

/// <summary>Host and worker are ended by <c>kill -9</c> while a case stands in every stage.</summary>
[Trait("Host", "Functions")]
public sealed class EveryStageTests(ITestOutputHelper output)
{
    /// <summary>What a killed host had in hand comes to the next one sooner, and now and then to two at once.</summary>
    private static readonly Dictionary<string, string> Impatient = new()
    {
        ["AzureFunctionsJobHost__extensions__durableTask__storageProvider__workItemQueueVisibilityTimeout"] = "00:00:10",
    };

    private readonly Dictionary<string, Wave> _undisturbed = [];
    private int _kills;

    /// <summary>The undisturbed story is told on the local host, so that this shows too that both hosts do the same.</summary>
    [Fact]
    public async Task Killed_in_every_stage_after_a_commit_during_a_delivery_and_after_its_record_each_case_ends_as_if_nothing_had_happened()
    {
        var undisturbed = await TellAsync(HostKind.Local, WatchAsync);
        var disturbed = await TellAsync(HostKind.Functions, DisturbAsync);

        Assert.Equal(6, _kills);
        foreach (var (expected, actual) in undisturbed.Zip(disturbed))
            actual.MustBe(expected);
        Assert.Equal(undisturbed.Count, disturbed.Count);
    }

    private static async Task<IReadOnlyList<Ending>> TellAsync(HostKind kind, Func<FragileHouse, string, Func<Task>, Task> tell)
    {
        await using var house = await FragileHouse.StartAsync(kind, changed: Impatient);
        var all = await EveryStage.OpenAsync(house.Bank);
        await tell(house, "a fact about each", all.ReportAsync);
        await tell(house, "a month", all.PassTimeAsync);
        await all.EndAsync();
        var endings = new List<Ending>();
        foreach (var file in all.Files)
        {
            await Books.CheckAsync(house.Bank, file, eventsMayRepeat: true);
            endings.Add(await Ending.OfAsync(house.Bank, file));
        }

        return endings;
    }

    /// <summary>Takes down which cases take a step and which of them tell the bank of it.</summary>
    private async Task WatchAsync(FragileHouse house, string name, Func<Task> wave)
    {
        var stepped = new ConcurrentDictionary<string, bool>();
        var told = new ConcurrentDictionary<string, bool>();
        house.Storage.After = call =>
        {
            if (CommittedFor(house.Bank, call) is { } id)
                stepped[id] = true;
            return Task.FromResult(ProxyVerdict.Pass);
        };
        house.Bank.Webhook.BeforeAnswer = received =>
        {
            if (house.Bank.Files.Any(file => file.Id == received.Subject))
                told[received.Subject!] = true;
            return Task.CompletedTask;
        };
        await wave();
        house.LeaveAlone();
        _undisturbed.Add(name, new([.. stepped.Keys], [.. told.Keys]));
    }

    /// <summary>
    /// Kills the host when every case has committed its step and has not heard of it, so that no nudge follows; when the
    /// first event of each is on its way; and when each has recorded its deliveries and has not heard of it.
    /// </summary>
    private async Task DisturbAsync(FragileHouse house, string name, Func<Task> wave)
    {
        var expected = _undisturbed[name];
        Rendezvous[] points =
        [
            new(expected.Stepped, () => KillAsync(house, $"{name}: committed")),
            new(expected.Told, () => KillAsync(house, $"{name}: on its way")),
            new(expected.Told, () => KillAsync(house, $"{name}: recorded")),
        ];
        var commits = new ConcurrentDictionary<string, int>();
        house.Storage.After = async call =>
        {
            var point = CommittedFor(house.Bank, call) is { } id
                ? commits.AddOrUpdate(id, 1, (_, before) => before + 1) switch { 1 => (points[0], id), 2 => (points[2], id), _ => default }
                : default;
            return point.Item1 is { } rendezvous && await rendezvous.ArriveAsync(point.id) ? ProxyVerdict.Drop : ProxyVerdict.Pass;
        };
        house.Bank.Webhook.BeforeAnswer = received => points[1].ArriveAsync(received.Subject ?? "");
        await wave();
        house.LeaveAlone();
        Assert.All(points, point => Assert.True(point.IsOver, $"{name}: waited in vain for {point.Missing}."));
        Assert.All(expected.Told, id => Assert.Contains(house.Bank.EventsAbout(id), e => e.Arrivals > 1));
    }

    private async Task KillAsync(FragileHouse house, string point)
    {
        Assert.True(await house.KillAsync(point));
        _kills++;
        output.WriteLine($"{DateTime.UtcNow:T} killed; {point}");
    }

    /// <summary>The case for which a call has committed a step; null when it is no such call.</summary>
    private static string? CommittedFor(Bank bank, StorageRequest call) =>
        call is { Kind: StorageRequestKind.Transaction, Succeeded: true } ? bank.Files.FirstOrDefault(file => call.Body.Contains(file.Id, StringComparison.Ordinal))?.Id : null;

    /// <param name="Stepped">Ids of the cases that take a step.</param>
    /// <param name="Told">Ids of those about which the bank hears.</param>
    private sealed record Wave(IReadOnlyList<string> Stepped, IReadOnlyList<string> Told);
}
