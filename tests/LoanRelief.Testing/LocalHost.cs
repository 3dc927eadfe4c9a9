using System.Net;

namespace LoanRelief.Testing;

/// <summary>The built program as a process of its own, which a test can kill at any moment and start again.</summary>
/// <remarks>
/// It keeps its address when started again. It runs in the build configuration of the test; a test project that uses it
/// refers to <c>LoanRelief.Local</c> with <c>ReferenceOutputAssembly="false"</c>, so that it is built before.
/// </remarks>
public sealed class LocalHost : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> _settings;
    private readonly IReadOnlyList<string> _arguments;
    private readonly List<string> _earlierOutput = [];
    private readonly SemaphoreSlim _gate = new(1);
    private ChildProcess? _process;

    private LocalHost(string storageConnectionString, IEnumerable<KeyValuePair<string, string>> settings, IReadOnlyList<string> arguments)
    {
        _settings = new(settings);
        _settings.TryAdd("Storage__ConnectionString", storageConnectionString);
        _arguments = arguments;
    }

    /// <summary><c>http://127.0.0.1:port</c>, the same through all restarts.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1");

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Everything it has written so far, in all its lives.</summary>
    public string Output => string.Join('\n', [.. _earlierOutput, _process?.Output ?? ""]);

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
        var host = new LocalHost(storageConnectionString, settings ?? [], [.. arguments ?? []]);
        (host._process, host.BaseAddress) = await Startup.OnFreePortAsync("LoanRelief", "address already in use", host.Launch, IsReadyAsync, StartPatience);
        return host;
    }

    /// <summary><c>kill -9</c>: no chance to finish anything. Nothing happens when it is not running.</summary>
    /// <remarks>May be called from a hook of <see cref="StorageProxy"/>, while the host waits for that answer.</remarks>
    public Task KillAsync() => EndAsync(process => process.KillAsync());

    /// <summary>The way an operator stops it (SIGTERM).</summary>
    public Task StopAsync() => EndAsync(process => process.StopAsync("TERM", TimeSpan.FromSeconds(30)));

    /// <summary>Starts it again at the same address after <see cref="KillAsync"/>, <see cref="StopAsync"/> or its own end.</summary>
    /// <param name="changed">Settings that differ from now on.</param>
    /// <exception cref="InvalidOperationException">It is still running, ended, or was not ready in time.</exception>
    public async Task StartAgainAsync(IEnumerable<KeyValuePair<string, string>>? changed = null)
    {
        if (IsRunning)
            throw new InvalidOperationException("It is still running: kill or stop it first.");
        await KillAsync();
        foreach (var (name, value) in changed ?? [])
            _settings[name] = value;
        (_process, _) = await Startup.OnPortAsync("LoanRelief", BaseAddress.Port, Launch, IsReadyAsync, StartPatience);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _gate.Dispose();
    }

    private async Task EndAsync(Func<ChildProcess, Task> end)
    {
        await _gate.WaitAsync();
        try
        {
            if (_process is not { } process)
                return;
            await end(process);
            _earlierOutput.Add(process.Output);
            _process = null;
            await process.DisposeAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    private ChildProcess Launch(int port)
    {
        Dictionary<string, string> environment = new(_settings) { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}" };
        return ChildProcess.Start("dotnet", [Program(), .. _arguments], RepositoryRoot.Local, environment);
    }

    private static string Program()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug"; // bin/<configuration>/net10.0
        var program = RepositoryRoot.At("src", "LoanRelief.Local", "bin", configuration, "net10.0", "loanrelief.dll");
        return File.Exists(program)
            ? program
            : throw new InvalidOperationException($"{program} is not there: build src/LoanRelief.Local first.");
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellation)
    {
        using var answer = await client.GetAsync(new Uri("/api/health/ready", UriKind.Relative), cancellation);
        return answer.StatusCode == HttpStatusCode.OK;
    }
}
