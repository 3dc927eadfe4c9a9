using LoanRelief.Desk.Imports;

namespace LoanRelief.Local.Pump;

/// <summary>Takes received books into the loan book in this one process, as the orchestrations do in Azure.</summary>
/// <remarks>
/// A chunk of each institution's oldest import in turn, so that a million rows of one do not hold up the hundred of another.
/// It holds nothing that matters: what is open stands in the tables.
/// </remarks>
internal sealed class ImportPump(ImportDesk desk, IImportStore imports, ImportWork work, ILogger<ImportPump> logger) : BackgroundService
{
    /// <summary>After so long it looks by itself, for what another process has received or left behind.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _received = new(0);

    public override void Dispose()
    {
        _received.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        desk.Received += _ => _received.Release();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = LookAgain;
            try
            {
                while (await DoRoundAsync(stoppingToken))
                {
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogError(failure, "Imports could not go on; trying again");
                wait = PauseAfterFailure;
            }

            await _received.WaitAsync(wait, stoppingToken);
        }
    }

    /// <summary>One chunk of each institution.</summary>
    /// <returns>Whether there is more to do at once.</returns>
    /// <exception cref="AggregateException">Some failed; all others had their turn.</exception>
    private async Task<bool> DoRoundAsync(CancellationToken cancellationToken)
    {
        var more = false;
        var failures = new List<Exception>();
        foreach (var institution in await imports.OpenAsync(cancellationToken).Select(open => open.Institution).Distinct().ToListAsync(cancellationToken))
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
