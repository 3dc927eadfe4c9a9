using System.Globalization;
using Xunit;

namespace LoanRelief.Testing;

/// <summary>A real Azurite on free loopback ports; a fixture for an assembly, a collection or a class.</summary>
/// <remarks>
/// It serves tables, which is all that the program needs; the Functions host wants blobs and queues too
/// (<see cref="Complete"/>).
/// Installed below <c>.local/</c> the first time, which needs npm and the network. Without a folder it keeps its data in
/// memory. One service can serve many tests when each uses tables of its own, but note that the time of a query grows
/// with everything that the service holds.
/// </remarks>
public sealed class Azurite : IAsyncLifetime
{
    /// <summary>The account of every Azurite.</summary>
    public const string AccountName = "devstoreaccount1";

    /// <summary>The published key of that account: no secret.</summary>
    public const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly string? _folder;
    private readonly bool _complete;
    private readonly IReadOnlyList<string> _accounts = [AccountName];
    private readonly Action<string>? _onRequest;
    private int _blobs;
    private int _queues;
    private ChildProcess? _process;

    public Azurite()
    {
    }

    private Azurite(string? folder, bool complete) =>
        (_folder, _complete) = (folder is null ? null : Directory.CreateDirectory(folder).FullName, complete);

    private Azurite(IReadOnlyList<string> accounts, Action<string> onRequest) =>
        (_complete, _accounts, _onRequest) = (true, accounts, onRequest);

    /// <summary>Where the table service listens: <c>http://127.0.0.1:port</c>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public string ConnectionString => ConnectionStringOf(_accounts[0]);

    /// <summary>Its process, for tests that end it from outside.</summary>
    public int ProcessId => Started.Id;

    private ChildProcess Started => _process ?? throw new InvalidOperationException("Azurite has not been started.");

    /// <summary>A service that keeps its data in a folder and finds it there again.</summary>
    public static Azurite OnFolder(string folder) => new(folder, complete: false);

    /// <summary>Tables, blobs and queues.</summary>
    /// <param name="folder">For its data; in memory when left out.</param>
    public static Azurite Complete(string? folder = null) => new(folder, complete: true);

    /// <summary>Tables, blobs and queues of several accounts, in memory, with every call to them told.</summary>
    /// <param name="accounts">Their names; the key of all is <see cref="AccountKey"/>.</param>
    /// <param name="onRequest">Told of each line of the access log, which has the path, which begins with the account; from any thread.</param>
    public static Azurite Shared(IReadOnlyList<string> accounts, Action<string> onRequest) => new(accounts, onRequest);

    /// <summary>For one of several accounts.</summary>
    public string ConnectionStringOf(string account) =>
        ConnectionStringOf(account, [("Table", Address.Port), .. _complete ? [("Blob", _blobs), ("Queue", _queues)] : Array.Empty<(string, int)>()]);

    /// <summary>What leads a client of the table service to this address: to Azurite itself or to a proxy before it.</summary>
    public static string ConnectionStringAt(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return ConnectionStringOf(AccountName, [("Table", address.Port)]);
    }

    /// <exception cref="InvalidOperationException">Not installed and not installable, or it did not answer in time.</exception>
    public async ValueTask InitializeAsync()
    {
        var main = await AzuriteInstallation.GetAsync(_complete);
        (_process, Address) = await Startup.OnFreePortAsync("Azurite", "EADDRINUSE", port => LaunchAnew(main, port), AnswersAsync, StartPatience);
    }

    /// <summary>Stops it. What is in memory only is gone.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
            return;
        if (_folder is not null) // it writes what it holds when it is asked to end, and listens to SIGINT alone
            await _process.StopAsync("INT", TimeSpan.FromSeconds(10));
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Starts it at the same address after <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        var main = await AzuriteInstallation.GetAsync(_complete);
        (_process, _) = await Startup.OnPortAsync("Azurite", Address.Port, port => Launch(main, port), AnswersAsync, StartPatience);
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private ChildProcess LaunchAnew(string main, int port)
    {
        if (_complete)
            (_blobs, _queues) = (LoopbackPort.Next(), LoopbackPort.Next());
        return Launch(main, port);
    }

    private ChildProcess Launch(string main, int port)
    {
        string[] persistence = _folder is null ? ["--inMemoryPersistence"] : ["--location", _folder];
        string[] others = _complete ? [.. Listening("blob", _blobs), .. Listening("queue", _queues)] : [];
        return ChildProcess.Start(
            "node",
            [main, .. Listening("table", port), .. others, .. _onRequest is null ? ["--silent"] : Array.Empty<string>(), "--skipApiVersionCheck", "--disableTelemetry", .. persistence],
            RepositoryRoot.Local,
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = string.Join(';', _accounts.Select(account => $"{account}:{AccountKey}")) },
            _onRequest);
    }

    private static string[] Listening(string service, int port) =>
    [
        $"--{service}Host", "127.0.0.1", $"--{service}Port", port.ToString(CultureInfo.InvariantCulture),
        // Longer than clients keep an idle connection, so that none sends into one that is being closed.
        $"--{service}KeepAliveTimeout", "300",
    ];

    private static string ConnectionStringOf(string account, IEnumerable<(string Name, int Port)> services) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={AccountKey};" +
        string.Concat(services.Select(service => $"{service.Name}Endpoint=http://127.0.0.1:{service.Port}/{account};"));

    private static async Task<bool> AnswersAsync(HttpClient client, CancellationToken cancellation)
    {
        // Without a signature it refuses, which is an answer.
        using var answer = await client.GetAsync(new Uri($"/{AccountName}/Tables", UriKind.Relative), cancellation);
        return true;
    }
}
