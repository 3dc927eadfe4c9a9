using System.Collections.Concurrent;
using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Local.Pump;

/// <summary>Gives cases time and hands in this one process, as the orchestrations do in Azure: it does a round of work on each case when it is due.</summary>
/// <remarks>
/// It holds nothing that matters: after a start it reads from the tables which cases are due when, and every commit in
/// this process tells it more. Several processes on the same tables do no harm (the rows are guarded), but each sees
/// the other's changes only when the watchdog runs.
/// </remarks>
internal sealed class CasePump(ICaseStore cases, IInstitutionStore institutions, IServiceProvider services, BusinessClock clock, ILogger<CasePump> logger)
    : BackgroundService, ICaseSignal
{
    private const int Workers = 16;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly DueQueue _due = new();
    private readonly ConcurrentDictionary<CaseId, int> _failures = new();
    private readonly SemaphoreSlim _changed = new(0);
    private readonly SemaphoreSlim _free = new(Workers);

    /// <summary>Whether all cases that were open at the start are known.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Cases that are waiting for a time or for a worker.</summary>
    public int Cases => _due.Count;

    public void Changed(CaseId id, DateTimeOffset? dueAt)
    {
        if (dueAt is { } due)
            _due.Set(id, due);
        Wake();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        clock.Moved += Wake;
        var loading = LoadAsync(stoppingToken);
        // Not a constructor parameter: the work needs the desk, and the desk signals this pump.
        var work = services.GetRequiredService<CaseWork>();
        while (!stoppingToken.IsCancellationRequested)
        {
            await _free.WaitAsync(stoppingToken);
            if (_due.TryTake(clock.GetUtcNow(), out var id))
            {
                _ = WorkAsync(work, id, stoppingToken);
                continue;
            }

            _free.Release();
            var wait = _due.NextDue is { } next ? clock.MachineTimeUntil(next) : BusinessClock.LongestWait;
            await _changed.WaitAsync(wait, stoppingToken);
        }

        await loading;
    }

    private async Task WorkAsync(CaseWork work, CaseId id, CancellationToken stoppingToken)
    {
        DateTimeOffset? next = null;
        try
        {
            next = (await work.DoRoundAsync(id, stoppingToken))?.NextDue;
            _failures.TryRemove(id, out _);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The row still says what is due; the next start finds it.
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "A round of work on {Case} failed; it will be tried again", id);
            _ = RetryLaterAsync(id, stoppingToken);
        }
        finally
        {
            _due.GiveBack(id, next);
            _free.Release();
            Wake();
        }
    }

    /// <summary>In machine time: whatever the business clock does, a storage that is away needs real seconds to come back.</summary>
    private async Task RetryLaterAsync(CaseId id, CancellationToken stoppingToken)
    {
        var failures = _failures.AddOrUpdate(id, 1, (_, before) => before + 1);
        var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, failures - 1)) * (0.75 + Random.Shared.NextDouble() / 2));
        await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Changed(id, clock.GetUtcNow());
    }

    private async Task LoadAsync(CancellationToken stoppingToken)
    {
        while (!IsLoaded && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var institution in institutions.AllAsync(stoppingToken))
                {
                    await foreach (var due in cases.DueAsync(institution.Id, DateTimeOffset.MaxValue, stoppingToken))
                        Changed(due.Id, due.DueAt);
                }

                IsLoaded = true;
                logger.LogInformation("{Cases} open cases are being watched", _due.Count);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogError(failure, "The open cases could not be read; trying again");
                await Task.Delay(TimeSpan.FromSeconds(2), stoppingToken);
            }
        }
    }

    private void Wake()
    {
        if (_changed.CurrentCount == 0)
            _changed.Release();
    }
}
