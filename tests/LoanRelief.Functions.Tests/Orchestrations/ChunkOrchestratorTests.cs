using LoanRelief.Functions.Chunks;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Xunit;

namespace LoanRelief.Functions.Tests.Orchestrations;

public class ChunkOrchestratorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(ChunkOrchestrator.Chunks)]
    [InlineData(2 * ChunkOrchestrator.Chunks + 7)]
    public async Task It_does_chunk_after_chunk_until_none_is_left(int chunks)
    {
        var done = 0;
        await using var host = await HostAsync(_ => done++ < chunks);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, await RunAsync(host));
        Assert.Equal(chunks + 1, done);
    }

    [Fact]
    public async Task A_chunk_that_fails_is_tried_again()
    {
        var tries = 0;
        await using var host = await HostAsync(_ => ++tries == 1 ? throw new IOException("The storage is away.") : false);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, await RunAsync(host));
        Assert.Equal(2, tries);
    }

    private static Task<DurableTaskTestHost> HostAsync(Func<InstitutionWork, bool> chunk) => InProcessRuntime.StartAsync(
        tasks => tasks
            .AddOrchestratorFunc<InstitutionWork>(nameof(ChunkOrchestrator), (context, _) => ChunkOrchestrator.RunAsync(context))
            .AddActivityFunc<InstitutionWork, bool>(nameof(DoChunk), (_, work) => Task.FromResult(chunk(work))));

    private static async Task<OrchestrationRuntimeStatus> RunAsync(DurableTaskTestHost host)
    {
        var work = new InstitutionWork("case-batches", "icbc-wencheng");
        await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(ChunkOrchestrator), work, new StartOrchestrationOptions(work.Instance), Cancellation);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return (await host.Client.WaitForInstanceCompletionAsync(work.Instance, late.Token)).RuntimeStatus;
    }
}
