using System.Text.RegularExpressions;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using LoanRelief.Testing;

namespace LoanRelief.Scenarios.Crashes;

/// <summary>A host on storage of its own, with one bank, that can be killed at any step and comes back with its clock where it was.</summary>
internal sealed partial class FragileHouse : IAsyncDisposable
{
    private readonly Azurite _azurite;
    private readonly Reaper _reaper;
    private int _loans;

    private FragileHouse(Azurite azurite, StorageProxy storage, LocalHost host, WebhookReceiver webhook)
    {
        (_azurite, Storage, Host, Api) = (azurite, storage, host, new(host.BaseAddress));
        var time = new BusinessTime(Api) { Patience = TimeSpan.FromMinutes(5) };
        _reaper = new(host, () => time.Now);
        Bank = new(Api, time, webhook, "icbc-wencheng", () => ++_loans);
    }

    public StorageProxy Storage { get; }

    public LocalHost Host { get; }

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

    public static async Task<FragileHouse> StartAsync()
    {
        var azurite = new Azurite();
        await azurite.InitializeAsync();
        var storage = await StorageProxy.StartAsync(azurite);
        // Lives that last a second are worth neither profiling nor a heap for each core.
        var settings = FrozenClock.At(FrozenClock.Start).Append(new("DOTNET_TieredPGO", "0")).Append(new("DOTNET_gcServer", "0"));
        var host = await LocalHost.StartAsync(storage.ConnectionString, settings);
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

    public async ValueTask DisposeAsync()
    {
        Storage.After = null;
        Storage.Before = null;
        Bank.Webhook.BeforeAnswer = null;
        await _reaper.DisposeAsync();
        Api.Dispose();
        await Host.DisposeAsync();
        await Bank.Webhook.DisposeAsync();
        await Storage.DisposeAsync();
        await _azurite.DisposeAsync();
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
