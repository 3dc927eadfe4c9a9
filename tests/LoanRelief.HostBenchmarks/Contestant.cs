using LoanRelief.Testing;

namespace LoanRelief.HostBenchmarks;

/// <summary>A program that gives cases their time, as the measurements see it: over HTTP, with what it says in the <see cref="Inbox"/>.</summary>
internal abstract class Contestant(string name, HostPlant plant) : IAsyncDisposable
{
    /// <summary>What a case waits for from its opening to its booking: contact, intent, documents, approval, signature, booking.</summary>
    public const int Waits = 6;

    /// <summary>Longer than anything takes but a program that stands still.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private int _cases;

    public string Name => name;

    /// <summary>Resident memory of all its processes, in bytes.</summary>
    public long Memory => plant.ProcessIds.Sum(ResidentMemory);

    /// <summary>What its processes have worked so far.</summary>
    public TimeSpan ProcessorTime => plant.ProcessIds.Aggregate(TimeSpan.Zero, (sum, process) => sum + Work.Of(process));

    protected HttpClient Http { get; } = new() { BaseAddress = plant.BaseAddress, Timeout = Patience };

    /// <summary>What has to be there before the first case; may be done again.</summary>
    public virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Opens new cases and returns when each stands at its first wait.</summary>
    public Task OpenAsync(int cases, int sideBySide) => ManyAsync(cases, sideBySide, OpenOneAsync);

    /// <summary>Drives new cases from the opening to the end, every wait answered as soon as the case stands at it.</summary>
    public Task DriveAsync(int cases, int sideBySide) => ManyAsync(cases, sideBySide, async number => await AnswerWaitsAsync(await OpenOneAsync(number)));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await plant.DisposeAsync();
    }

    /// <returns>The id of the case.</returns>
    protected abstract Task<string> OpenOneAsync(int number);

    protected abstract Task AnswerWaitsAsync(string id);

    private async Task ManyAsync<T>(int cases, int sideBySide, Func<int, Task<T>> one) => await ManyAsync(cases, sideBySide, async number => { await one(number); });

    private async Task ManyAsync(int cases, int sideBySide, Func<int, Task> one) =>
        await Parallel.ForAsync(0, cases, new ParallelOptions { MaxDegreeOfParallelism = sideBySide }, async (_, _) => await one(Interlocked.Increment(ref _cases)));

    private static long ResidentMemory(int process)
    {
        using var found = System.Diagnostics.Process.GetProcessById(process);
        return found.WorkingSet64;
    }
}
