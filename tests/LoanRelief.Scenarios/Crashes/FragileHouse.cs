using System.Text.RegularExpressions;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using LoanRelief.Testing;

namespace LoanRelief.Scenarios.Crashes;

/// <summary>A host on storage of its own, with one bank, that can be killed at any step and comes back with its clock where it was.</summary>
internal sealed partial class FragileHouse : IAsyncDisposable
{
    private readonly Reaper _reaper;
    private int _loans;

    private FragileHouse(Azurite azurite, StorageProxy storage, HostPlant host, WebhookReceiver webhook)
    {
        (Azurite, Storage, Host, Api) = (azurite, storage, host, new(host.BaseAddress));
        var time = new BusinessTime(Api) { Patience = TimeSpan.FromMinutes(5) };
        _reaper = new(host, () => time.Now);
        Bank = new(Api, time, webhook, "icbc-wencheng", () => ++_loans);
    }

    public Azurite Azurite { get; }

    /// <summary>Between the program and its tables.</summary>
    public StorageProxy Storage { get; }

    public HostPlant Host { get; }

    public Bank Bank { get; }

    private ReliefApi Api { get; }

    /// <summary>How often the host was killed after a commit.</summary>
    public int KillsAfterCommit { get; private set; }

    /// <summary>How often the host was killed with a commit on its way that then did not happen.</summary>
    public int KillsBeforeWrite { get; private set; }

    /// <summary>How often the host was killed while the webhook had an event and had not answered.</summary>
    public int KillsDuringDelivery { get; private set; }

    /// <summary>How long the host took to be ready again, all restarts together.</summary>
    public TimeSpan Restarting => _reaper.Restarting;

    /// <param name="kind">Which host.</param>
    /// <param name="folder">For the storage's data; in memory when left out.</param>
    /// <param name="changed">Settings beyond those of a clock that stands still.</param>
    public static async Task<FragileHouse> StartAsync(
        HostKind kind = HostKind.Local, string? folder = null, IEnumerable<KeyValuePair<string, string>>? changed = null)
    {
        var azurite = kind.Storage(folder);
        await azurite.InitializeAsync();
        var storage = await StorageProxy.StartAsync(azurite);
        // Lives that last a second are worth neither profiling, nor compiling better, nor a heap for each core.
        var settings = new Dictionary<string, string>(FrozenClock.At(FrozenClock.Start)) { ["DOTNET_TieredPGO"] = "0", ["DOTNET_TC_CallCounting"] = "0", ["DOTNET_gcServer"] = "0" };
        foreach (var (name, value) in changed ?? [])
            settings[name] = value;
        var host = await kind.StartAsync(azurite, storage.ConnectionString, settings);
        var house = new FragileHouse(azurite, storage, host, await WebhookReceiver.StartAsync());
        await house.Bank.Time.ReadAsync();
        await house.Bank.RegisterAsync();
        return house;
    }

    /// <summary>
    /// From now on the host is killed once at each point: when a step of a case or a loan has been stored and the host
    /// does not know it yet, and when the webhook has got an event and has not answered.
    /// </summary>
    public void KillAtEveryStep()
    {
        Storage.After = async call =>
        {
            if (!call.Succeeded || !IsCommit(call) || !await _reaper.KillAsync(PointOf(call)))
                return ProxyVerdict.Pass;
            KillsAfterCommit++;
            return ProxyVerdict.Drop;
        };
        Bank.Webhook.BeforeAnswer = async received =>
        {
            if (await _reaper.KillAsync(received.Id))
                KillsDuringDelivery++;
        };
    }

    /// <summary>From now on the host is killed once before each write, which then is not done.</summary>
    public void KillBeforeEveryWrite() => Storage.Before = async call =>
    {
        if (!call.IsWrite || !await _reaper.KillAsync(PointOf(call)))
            return ProxyVerdict.Pass;
        KillsBeforeWrite++;
        return ProxyVerdict.Drop;
    };

    /// <summary>Kills the host unless it was killed at this point before; it is being started again when this returns.</summary>
    public Task<bool> KillAsync(string point) => _reaper.KillAsync(point);

    /// <summary>Nothing is disturbed any more.</summary>
    public void LeaveAlone()
    {
        Storage.After = null;
        Storage.Before = null;
        Bank.Webhook.BeforeAnswer = null;
    }

    public async ValueTask DisposeAsync()
    {
        LeaveAlone();
        await _reaper.DisposeAsync();
        Api.Dispose();
        await Host.DisposeAsync();
        await Bank.Webhook.DisposeAsync();
        await Storage.DisposeAsync();
        await Azurite.DisposeAsync();
    }

    /// <summary>More than a row of an index or a watermark.</summary>
    private static bool IsCommit(StorageRequest call) =>
        call.Kind == StorageRequestKind.Transaction && call.Operations.Any(each => each.Table is "Cases" or "Loans");

    /// <summary>The same for a write that comes again; the step of a case has its number in there.</summary>
    private string PointOf(StorageRequest call) =>
        Marks.Replace(string.Join('\n', [Bank.Time.Now.ToString("O"), .. call.Operations.Select(each => each.ToString()), .. RowKeys.Matches(call.Body).Select(each => each.Value)]), "");

    [GeneratedRegex("\"RowKey\":\"[^\"]*\"")]
    private static partial Regex RowKeys { get; }

    /// <summary>By which an attempt at a step tells its index rows from those of another attempt.</summary>
    [GeneratedRegex("~[0-9a-f]{16}(?![0-9a-z])")]
    private static partial Regex Marks { get; }
}
