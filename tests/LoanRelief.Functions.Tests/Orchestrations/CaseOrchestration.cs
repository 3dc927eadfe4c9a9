using System.Collections.Concurrent;
using LoanRelief.Functions.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Xunit;

namespace LoanRelief.Functions.Tests.Orchestrations;

/// <summary>The orchestrator on the real Durable Task engine, in memory, with a round that does what the test says.</summary>
internal sealed class CaseOrchestration : IAsyncDisposable
{
    public const string Case = "icbc-wencheng~JJ2024-0001~1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DurableTaskTestHost _host;
    private readonly ConcurrentQueue<CaseRound> _rounds = new();
    private readonly ConcurrentQueue<FailedRound> _failed = new();
    private readonly SemaphoreSlim _began = new(0);

    private CaseOrchestration(DurableTaskTestHost host) => _host = host;

    public DurableTaskClient Client => _host.Client;

    /// <summary>How many rounds have begun.</summary>
    public int Rounds => _rounds.Count;

    /// <summary>Each round's input, in order.</summary>
    public IEnumerable<CaseRound> Inputs => _rounds;

    /// <summary>What was kept for operators.</summary>
    public IEnumerable<FailedRound> Kept => _failed;

    /// <param name="round">What the nth round does, counted from 1.</param>
    public static async Task<CaseOrchestration> StartAsync(Func<int, Task<CaseProgress>> round)
    {
        CaseOrchestration? orchestration = null;
        var host = await InProcessRuntime.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc(nameof(ReliefCaseOrchestrator), context => ReliefCaseOrchestrator.RunAsync(context))
                .AddActivityFunc<CaseRound, CaseProgress>(nameof(DoCaseRound), (_, input) => orchestration!.DoAsync(input, round))
                .AddActivityFunc<FailedRound>(nameof(KeepRoundFailure), (_, failed) => orchestration!._failed.Enqueue(failed)));
        orchestration = new(host);
        await orchestration.ScheduleAsync();
        return orchestration;
    }

    public Task ScheduleAsync() => Client.ScheduleNewOrchestrationInstanceAsync(
        nameof(ReliefCaseOrchestrator), input: null, new StartOrchestrationOptions(Case), TestContext.Current.CancellationToken);

    public Task NudgeAsync() => Client.RaiseEventAsync(Case, ReliefCaseOrchestrator.Changed, eventPayload: null, TestContext.Current.CancellationToken);

    /// <summary>Waits until this many more rounds have begun.</summary>
    public async Task RoundAsync(int times = 1)
    {
        for (var i = 0; i < times; i++)
            Assert.True(await _began.WaitAsync(Patience, TestContext.Current.CancellationToken), $"No further round began after {Rounds}.");
    }

    /// <summary>Waits until the custom status is as wanted.</summary>
    public async Task<CaseProgress> StatusAsync(Func<CaseProgress, bool> wanted)
    {
        CaseProgress? seen = null;
        for (var since = DateTime.UtcNow; DateTime.UtcNow - since < Patience; await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            seen = (await Client.GetInstanceAsync(Case, getInputsAndOutputs: true, TestContext.Current.CancellationToken))?.ReadCustomStatusAs<CaseProgress>();
            if (seen is not null && wanted(seen))
                return seen;
        }

        throw new TimeoutException($"The status is {seen}.");
    }

    public async Task<OrchestrationRuntimeStatus> EndAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        return (await Client.WaitForInstanceCompletionAsync(Case, late.Token)).RuntimeStatus;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private Task<CaseProgress> DoAsync(CaseRound input, Func<int, Task<CaseProgress>> round)
    {
        _rounds.Enqueue(input);
        var number = _rounds.Count;
        _began.Release();
        return round(number);
    }
}
