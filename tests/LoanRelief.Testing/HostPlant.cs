using System.Net;

namespace LoanRelief.Testing;

/// <summary>The built program as processes of its own, which a test can kill at any moment and start again at the same address.</summary>
public abstract class HostPlant : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly List<string> _earlierOutput = [];
    private readonly SemaphoreSlim _gate = new(1);
    private ChildProcess? _process;

    /// <param name="settings">Environment variables, such as <c>Clock__Start</c>.</param>
    private protected HostPlant(IEnumerable<KeyValuePair<string, string>> settings) => _settings = new(settings);

    /// <summary><c>http://127.0.0.1:port</c>, the same through all restarts.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1");

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Everything it has written so far, in all its lives.</summary>
    public string Output => string.Join('\n', [.. _earlierOutput, _process?.Output ?? ""]);

    /// <summary>The processes of which it consists now, for whoever looks at them from outside; empty while it does not run.</summary>
    public IReadOnlyList<int> ProcessIds => _process is { HasExited: false } process ? process.Family() : [];

    private protected abstract string Name { get; }

    /// <summary>How long it may take to be ready.</summary>
    private protected abstract TimeSpan StartPatience { get; }

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
        (_process, _) = await Startup.OnPortAsync(Name, BaseAddress.Port, port => Launch(port, _settings), IsReadyAsync, StartPatience);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _gate.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the program and waits until <c>/api/health/ready</c> answers 200.</summary>
    /// <exception cref="InvalidOperationException">Not built, ended, or not ready in time; the message has its output.</exception>
    private protected async Task StartOnFreePortAsync(string portTaken) =>
        (_process, BaseAddress) = await Startup.OnFreePortAsync(Name, portTaken, port => Launch(port, _settings), IsReadyAsync, StartPatience);

    private protected abstract ChildProcess Launch(int port, IReadOnlyDictionary<string, string> settings);

    /// <summary>What the build of a project has put out, in the configuration in which the tests run.</summary>
    /// <param name="project">Its folder in the repository.</param>
    /// <exception cref="InvalidOperationException">It has not been built.</exception>
    private protected static string Built(string project, string file)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug"; // bin/<configuration>/net10.0
        var path = RepositoryRoot.At(project, "bin", configuration, "net10.0", file);
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is not there: build {project} first.");
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

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellation)
    {
        using var answer = await client.GetAsync(new Uri("/api/health/ready", UriKind.Relative), cancellation);
        return answer.StatusCode == HttpStatusCode.OK;
    }
}
