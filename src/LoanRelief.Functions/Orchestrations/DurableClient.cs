using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LoanRelief.Functions.Orchestrations;

/// <summary>The durable client for whatever works outside of a function.</summary>
/// <remarks>
/// The Functions worker knows where the runtime listens only from a function's binding, so each function that may have
/// something to say to an orchestration hands its client in here. All of them reach the same task hub.
/// </remarks>
internal sealed class DurableClient
{
    private readonly TaskCompletionSource<DurableTaskClient> _client = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Use(DurableTaskClient client) => _client.TrySetResult(client);

    /// <summary>Waits until a function has handed one in.</summary>
    public Task<DurableTaskClient> GetAsync(CancellationToken cancellationToken) => _client.Task.WaitAsync(cancellationToken);

    /// <summary>Starts an orchestration unless one of this id is under way, or somebody else is about to start it.</summary>
    public async Task StartUnlessUnderWayAsync(string name, string instance, object input, CancellationToken cancellationToken)
    {
        var client = await GetAsync(cancellationToken);
        try
        {
            if (await client.GetInstanceAsync(instance, cancellationToken) is not { IsCompleted: false })
                await client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(instance), cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Somebody else was first.
        }
    }
}
