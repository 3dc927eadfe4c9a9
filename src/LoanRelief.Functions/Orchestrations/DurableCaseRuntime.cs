using DurableTask.Core.Exceptions;
using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Loans;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LoanRelief.Functions.Orchestrations;

/// <summary>Operators' acts on the orchestration of a case.</summary>
/// <remarks>The runtime takes them through its queues: an act holds within a polling interval, and in the order in which it came.</remarks>
internal sealed class DurableCaseRuntime(DurableClient durable, ICaseSignal signal) : ICaseRuntime
{
    /// <summary>For an orchestration to end before it is started anew: many polling intervals.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<RuntimeInstance?> FindAsync(CaseId id, CancellationToken cancellationToken)
    {
        var client = await durable.GetAsync(cancellationToken);
        if (await client.GetInstanceAsync(id.ToString(), getInputsAndOutputs: true, cancellationToken) is not { } instance)
            return null;
        return new(StatusOf(instance))
        {
            CreatedAt = instance.CreatedAt,
            UpdatedAt = instance.LastUpdatedAt,
            CustomStatus = instance.SerializedCustomStatus is "null" ? null : instance.SerializedCustomStatus,
            Failure = FailureOf(instance),
        };
    }

    public async Task SuspendAsync(CaseId id, CancellationToken cancellationToken)
    {
        var client = await durable.GetAsync(cancellationToken);
        if (await StatusAsync(client, id, cancellationToken) is RuntimeStatus.Running or RuntimeStatus.Pending)
            await client.SuspendInstanceAsync(id.ToString(), reason: null, cancellationToken);
    }

    public async Task ResumeAsync(CaseId id, CancellationToken cancellationToken)
    {
        var client = await durable.GetAsync(cancellationToken);
        if (await StatusAsync(client, id, cancellationToken) is RuntimeStatus.Suspended)
        {
            await client.ResumeInstanceAsync(id.ToString(), reason: null, cancellationToken);
            // Nobody has nudged it while it was suspended.
            await client.RaiseEventAsync(id.ToString(), ReliefCaseOrchestrator.Changed, eventPayload: null, cancellationToken);
        }
        else
        {
            signal.Changed(id, dueAt: null);
        }
    }

    public async Task TerminateAsync(CaseId id, CancellationToken cancellationToken)
    {
        var client = await durable.GetAsync(cancellationToken);
        if (await StatusAsync(client, id, cancellationToken) is RuntimeStatus.Running or RuntimeStatus.Pending or RuntimeStatus.Suspended)
            await client.TerminateInstanceAsync(id.ToString(), output: null, cancellationToken);
    }

    /// <remarks>With the same id, which an orchestration may have again once the one before it has ended.</remarks>
    public async Task RestartAsync(CaseId id, CancellationToken cancellationToken)
    {
        await TerminateAsync(id, cancellationToken);
        var client = await durable.GetAsync(cancellationToken);
        if (await client.GetInstanceAsync(id.ToString(), cancellationToken) is { IsCompleted: false })
            await UntilEndedAsync(client, id, cancellationToken);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(ReliefCaseOrchestrator), input: null, new StartOrchestrationOptions(id.ToString()), cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // A nudge that found the old one ended was quicker.
        }
    }

    /// <remarks>Where the history does not fit the code, the runtime says so in the output alone.</remarks>
    private static string? FailureOf(OrchestrationMetadata instance) => instance switch
    {
        { FailureDetails: { } failure } => $"{failure.ErrorType}: {failure.ErrorMessage}",
        { RuntimeStatus: OrchestrationRuntimeStatus.Failed } => instance.SerializedOutput?.Trim('"'),
        _ => null,
    };

    private static async Task UntilEndedAsync(DurableTaskClient client, CaseId id, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await client.WaitForInstanceCompletionAsync(id.ToString(), patience.Token);
        }
        catch (Exception late) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ConflictException($"The orchestration of {id} has not ended within {Patience}.", late);
        }
    }

    private static async Task<RuntimeStatus?> StatusAsync(DurableTaskClient client, CaseId id, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(id.ToString(), cancellationToken) is { } instance ? StatusOf(instance) : null;

    private static RuntimeStatus StatusOf(OrchestrationMetadata instance) => instance.RuntimeStatus switch
    {
        OrchestrationRuntimeStatus.Pending => RuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Suspended => RuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Terminated => RuntimeStatus.Terminated,
        OrchestrationRuntimeStatus.Failed => RuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Completed => RuntimeStatus.Completed,
        _ => RuntimeStatus.Running,
    };
}
