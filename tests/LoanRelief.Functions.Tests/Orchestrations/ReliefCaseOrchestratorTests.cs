using LoanRelief.Functions.Orchestrations;
using Microsoft.DurableTask.Client;
using Xunit;

namespace LoanRelief.Functions.Tests.Orchestrations;

public class ReliefCaseOrchestratorTests
{
    private static readonly CaseProgress Waiting = new() { Stage = "contact" };
    private static readonly CaseProgress Done = new() { Stage = "closed", IsDone = true };

    [Fact]
    public async Task It_begins_with_a_round_and_ends_when_the_case_is_closed()
    {
        await using var orchestration = await CaseOrchestration.StartAsync(_ => Task.FromResult(Done));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, await orchestration.EndAsync());
        Assert.Equal(1, orchestration.Rounds);
        Assert.Equal(Done, await orchestration.StatusAsync(_ => true));
    }

    [Fact]
    public async Task A_deadline_brings_the_next_round()
    {
        await using var orchestration = await CaseOrchestration.StartAsync(round =>
            Task.FromResult(round == 1 ? Waiting with { WaitUntil = DateTimeOffset.UtcNow.AddSeconds(1) } : Done));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, await orchestration.EndAsync());
        Assert.Equal(2, orchestration.Rounds);
    }

    [Fact]
    public async Task A_nudge_brings_the_next_round_long_before_the_deadline()
    {
        await using var orchestration = await CaseOrchestration.StartAsync(round =>
            Task.FromResult(round == 1 ? Waiting with { WaitUntil = DateTimeOffset.UtcNow.AddDays(30) } : Done));
        await orchestration.StatusAsync(status => status.Stage == "contact");

        await orchestration.NudgeAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, await orchestration.EndAsync());
        Assert.Equal(2, orchestration.Rounds);
    }

    [Fact]
    public async Task Without_a_deadline_only_a_nudge_brings_the_next_round()
    {
        await using var orchestration = await CaseOrchestration.StartAsync(round => Task.FromResult(round == 1 ? Waiting : Done));
        await orchestration.StatusAsync(status => status.Stage == "contact");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal(1, orchestration.Rounds);

        await orchestration.NudgeAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, await orchestration.EndAsync());
    }

    [Fact]
    public async Task A_nudge_during_a_round_brings_another_because_that_one_may_have_read_the_row_before()
    {
        var read = new TaskCompletionSource();
        await using var orchestration = await CaseOrchestration.StartAsync(async round =>
        {
            if (round == 1)
                await read.Task;
            return round == 1 ? Waiting : Done;
        });
        await orchestration.RoundAsync();

        await orchestration.NudgeAsync();
        await Task.Delay(200, TestContext.Current.CancellationToken);
        read.SetResult();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, await orchestration.EndAsync());
        Assert.Equal(2, orchestration.Rounds);
    }

    /// <summary>The trap: the runtime would hand the nudge to a waiter of the wait before, which the deadline has ended.</summary>
    [Fact]
    public async Task A_nudge_during_the_round_after_a_deadline_is_not_lost()
    {
        var read = new TaskCompletionSource();
        await using var orchestration = await CaseOrchestration.StartAsync(async round =>
        {
            if (round == 3)
                await read.Task;
            return round switch
            {
                1 or 2 => Waiting with { WaitUntil = DateTimeOffset.UtcNow.AddMilliseconds(100) },
                3 => Waiting,
                _ => Done,
            };
        });
        await orchestration.RoundAsync(times: 3);

        await orchestration.NudgeAsync();
        await Task.Delay(200, TestContext.Current.CancellationToken);
        read.SetResult();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, await orchestration.EndAsync());
        Assert.Equal(4, orchestration.Rounds);
    }

    [Fact]
    public async Task Many_nudges_during_a_round_bring_two_rounds_and_not_one_each()
    {
        var read = new TaskCompletionSource();
        await using var orchestration = await CaseOrchestration.StartAsync(async round =>
        {
            if (round == 1)
                await read.Task;
            return Waiting;
        });
        await orchestration.RoundAsync();

        for (var i = 0; i < 10; i++)
            await orchestration.NudgeAsync();
        await Task.Delay(500, TestContext.Current.CancellationToken);
        read.SetResult();
        await orchestration.RoundAsync();
        await Task.Delay(500, TestContext.Current.CancellationToken);

        Assert.InRange(orchestration.Rounds, 2, 3);
    }

    [Fact]
    public async Task A_round_that_fails_again_and_again_ends_nothing_and_its_error_is_to_be_seen()
    {
        var poisoned = true;
        await using var orchestration = await CaseOrchestration.StartAsync(_ =>
            poisoned ? throw new InvalidOperationException("The row can not be read.") : Task.FromResult(Done));

        var status = await orchestration.StatusAsync(seen => seen.Failures == 1);
        Assert.Contains("The row can not be read.", status.LastError, StringComparison.Ordinal);
        Assert.InRange(status.WaitUntil!.Value - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));

        poisoned = false;
        await orchestration.NudgeAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, await orchestration.EndAsync());
        Assert.Null((await orchestration.StatusAsync(seen => seen.IsDone)).LastError);
    }

    [Fact]
    public async Task What_a_round_failed_with_is_kept_for_operators_until_one_succeeds()
    {
        var poisoned = true;
        await using var orchestration = await CaseOrchestration.StartAsync(_ =>
            poisoned ? throw new RoundFailedException("JsonException in Desk.Cases.CaseWork.DoRoundAsync") : Task.FromResult(Done));
        await orchestration.StatusAsync(seen => seen.Failures == 1);
        Assert.Equal([new(CaseOrchestration.Case, 1, "JsonException in Desk.Cases.CaseWork.DoRoundAsync")], orchestration.Kept);

        poisoned = false;
        await orchestration.NudgeAsync();
        await orchestration.EndAsync();

        Assert.Equal([false, true], orchestration.Inputs.Select(input => input.AfterFailure).Distinct());
        Assert.True(orchestration.Inputs.Last().AfterFailure);
    }
}
