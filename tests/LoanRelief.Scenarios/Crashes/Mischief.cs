using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Scenarios.Crashes;

/// <summary>What goes wrong with a house by chance, the same for the same seed as far as its calls come in the same order.</summary>
internal sealed class Mischief(FragileHouse house, int seed)
{
    /// <summary>Longer than the program waits for an answer.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(11);

    private readonly Random _random = new(seed);
    private readonly Lock _one = new();
    private int _writesLeft;
    private bool _afterNextWrite;

    /// <summary>How often the host was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>How many calls were answered with 503, or not at all.</summary>
    public int Faults { get; private set; }

    /// <summary>Kills the host at the first write to a table, which then is not done.</summary>
    public async Task KillAtFirstWriteAsync(string table, Func<Task> work)
    {
        var killed = Kills + 1;
        house.Storage.Before = call => call.IsWrite && call.Operations.Any(each => each.Table == table) ? KillAsync(killed) : Pass;
        await work();
        house.LeaveAlone();
        Assert.Equal(killed, Kills);
    }

    /// <summary>Kills the host at writes picked by chance, before they are done or before it knows that they are.</summary>
    /// <param name="times">How often.</param>
    /// <param name="within">Writes from one to the next, at most.</param>
    public async Task KillAsync(int times, int within, Func<Task> work)
    {
        var last = Kills + times;
        PickWrite(within);
        house.Storage.Before = call =>
        {
            if (!call.IsWrite || Interlocked.Decrement(ref _writesLeft) != 0)
                return Pass;
            if (Next(2) == 0)
                return KillAsync(last, within);
            Volatile.Write(ref _afterNextWrite, true);
            return Pass;
        };
        house.Storage.After = call => call.IsWrite && Interlocked.Exchange(ref _afterNextWrite, false) ? KillAsync(last, within) : Pass;
        await work();
        house.LeaveAlone();
        Assert.Equal(last, Kills);
    }

    /// <summary>The storage answers one call in twenty with 503, or does it and breaks off; and two of them it answers when nobody waits any more.</summary>
    public async Task AnswerPoorlyAsync(Func<Task> work)
    {
        var silent = 0;
        house.Storage.Before = _ => Next(40) == 0 ? Fault(ProxyVerdict.Unavailable) : Pass;
        house.Storage.After = call => Next(40) != 0 ? Pass
            : call.IsWrite && Interlocked.Increment(ref silent) <= 2 ? Fault(ProxyVerdict.Delay(Silence)) : Fault(ProxyVerdict.Drop);
        await work();
        house.LeaveAlone();
    }

    private static Task<ProxyVerdict> Pass => Task.FromResult(ProxyVerdict.Pass);

    private Task<ProxyVerdict> Fault(ProxyVerdict verdict)
    {
        lock (_one)
            Faults++;
        return Task.FromResult(verdict);
    }

    private void PickWrite(int within) => Volatile.Write(ref _writesLeft, 1 + Next(within));

    private int Next(int below)
    {
        lock (_one)
            return _random.Next(below);
    }

    /// <summary>Kills the host if it has not been killed so often already.</summary>
    private async Task<ProxyVerdict> KillAsync(int last, int? within = null)
    {
        int kill;
        lock (_one)
            kill = Kills + 1;
        if (kill > last || !await house.KillAsync($"by chance, {kill}"))
            return ProxyVerdict.Pass;
        lock (_one)
            Kills = kill;
        if (within is { } writes && kill < last)
            PickWrite(writes);
        return ProxyVerdict.Drop;
    }
}
