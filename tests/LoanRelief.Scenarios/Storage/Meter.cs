using System.Diagnostics;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Scenarios.Storage;

/// <summary>Counts the calls that a step makes to the table service, from outside and without making any itself.</summary>
internal sealed class Meter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>After what was awaited has been seen: long enough for anything more to show.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(400);

    private readonly Lock _lock = new();
    private readonly Stopwatch _sinceLast = new();
    private readonly List<StorageRequest> _calls = [];

    public Meter(StorageProxy storage) => storage.After = call =>
    {
        lock (_lock)
        {
            _calls.Add(call);
            _sinceLast.Restart();
        }

        return Task.FromResult(ProxyVerdict.Pass);
    };

    /// <summary>The calls that the action and all that it causes makes.</summary>
    /// <param name="until">Says by the calls so far whether the last one that has to come is among them.</param>
    public async Task<IReadOnlyList<StorageRequest>> CountAsync(Func<Task> action, Func<IReadOnlyList<StorageRequest>, bool> until)
    {
        lock (_lock)
            _calls.Clear();
        await action();
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(10, TestContext.Current.CancellationToken))
        {
            lock (_lock)
            {
                if (until(_calls) && _sinceLast.Elapsed > Silence)
                    return [.. _calls];
            }
        }

        Assert.Fail($"Not all that was awaited came within {Patience.TotalSeconds} s:\n{string.Join('\n', _calls.Select(call => call.Target))}");
        return [];
    }
}
