using System.Collections.Concurrent;
using System.Threading.Channels;
using DurableTask.Core.Exceptions;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Loans;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Functions.Orchestrations;

/// <summary>Tells orchestrations that their case has changed, behind the back of whoever changed it, and starts those that are missing.</summary>
/// <remarks>
/// A nudge may be lost, with the process or with the storage: the watchdog finds the case when it is late. Several for
/// one case that wait here are one, since a nudge only says "look at the row".
/// <para>
/// Starting one instance twice, from two processes that both saw none, is a race that the runtime lets one of them win;
/// were both to run, the row guards each step and the key each effect. The case was stored before either.
/// </para>
/// </remarks>
internal sealed class CaseNudger(DurableClient durable, IOrchestrationStore orchestrations, ILogger<CaseNudger> logger) : BackgroundService, ICaseSignal
{
    /// <summary>Enough to start the cases of a morning's scan quickly, few enough to leave the runtime room to work on them.</summary>
    private const int SideBySide = 16;

    private readonly Channel<CaseId> _queue = Channel.CreateUnbounded<CaseId>();
    private readonly ConcurrentDictionary<CaseId, bool> _waiting = new();

    public void Changed(CaseId id, DateTimeOffset? dueAt)
    {
        if (_waiting.TryAdd(id, true))
            _queue.Writer.TryWrite(id);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var client = await durable.GetAsync(stoppingToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = stoppingToken };
        await Parallel.ForEachAsync(_queue.Reader.ReadAllAsync(stoppingToken), options, async (id, token) =>
        {
            // Before the nudge is sent: what changes from here on asks for one of its own.
            _waiting.TryRemove(id, out _);
            try
            {
                await NudgeAsync(client, id, token);
            }
            catch (OrchestrationAlreadyExistsException)
            {
                // Started by somebody else meanwhile: its first round sees what this nudge was about.
            }
            catch (Exception failure) when (!token.IsCancellationRequested)
            {
                logger.LogWarning(failure, "The orchestration of {Case} could not be told of a change; the watchdog will see to it", id);
            }
        });
    }

    private async Task NudgeAsync(DurableTaskClient client, CaseId id, CancellationToken cancellationToken)
    {
        var instance = id.ToString();
        switch ((await client.GetInstanceAsync(instance, cancellationToken))?.RuntimeStatus)
        {
            // Stopped by an operator, who is the one to set it going again.
            case OrchestrationRuntimeStatus.Suspended:
                break;
            case OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending:
                await client.RaiseEventAsync(instance, ReliefCaseOrchestrator.Changed, eventPayload: null, cancellationToken);
                break;
            // None yet; or it ended, and an effect is to be sent again; or it was terminated, which counts if the program was told.
            default:
                await StartAsync(client, id, cancellationToken);
                break;
        }
    }

    /// <summary>Unless an operator has stopped the case, whatever the runtime knows of that. A start costs one point read for it.</summary>
    private async Task StartAsync(DurableTaskClient client, CaseId id, CancellationToken cancellationToken)
    {
        var kept = (await orchestrations.FindAsync(id, cancellationToken)).Orchestration;
        if (kept.Halt is not null)
            return;
        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(ReliefCaseOrchestrator), CaseProgress.After(kept.Failure), new StartOrchestrationOptions(id.ToString()), cancellationToken);
    }
}
