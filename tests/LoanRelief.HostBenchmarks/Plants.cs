using LoanRelief.Testing;

namespace LoanRelief.HostBenchmarks;

/// <summary>The contestants, as they are started.</summary>
internal static class Plants
{
    public const string Bare = "bare";
    public const string Functions = "functions";
    public const string Local = "local";

    /// <summary>What the tests set differently so that they need not wait, set back to what <c>host.json</c> and the settings' template say.</summary>
    private static readonly Dictionary<string, string> AsShipped = new()
    {
        ["AzureFunctionsJobHost__extensions__durableTask__storageProvider__maxQueuePollingInterval"] = "00:00:05",
        ["AzureFunctionsJobHost__extensions__durableTask__storageProvider__controlQueueVisibilityTimeout"] = "00:05:00",
        ["AzureFunctionsJobHost__extensions__durableTask__storageProvider__workItemQueueVisibilityTimeout"] = "00:05:00",
        ["AzureFunctionsJobHost__singleton__listenerLockPeriod"] = "00:01:00",
        ["Schedules__MaturityScan"] = "0 0 22 * * *",
        ["Schedules__DueDateReminders"] = "0 0 1 * * *",
        ["Schedules__InquiryReminders"] = "0 0 1 * * *",
        ["Schedules__Watchdog"] = "0 2-59/5 * * * *",
        ["Schedules__HistoryPurge"] = "0 30 18 * * *",
        ["Schedules__Census"] = "0 4-59/5 * * * *",
    };

    private static readonly Dictionary<string, string> StandingClock = new() { ["Clock__Start"] = Relief.Start, ["Clock__Speed"] = "0" };

    /// <param name="account">Of the storage; the contestant's own.</param>
    /// <param name="round">Of the measurements.</param>
    public static async Task<Contestant> StartAsync(string name, Storage storage, string account, Inbox inbox, int round)
    {
        var connection = storage.Azurite.ConnectionStringOf(account);
        Dictionary<string, string> onFunctions = new(AsShipped) { ["AzureWebJobsStorage"] = connection };
        Contestant contestant = name switch
        {
            Bare => new Bare(name, await FunctionsHost.StartAsync(
                storage.Azurite, connection, onFunctions.Append(new("Bare__Tell", inbox.Url.ToString())), "tests/LoanRelief.HostBenchmarks.Bare"), inbox, round),
            Functions => new Relief(name, await FunctionsHost.StartAsync(storage.Azurite, connection, onFunctions.Concat(StandingClock)), inbox, round),
            _ => new Relief(name, await LocalHost.StartAsync(connection, StandingClock), inbox, round),
        };
        await contestant.PrepareAsync();
        return contestant;
    }
}
