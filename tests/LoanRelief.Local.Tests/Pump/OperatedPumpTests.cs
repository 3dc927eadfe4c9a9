using LoanRelief.Desk.Orchestrations;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Local.Tests.Pump;

/// <summary>The pump under an operator's hands.</summary>
public sealed class OperatedPumpTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Fact]
    public async Task A_suspended_case_is_not_worked_through_restarts_of_the_host_until_it_is_resumed()
    {
        var house = await PumpHouse.StartAsync(azurite);
        var id = await house.OpenAsync(1);
        await house.ActAsync(id, OperatorAction.Suspend);
        await house.ReachAsync(id);
        await house.LiveOnAsync(2);
        Assert.DoesNotContain("loanrelief.intent.requested", house.Heard(id));
        Assert.Equal(RuntimeStatus.Suspended, (await house.ShowAsync(id)).Runtime!.Status);

        house = await house.StartAgainAsync(azurite);
        await using var again = house;
        await house.LiveOnAsync(3);
        Assert.Empty(house.Heard(id));
        Assert.Equal((OrchestrationStatus.Suspended, RuntimeStatus.Suspended), ((await house.ShowAsync(id)).Summary.Status, (await house.ShowAsync(id)).Runtime!.Status));

        await house.ActAsync(id, OperatorAction.Resume);
        await house.HearAsync(id, "intent.requested");
        Assert.Equal([OperatorAction.Suspend, OperatorAction.Resume], (await house.ShowAsync(id)).Acts.Select(act => act.Action));
    }

    [Fact]
    public async Task A_terminated_case_is_driven_by_nobody_and_left_alone_by_the_watchdog_until_it_is_restarted()
    {
        await using var house = await PumpHouse.StartAsync(azurite);
        var id = await house.OpenAsync(1);
        await house.ActAsync(id, OperatorAction.Terminate);
        await house.ReachAsync(id);

        // It has something to send, and is not late all the same.
        Assert.Equal(0, await house.RunWatchdogAsync());
        await house.LiveOnAsync(2);
        Assert.DoesNotContain("loanrelief.intent.requested", house.Heard(id));
        Assert.Equal(RuntimeStatus.Terminated, (await house.ShowAsync(id)).Runtime!.Status);

        await house.ActAsync(id, OperatorAction.Restart);
        await house.HearAsync(id, "intent.requested");
        Assert.Equal((OrchestrationStatus.Running, RuntimeStatus.Running), ((await house.ShowAsync(id)).Summary.Status, (await house.ShowAsync(id)).Runtime!.Status));
    }

    [Fact]
    public async Task What_an_operator_stops_and_resumes_through_one_process_another_hears_of()
    {
        await using var house = await PumpHouse.StartAsync(azurite);
        await using var beside = await house.StartBesideAsync(azurite);
        var id = await house.OpenAsync(1);
        await beside.ActAsync(id, OperatorAction.Suspend);
        await house.RecallStoppedAsync();
        await house.ReachAsync(id);
        await house.LiveOnAsync(2);
        Assert.DoesNotContain("loanrelief.intent.requested", house.Heard(id));
        Assert.Equal(RuntimeStatus.Suspended, (await house.ShowAsync(id)).Runtime!.Status);

        // The row is changed there, and this process does the work.
        await beside.ResumeInTablesAsync(id);
        await house.RecallStoppedAsync();
        await house.HearAsync(id, "intent.requested");
    }

    [Fact]
    public async Task What_the_rounds_of_a_case_fail_with_is_to_be_seen_until_one_succeeds()
    {
        await using var house = await PumpHouse.StartAsync(azurite);
        house.Channel.Failure = new InvalidDataException("周大明 410101199001011234");
        var id = await house.OpenAsync(1, isHeard: false);

        await PumpHouse.UntilAsync(async () => (await house.ShowAsync(id)).Summary.Failure is { Rounds: >= 2 });
        var details = await house.ShowAsync(id);
        Assert.Equal(OrchestrationStatus.Failing, details.Summary.Status);
        Assert.StartsWith("InvalidDataException in Local.Tests.Pump.FakeChannel.DeliverAsync", details.Summary.Failure!.Error, StringComparison.Ordinal);
        Assert.Contains("\"failedRounds\":", details.Runtime!.CustomStatus, StringComparison.Ordinal);

        house.Channel.Failure = null;
        await house.HearAsync(id, "contact.requested");
        await PumpHouse.UntilAsync(async () => (await house.ShowAsync(id)).Summary is { Status: OrchestrationStatus.Running, Failure: null });
    }

    [Fact]
    public async Task A_host_that_starts_amid_failures_goes_on_counting_and_clears_them()
    {
        var house = await PumpHouse.StartAsync(azurite);
        house.Channel.Failure = new IOException("no");
        var id = await house.OpenAsync(1, isHeard: false);
        await PumpHouse.UntilAsync(async () => (await house.ShowAsync(id)).Summary.Failure is { Rounds: 2 });

        house = await house.StartAgainAsync(azurite);
        await using var again = house;
        await house.HearAsync(id, "contact.requested");
        await PumpHouse.UntilAsync(async () => (await house.ShowAsync(id)).Summary is { Status: OrchestrationStatus.Running, Failure: null });
    }
}
