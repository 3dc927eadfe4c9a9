using LoanRelief.Functions.Imports;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Xunit;

namespace LoanRelief.Functions.Tests.Orchestrations;

public class LoanImportOrchestratorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(LoanImportOrchestrator.Chunks)]
    [InlineData(2 * LoanImportOrchestrator.Chunks + 7)]
    public async Task It_stores_chunk_after_chunk_until_none_is_left(int chunks)
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

    private static Task<DurableTaskTestHost> HostAsync(Func<string, bool> store) => DurableTaskTestHost.StartAsync(
        tasks => tasks
            .AddOrchestratorFunc<string>(nameof(LoanImportOrchestrator), (context, _) => LoanImportOrchestrator.RunAsync(context))
            .AddActivityFunc<string, bool>(nameof(StoreImportChunk), (_, institution) => Task.FromResult(store(institution))),
        cancellationToken: Cancellation);

    private static async Task<OrchestrationRuntimeStatus> RunAsync(DurableTaskTestHost host)
    {
        const string instance = "loan-imports~icbc-wencheng";
        await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(LoanImportOrchestrator), "icbc-wencheng", new StartOrchestrationOptions(instance), Cancellation);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return (await host.Client.WaitForInstanceCompletionAsync(instance, late.Token)).RuntimeStatus;
    }
}
