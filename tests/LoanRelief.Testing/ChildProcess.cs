using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace LoanRelief.Testing;

/// <summary>A program that a test starts. It ends with the test process, however that one ends, and so do its children.</summary>
/// <remarks>
/// A small shell waits on a pipe from this process. The pipe breaks when this process dies, by <c>kill -9</c> too,
/// and the shell then kills the program.
/// </remarks>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptLines = 5_000;
    private const string Leash = "trap '' INT TERM HUP; cat >/dev/null; kill -9 $(pgrep -P \"$1\") \"$1\" 2>/dev/null";

    private readonly Process _process;
    private readonly Process? _leash;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Action<string>? _onLine;

    private ChildProcess(ProcessStartInfo start, Action<string>? onLine)
    {
        _onLine = onLine;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _leash = OperatingSystem.IsWindows() ? null : StartLeash(_process.Id);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Both streams, line by line, the oldest lines dropped when there are too many.</summary>
    public string Output => string.Join('\n', _output);

    /// <param name="onLine">Told of each line that it writes; from any thread.</param>
    /// <exception cref="InvalidOperationException">The program is not installed.</exception>
    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        string workingDirectory,
        IEnumerable<KeyValuePair<string, string>>? environment = null,
        Action<string>? onLine = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        try
        {
            return new ChildProcess(start, onLine);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"Could not start '{program}': is it installed and on the path?", e);
        }
    }

    /// <summary>Its id and those of its children.</summary>
    public IReadOnlyList<int> Family()
    {
        using var search = Process.Start(new ProcessStartInfo("pgrep", ["-P", Id.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        var children = search.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        search.WaitForExit();
        return [Id, .. children.Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
    }

    /// <summary>Ends it and its children at once, without a chance to tidy up (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await ReleaseLeashAsync();
    }

    /// <summary>Asks it to end, and kills it when it has not done so in time.</summary>
    /// <param name="signal">TERM or INT, whichever the program listens to.</param>
    /// <param name="patience">How long it may take.</param>
    public async Task StopAsync(string signal, TimeSpan patience)
    {
        if (_leash is not null && !HasExited)
        {
            using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
            using var late = new CancellationTokenSource(patience);
            try
            {
                await _process.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                Keep($"(still running {patience.TotalSeconds:0} s after SIG{signal})");
            }
        }

        await KillAsync();
    }

    public async Task WaitForExitAsync(CancellationToken cancellation = default)
    {
        await _process.WaitForExitAsync(cancellation);
        await ReleaseLeashAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _leash?.Dispose();
        _process.Dispose();
    }

    private static Process StartLeash(int id) =>
        Process.Start(new ProcessStartInfo("sh", ["-c", Leash, "leash", id.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true })!;

    // Killed rather than let go: it would kill whatever has got the id of the ended program by then.
    private async Task ReleaseLeashAsync()
    {
        if (_leash is null)
            return;
        _leash.Kill(entireProcessTree: true);
        await _leash.WaitForExitAsync();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _onLine?.Invoke(line);
        _output.Enqueue(line);
        while (_output.Count > KeptLines)
            _output.TryDequeue(out _);
    }
}
