namespace LoanRelief.Testing;

/// <summary>The local host: one process.</summary>
/// <remarks>
/// It runs in the build configuration of the test; a test project that uses it refers to <c>LoanRelief.Local</c> with
/// <c>ReferenceOutputAssembly="false"</c>, so that it is built before.
/// </remarks>
public sealed class LocalHost : HostPlant
{
    private readonly IReadOnlyList<string> _arguments;

    private LocalHost(IEnumerable<KeyValuePair<string, string>> settings, IReadOnlyList<string> arguments)
        : base(settings) => _arguments = arguments;

    private protected override string Name => "LoanRelief";

    private protected override TimeSpan StartPatience => TimeSpan.FromSeconds(60);

    /// <summary>Starts the program and waits until <c>/api/health/ready</c> answers 200.</summary>
    /// <param name="storageConnectionString">Of an <see cref="Azurite"/> or of a <see cref="StorageProxy"/> before it.</param>
    /// <param name="settings">Environment variables, such as <c>Clock__Start</c>; they win over what the plant sets.</param>
    /// <param name="arguments">The command line.</param>
    /// <exception cref="InvalidOperationException">Not built, ended, or not ready in time; the message has its output.</exception>
    public static async Task<LocalHost> StartAsync(
        string storageConnectionString,
        IEnumerable<KeyValuePair<string, string>>? settings = null,
        IEnumerable<string>? arguments = null)
    {
        Dictionary<string, string> all = new() { ["Storage__ConnectionString"] = storageConnectionString };
        foreach (var (name, value) in settings ?? [])
            all[name] = value;
        var host = new LocalHost(all, [.. arguments ?? []]);
        await host.StartOnFreePortAsync("address already in use");
        return host;
    }

    private protected override ChildProcess Launch(int port, IReadOnlyDictionary<string, string> settings) => ChildProcess.Start(
        "dotnet",
        [Built("src/LoanRelief.Local", "loanrelief.dll"), .. _arguments],
        RepositoryRoot.Local,
        new Dictionary<string, string>(settings) { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}" });
}
