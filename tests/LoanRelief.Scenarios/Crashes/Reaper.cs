using System.Diagnostics;
using LoanRelief.Scenarios.House;
using LoanRelief.Testing;

namespace LoanRelief.Scenarios.Crashes;

/// <summary>Kills a host, once at each point, and sets it up again with its clock where it was.</summary>
internal sealed class Reaper(HostPlant host, Func<DateTimeOffset> now) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly HashSet<string> _killedAt = [];
    private Task _starting = Task.CompletedTask;

    public TimeSpan Restarting { get; private set; }

    /// <summary>Kills the host unless it was killed at this point before: what comes again passes, so that no step is stuck for ever.</summary>
    /// <returns>Whether it was killed; it is being started again when this returns.</returns>
    public async Task<bool> KillAsync(string point)
    {
        await _one.WaitAsync();
        try
        {
            if (!_killedAt.Add(point))
                return false;
            await _starting;
            await host.KillAsync();
            _starting = StartAgainAsync();
            return true;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _starting;
        _one.Dispose();
    }

    private async Task StartAgainAsync()
    {
        var watch = Stopwatch.StartNew();
        await host.StartAgainAsync(FrozenClock.At(now()));
        Restarting += watch.Elapsed;
    }
}
