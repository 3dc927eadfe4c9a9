using System.Globalization;
using Xunit;

namespace LoanRelief.Testing;

/// <summary>A real Azurite table service on a free loopback port; a fixture for an assembly, a collection or a class.</summary>
/// <remarks>
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
    private ChildProcess? _process;

    public Azurite()
    {
    }

    private Azurite(string folder) => _folder = Directory.CreateDirectory(folder).FullName;

    /// <summary>Where the table service listens: <c>http://127.0.0.1:port</c>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public string ConnectionString => ConnectionStringAt(Address);

    /// <summary>Its process, for tests that end it from outside.</summary>
    public int ProcessId => Started.Id;

    private ChildProcess Started => _process ?? throw new InvalidOperationException("Azurite has not been started.");

    /// <summary>A service that keeps its data in a folder and finds it there again.</summary>
    public static Azurite OnFolder(string folder) => new(folder);

    /// <summary>What leads a client of the table service to this address: to Azurite itself or to a proxy before it.</summary>
    public static string ConnectionStringAt(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return $"DefaultEndpointsProtocol=http;AccountName={AccountName};AccountKey={AccountKey};TableEndpoint={address.GetLeftPart(UriPartial.Authority)}/{AccountName};";
    }

    /// <exception cref="InvalidOperationException">Not installed and not installable, or it did not answer in time.</exception>
    public async ValueTask InitializeAsync()
    {
        var main = await AzuriteInstallation.GetAsync();
        (_process, Address) = await Startup.OnFreePortAsync("Azurite", "EADDRINUSE", port => Launch(main, port), AnswersAsync, StartPatience);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        if (_folder is not null) // it writes what it holds when it is asked to end, and listens to SIGINT alone
            await _process.StopAsync("INT", TimeSpan.FromSeconds(10));
        await _process.DisposeAsync();
        _process = null;
    }

    private ChildProcess Launch(string main, int port)
    {
        string[] persistence = _folder is null ? ["--inMemoryPersistence"] : ["--location", _folder];
        return ChildProcess.Start(
            "node",
            [
                main, "--tableHost", "127.0.0.1", "--tablePort", port.ToString(CultureInfo.InvariantCulture),
                "--silent", "--skipApiVersionCheck", "--disableTelemetry",
                // Longer than clients keep an idle connection, so that none sends into one that is being closed.
                "--tableKeepAliveTimeout", "300",
                .. persistence,
            ],
            RepositoryRoot.Local);
    }

    private static async Task<bool> AnswersAsync(HttpClient client, CancellationToken cancellation)
    {
        // Without a signature it refuses, which is an answer.
        using var answer = await client.GetAsync(new Uri($"/{AccountName}/Tables", UriKind.Relative), cancellation);
        return true;
    }
}
