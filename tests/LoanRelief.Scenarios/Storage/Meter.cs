using System.Diagnostics;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Scenarios.Storage;

/// <summary>Counts the calls that something makes to the table service, from outside and without making any itself.</summary>
/// <remarks>
/// Not counted: the calls about the calendar, and those about what operators have stopped. A process asks every few seconds
/// whether the one is still the same, and every minute and with each look of the watchdog for the other, whatever the cases
/// do; in which step that falls is chance.
/// </remarks>
internal sealed class Meter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>After what has to come has been seen: long enough for anything more to show.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Stopwatch _sinceLast = new();
    private readonly List<StorageRequest> _calls = [];

    public Meter(StorageProxy storage) => storage.After = call =>
    {
        if (!call.Target.Contains("Calendars", StringComparison.Ordinal) && !call.Target.Contains("OrchestrationsByStatus", StringComparison.Ordinal))
        {
            lock (_lock)
            {
                _calls.Add(call);
                _sinceLast.Restart();
            }
        }

        return Task.FromResult(ProxyVerdict.Pass);
    };

    /// <summary>What the action costs with all that it causes.</summary>
    /// <param name="writes">How many writes have to come before it can be over.</param>
    public async Task<Cost> CountAsync(Func<Task> action, int writes)
    {
        lock (_lock)
            _calls.Clear();
        await action();
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(10, TestContext.Current.CancellationToken))
        {
            lock (_lock)
            {
                if (_calls.Count(call => call.IsWrite) >= writes && _sinceLast.Elapsed > Silence)
                    return Cost.Of(_calls);
            }
        }

        Assert.Fail($"{writes} writes did not come within {Patience.TotalSeconds} s:\n{string.Join('\n', _calls.Select(call => call.Target))}");
        return Cost.Of([]);
    }
}
