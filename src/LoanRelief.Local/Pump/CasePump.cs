using System.Text.Json;
using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Local.Pump;

/// <summary>Gives cases time and hands in this one process, as the orchestrations do in Azure: it does a round of work on each case when it is due.</summary>
/// <remarks>
/// It holds nothing that matters: after a start it reads from the tables which cases are due when, and every commit in
/// this process tells it more. Several processes on the same tables do no harm (the rows are guarded), but each sees
/// the other's changes only when the watchdog runs, and what an operator stopped or set going there within a minute.
/// </remarks>
internal sealed class CasePump(
    ICaseStore cases, IInstitutionStore institutions, IOrchestrationStore orchestrations, FailedRounds failed, IServiceProvider services, BusinessClock clock,
    ILogger<CasePump> logger)
    : BackgroundService, ICaseSignal, ICaseRuntime
{
    private const int Workers = 32;

    /// <summary>
    /// While other cases are worked on, in machine time: what was sent waits so long to be recorded together with the answer
    /// to it. Banks' systems answer in that time, people do not.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>How often it asks what operators have stopped through other processes, in machine time.</summary>
    private static readonly TimeSpan Recall = TimeSpan.FromMinutes(1);

    private readonly DueQueue _due = new();
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

    public Task<RuntimeInstance?> FindAsync(CaseId id, CancellationToken cancellationToken)
    {
        var (entry, failedRounds) = (_due.Find(id), failed.Of(id));
        // Between two tries nobody waits for the case in the queue.
        return Task.FromResult(entry is null && failedRounds == 0 ? null : Instance(entry ?? new(null, false, null), failedRounds));
    }

    public Task SuspendAsync(CaseId id, CancellationToken cancellationToken) => StopAsync(id, Halt.Suspended);

    public Task TerminateAsync(CaseId id, CancellationToken cancellationToken) => StopAsync(id, Halt.Terminated);

    public Task ResumeAsync(CaseId id, CancellationToken cancellationToken)
    {
        _due.Release(id);
        Changed(id, clock.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <remarks>The pump keeps nothing of a case that could be in the way.</remarks>
    public Task RestartAsync(CaseId id, CancellationToken cancellationToken)
    {
        failed.Forget(id);
        return ResumeAsync(id, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        clock.Moved += Wake;
        // Before any case is worked on: nobody is to touch what an operator stopped.
        await UntilReadAsync("What operators have stopped", RecallAsync, stoppingToken);
        var loading = Task.WhenAll(LoadAsync(stoppingToken), KeepRecallingAsync(stoppingToken));
        // Not a constructor parameter: the work needs the desk, and the desk signals this pump.
        var work = services.GetRequiredService<CaseWork>();
        try
        {
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
        }
        finally
        {
            // What has been sent is recorded before the process ends.
            for (var ended = 0; ended < Workers; ended++)
                await _free.WaitAsync(CancellationToken.None);
        }

        await loading;
    }

    private async Task WorkAsync(CaseWork work, CaseId id, CancellationToken stoppingToken)
    {
        DateTimeOffset? next = null;
        try
        {
            next = (await work.DoRoundAsync(id, PatienceNow(), stoppingToken))?.NextDue;
            await failed.SucceededAsync(id, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The row still says what is due; the next start finds it.
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "A round of work on {Case} failed; it will be tried again", id);
            _ = RetryLaterAsync(id, failure, stoppingToken);
        }
        finally
        {
            _due.GiveBack(id, next);
            _free.Release();
            Wake();
        }
    }

    /// <summary>None where it would only be waited: with one case at work, or on a clock that makes hours of it.</summary>
    private TimeSpan PatienceNow() => clock.Speed > 1 || _free.CurrentCount >= Workers - 1 ? TimeSpan.Zero : Patience;

    /// <summary>In machine time: whatever the business clock does, a storage that is away needs real seconds to come back.</summary>
    private async Task RetryLaterAsync(CaseId id, Exception failure, CancellationToken stoppingToken)
    {
        var rounds = await failed.AddAsync(id, failure, stoppingToken);
        var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, rounds - 1)) * (0.75 + Random.Shared.NextDouble() / 2));
        await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Changed(id, clock.GetUtcNow());
    }

    private Task StopAsync(CaseId id, Halt halt)
    {
        _due.Stop(id, halt);
        return Task.CompletedTask;
    }

    private static RuntimeInstance Instance(DueEntry entry, int failedRounds) => new(entry.Halt switch
    {
        Halt.Suspended => RuntimeStatus.Suspended,
        Halt.Terminated => RuntimeStatus.Terminated,
        _ => RuntimeStatus.Running,
    })
    {
        CustomStatus = JsonSerializer.Serialize(new { entry.DueAt, entry.IsWorkedOn, failedRounds }, DomainJson.Options),
    };

    /// <summary>What is stopped or set going elsewhere. What is done here is in memory as soon as it is in the tables.</summary>
    public async Task RecallStoppedAsync(CancellationToken cancellationToken)
    {
        var seen = new HashSet<CaseId>();
        await foreach (var kept in orchestrations.AllStoppedAsync(cancellationToken))
        {
            seen.Add(kept.Id);
            _due.Stop(kept.Id, kept.Halt!.Value);
            if (kept.Failure is { } failure)
                failed.Recall(kept.Id, failure.Rounds);
        }

        // The row decides: one may have been stopped here since the list was read.
        foreach (var id in _due.Halted.Where(id => !seen.Contains(id)))
        {
            if ((await orchestrations.FindAsync(id, cancellationToken)).Orchestration.Halt is null)
                await ResumeAsync(id, cancellationToken);
        }
    }

    /// <summary>What was stopped, and what failed, before this process began.</summary>
    private async Task RecallAsync(CancellationToken stoppingToken)
    {
        await RecallStoppedAsync(stoppingToken);
        await foreach (var kept in orchestrations.InAsync(OrchestrationStatus.Failing, stoppingToken))
            failed.Recall(kept.Id, kept.Failure!.Rounds);
    }

    private async Task KeepRecallingAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Recall, stoppingToken);
            try
            {
                await RecallStoppedAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogWarning("What operators have stopped could not be read: {Failure}", failure.GetType().Name);
            }
        }
    }

    private async Task LoadAsync(CancellationToken stoppingToken)
    {
        await UntilReadAsync("The open cases", ReadOpenCasesAsync, stoppingToken);
        IsLoaded = true;
        logger.LogInformation("{Cases} open cases are being watched", _due.Count);
    }

    private async Task ReadOpenCasesAsync(CancellationToken stoppingToken)
    {
        await foreach (var institution in institutions.AllAsync(stoppingToken))
        {
            await foreach (var due in cases.DueAsync(institution.Id, DateTimeOffset.MaxValue, stoppingToken))
                Changed(due.Id, due.DueAt);
        }
    }

    private async Task UntilReadAsync(string what, Func<CancellationToken, Task> read, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await read(stoppingToken);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogError(failure, "{What} could not be read; trying again", what);
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
