using System.Collections.Concurrent;
using System.Globalization;

namespace LoanRelief.Testing;

/// <summary>The Functions app on the real Functions host: <c>func</c> (Azure Functions Core Tools 4) and the worker that it starts.</summary>
/// <remarks>
/// It takes the app as it is built (<c>src/LoanRelief.Functions</c>), with settings under which what a killed host had in
/// hand waits for a minute and not for five, and with timers of the wall clock that never fire, but for the watchdog.
/// </remarks>
public sealed class FunctionsHost : HostPlant
{
    private const string Durable = "AzureFunctionsJobHost__extensions__durableTask__";

    /// <summary>29 February: not while a test runs.</summary>
    private const string Never = "0 0 0 29 2 *";

    private static readonly ConcurrentDictionary<string, Lazy<string>> Copies = new();

    private readonly string _app;

    private FunctionsHost(string app, IEnumerable<KeyValuePair<string, string>> settings)
        : base(settings) => _app = app;

    /// <summary>Whether <c>func</c> is on the path.</summary>
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "func.cmd" : "func")));

    private protected override string Name => "func";

    private protected override TimeSpan StartPatience => TimeSpan.FromMinutes(3);

    /// <summary>Starts the host and waits until <c>/api/health/ready</c> answers 200.</summary>
    /// <param name="azurite">One that serves blobs and queues too, for the host itself and the runtime of orchestrations.</param>
    /// <param name="tables">Where the program finds its tables: that Azurite when left out, or a <see cref="StorageProxy"/> before it.</param>
    /// <param name="settings">Environment variables, such as <c>Clock__Start</c>; they win over what the plant sets.</param>
    /// <param name="project">Folder of the app's project in the repository.</param>
    /// <exception cref="InvalidOperationException">Not built, ended, or not ready in time; the message has its output.</exception>
    public static async Task<FunctionsHost> StartAsync(
        Azurite azurite,
        string? tables = null,
        IEnumerable<KeyValuePair<string, string>>? settings = null,
        string project = "src/LoanRelief.Functions")
    {
        ArgumentNullException.ThrowIfNull(azurite);
        Dictionary<string, string> all = new()
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["Storage__ConnectionString"] = tables ?? azurite.ConnectionString,
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["AzureWebJobsDisableHomepage"] = "true",
            ["Schedules__MaturityScan"] = Never,
            ["Schedules__DueDateReminders"] = Never,
            ["Schedules__InquiryReminders"] = Never,
            ["Schedules__HistoryPurge"] = Never,
            ["Schedules__Census"] = Never,
            ["Schedules__Watchdog"] = "*/5 * * * * *",
            [Durable + "storageProvider__maxQueuePollingInterval"] = "00:00:01",
            [Durable + "storageProvider__controlQueueVisibilityTimeout"] = "00:01:00", // the least that it takes
            [Durable + "storageProvider__workItemQueueVisibilityTimeout"] = "00:01:00", // renewed every half minute while the work goes on
            ["AzureFunctionsJobHost__singleton__listenerLockPeriod"] = "00:00:15", // the least that it takes
            ["AzureFunctionsJobHost__logging__logLevel__default"] = "Warning", // each request would be some lines
        };
        foreach (var (name, value) in settings ?? [])
            all[name] = value;
        var host = new FunctionsHost(Copies.GetOrAdd(project, _ => new(() => CopyOf(project))).Value, all);
        await host.StartOnFreePortAsync("is unavailable");
        return host;
    }

    private protected override ChildProcess Launch(int port, IReadOnlyDictionary<string, string> settings) => ChildProcess.Start(
        "func", ["start", "--no-build", "--port", port.ToString(CultureInfo.InvariantCulture)], _app, settings);

    /// <summary>The built app without a developer's own settings, out of the way of the next build.</summary>
    private static string CopyOf(string project)
    {
        var built = new FileInfo(Built(project, "host.json")).Directory!;
        var copies = Path.Combine(RepositoryRoot.Local, "functions", Path.GetFileName(project));
        if (Directory.Exists(copies))
            Directory.Delete(copies, recursive: true);
        foreach (var file in built.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Name != "local.settings.json"))
        {
            var copy = Path.Combine(copies, Path.GetRelativePath(built.FullName, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            file.CopyTo(copy);
        }

        return copies;
    }
}
