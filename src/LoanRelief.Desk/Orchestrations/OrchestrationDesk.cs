using LoanRelief.Domain.Loans;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Desk.Orchestrations;

/// <summary>Carries out what an operator wants done with the orchestration of a case, and keeps who wanted it and why.</summary>
/// <remarks>
/// The row comes first: nothing is done that leaves no trace. Should the runtime not be reached afterwards, the operator
/// hears of it and asks again; an act that is so already is not traced twice, but is carried out again.
/// </remarks>
public sealed class OrchestrationDesk(IOrchestrationStore store, OrchestrationReader reader, ICaseRuntime runtime, TimeProvider clock, ILogger<OrchestrationDesk> logger)
{
    /// <param name="by">The operator.</param>
    /// <param name="reason">Why, in the operator's words.</param>
    /// <exception cref="ConflictException">Others act on it all the time, or the runtime could not do it in time.</exception>
    public async Task<OperatorAnswer> ActAsync(CaseId id, OperatorAction action, string by, string reason, CancellationToken cancellationToken)
    {
        // Another operator, or a round that failed, may come between; what is so then may allow no such act any more.
        var answer = await ConflictException.RetryAsync<OperatorAnswer>(async () =>
        {
            if (await reader.FindAsync(id, cancellationToken) is not { } seen)
                return new OperatorAnswer.NoSuchCase();
            if (Objection(seen.Summary.Status, action) is { } objection)
                return objection;
            await KeepAsync(seen.Stored, action, by, reason, cancellationToken);
            return new OperatorAnswer.Done();
        }, cancellationToken);
        if (answer is not OperatorAnswer.Done)
            return answer;
        await CarryOutAsync(id, action, cancellationToken);
        logger.LogInformation("An operator's act on {Case} has been carried out: {Action}", id, action);
        return answer;
    }

    private static OperatorAnswer? Objection(OrchestrationStatus status, OperatorAction action) => (status, action) switch
    {
        (OrchestrationStatus.Completed, _) => new OperatorAnswer.Completed(),
        (OrchestrationStatus.Terminated, OperatorAction.Suspend or OperatorAction.Resume) => new OperatorAnswer.Terminated(),
        _ => null,
    };

    private Task KeepAsync(StoredOrchestration stored, OperatorAction action, string by, string reason, CancellationToken cancellationToken)
    {
        var before = stored.Orchestration;
        var after = action switch
        {
            OperatorAction.Suspend => before with { Halt = Halt.Suspended },
            OperatorAction.Terminate => before with { Halt = Halt.Terminated },
            OperatorAction.Resume => before with { Halt = null },
            _ => before with { Halt = null, Failure = null },
        };
        if (after == before && action != OperatorAction.Restart)
            return Task.CompletedTask;
        var act = new OperatorAct(before.Acts + 1, action, by, reason, clock.GetUtcNow());
        return store.PutAsync(stored, after with { Acts = act.Number }, act, cancellationToken);
    }

    private Task CarryOutAsync(CaseId id, OperatorAction action, CancellationToken cancellationToken) => action switch
    {
        OperatorAction.Suspend => runtime.SuspendAsync(id, cancellationToken),
        OperatorAction.Resume => runtime.ResumeAsync(id, cancellationToken),
        OperatorAction.Terminate => runtime.TerminateAsync(id, cancellationToken),
        _ => runtime.RestartAsync(id, cancellationToken),
    };
}

/// <summary>What came of an operator's act.</summary>
public abstract record OperatorAnswer
{
    private OperatorAnswer()
    {
    }

    /// <summary>It is so, since just now or since before.</summary>
    public sealed record Done : OperatorAnswer;

    public sealed record NoSuchCase : OperatorAnswer;

    /// <summary>It was terminated; only a restart drives the case again.</summary>
    public sealed record Terminated : OperatorAnswer;

    /// <summary>The case is closed, and there is nothing left to drive.</summary>
    public sealed record Completed : OperatorAnswer;
}
