using LoanRelief.Desk.Chunks;

namespace LoanRelief.Local.Pump;

/// <summary>Does work that comes in chunks, imports and batches, in this one process, as the orchestrations do in Azure.</summary>
/// <remarks>
/// A chunk of each institution in turn, so that a million rows of one do not hold up the hundred of another. It holds
/// nothing that matters: what is open stands in the tables.
/// </remarks>
internal sealed class ChunkPump(IEnumerable<IChunkedWork> works, ChunkSignal signal, ILogger<ChunkPump> logger) : BackgroundService
{
    /// <summary>After so long it looks by itself, for what another process has taken in or left behind.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    /// <summary>Each kind of work goes its own way: a batch does not wait for an import.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await Task.WhenAll(works.Select(work => RunAsync(work, stoppingToken)));

    private async Task RunAsync(IChunkedWork work, CancellationToken stoppingToken)
    {
        var wanted = new SemaphoreSlim(0);
        signal.Wanted += (name, _) =>
        {
            if (name == work.Name)
                wanted.Release();
        };
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = LookAgain;
            try
            {
                while (await DoRoundAsync(work, stoppingToken))
                {
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogError(failure, "{Work} could not go on; trying again", work.Name);
                wait = PauseAfterFailure;
            }

            await wanted.WaitAsync(wait, stoppingToken);
        }
    }

    /// <summary>One chunk of each institution.</summary>
    /// <returns>Whether there is more to do at once.</returns>
    /// <exception cref="AggregateException">Some failed; all others had their turn.</exception>
    private static async Task<bool> DoRoundAsync(IChunkedWork work, CancellationToken cancellationToken)
    {
        var more = false;
        var failures = new List<Exception>();
        foreach (var institution in await work.OpenAsync(cancellationToken).ToListAsync(cancellationToken))
        {
            try
            {
                more |= await work.DoChunkAsync(institution, cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Add(failure);
            }
        }

        return failures.Count == 0 ? more : throw new AggregateException(failures);
    }
}
