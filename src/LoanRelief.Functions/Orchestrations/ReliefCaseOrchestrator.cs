using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Functions.Orchestrations;

/// <summary>Gives one case its time: a round of work, then a wait until the case is due again or something was reported, until it is closed.</summary>
/// <remarks>
/// The row is the truth. The orchestration keeps nothing of the case, decides nothing and computes no date, so it may
/// be started twice, terminated, purged, or be somebody's old version: the next one begins with a round, which reads the
/// row and does what is due. Its instance id is the case id.
/// <para>
/// Nothing is lost between the row and the wait. Whoever changes a case commits first and nudges afterwards. A nudge
/// that is taken before a round is scheduled was sent before that round reads the row, so that round sees its cause, and
/// any number of such nudges are one round. A nudge that comes later finds the one waiter that stands all the time, even
/// while the round runs, and ends the next wait at once. There is never a second waiter: the runtime stacks waiters of
/// one name, and an event that went to one which nobody awaits any more would be gone.
/// </para><para>
/// After some rounds it continues as new, so that its history stays short. It does so when the wait is over and a round is
/// due: the new execution begins with that round, which sees whatever a dropped nudge was about.
/// </para><para>
/// A timer that fires early costs a round that finds nothing due and waits for the rest.
/// </para>
/// </remarks>
internal static class ReliefCaseOrchestrator
{
    /// <summary>The nudge: the case has changed. It carries nothing.</summary>
    public const string Changed = "Changed";

    /// <summary>About a hundred entries of history.</summary>
    internal const int RoundsOfAnExecution = 12;

    [Function(nameof(ReliefCaseOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var logger = context.CreateReplaySafeLogger(nameof(ReliefCaseOrchestrator));
        var progress = context.GetInput<CaseProgress>() ?? new();
        var changed = context.WaitForExternalEvent<string?>(Changed);
        for (var round = 1; round <= RoundsOfAnExecution; round++)
        {
            while (changed.IsCompleted)
                changed = context.WaitForExternalEvent<string?>(Changed);
            progress = await DoRoundAsync(context, progress, logger);
            context.SetCustomStatus(progress);
            if (progress.IsDone)
                return;
            await WaitAsync(context, progress.WaitUntil, changed);
        }

        context.ContinueAsNew(progress, preserveUnprocessedEvents: false);
    }

    /// <summary>A round that fails in spite of its retries ends nothing: the case waits longer and longer, and is tried again.</summary>
    private static async Task<CaseProgress> DoRoundAsync(TaskOrchestrationContext context, CaseProgress before, ILogger logger)
    {
        try
        {
            return await context.CallActivityAsync<CaseProgress>(
                nameof(DoCaseRound), new CaseRound(context.InstanceId, AfterFailure: before.Failures > 0), Retries.OfRound);
        }
        catch (TaskFailedException failure)
        {
            var after = before.AfterFailure(Cause(failure.FailureDetails), context.CurrentUtcDateTime);
            logger.LogError("A round of work on {Case} failed for the {Failures}. time; next try at {Next:O}: {Error}",
                context.InstanceId, after.Failures, after.WaitUntil, after.LastError);
            await context.CallActivityAsync(nameof(KeepRoundFailure), new FailedRound(context.InstanceId, after.Failures, after.LastError!));
            return after;
        }
    }

    /// <summary>The Functions worker puts the exception of an activity into one of its own.</summary>
    private static string Cause(TaskFailureDetails details) => details.InnerFailure is { } inner ? Cause(inner) : details.ErrorMessage;

    /// <summary>Until the time, for ever without one, or until a nudge comes.</summary>
    private static async Task WaitAsync(TaskOrchestrationContext context, DateTimeOffset? until, Task changed)
    {
        if (until is not { } time)
        {
            await changed;
            return;
        }

        using var over = new CancellationTokenSource();
        await Task.WhenAny(changed, context.CreateTimer(time.UtcDateTime, over.Token));
#pragma warning disable CA1849 // Not CancelAsync: an orchestrator awaits nothing but the runtime.
        over.Cancel();
#pragma warning restore CA1849
    }
}
