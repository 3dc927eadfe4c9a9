using System.Net;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Stories;

/// <summary>Whoever runs the program stops the orchestration of a case and sets it going again.</summary>
public class OperatorStories(ScenarioHouse house) : Scenario(house, ownBank: true)
{
    private const string Path = "/api/operations/orchestrations";
    private const string Operator = "operator-1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_suspended_case_takes_facts_and_does_nothing_about_them_until_it_is_resumed()
    {
        var (file, other) = (await OpenAsync(), await OpenAsync());
        await ActAsync(file, "suspend", "receiver sends everything back");
        await ActAsync(file, "suspend", "once more");
        (await file.SendAsync(Contacted())).Expect(HttpStatusCode.OK);
        await LiveOnAsync(other);

        Assert.DoesNotContain("intent.requested", file.Heard);
        Assert.Equal("intent", (await file.ReadAsync()).Stage);
        Assert.Equal([file.Id], await IdsAsync("suspended"));
        Assert.Equal([other.Id], await IdsAsync("running"));
        await UntilRuntimeSaysAsync(file, "suspended");

        await ActAsync(file, "resume", "receiver is in order");
        await HearAsync(file);
        await Time.SettleAsync();
        var after = await ShowAsync(file);
        Assert.Equal("running", after.Status);
        Assert.Equal(
            [new("suspend", Operator, "receiver sends everything back"), new("resume", Operator, "receiver is in order")],
            after.Acts);
        Assert.Empty(await IdsAsync("suspended"));
    }

    [Fact]
    public async Task A_terminated_case_is_driven_by_nobody_until_it_is_restarted_and_goes_on_from_its_row()
    {
        var (file, other, third) = (await OpenAsync(), await OpenAsync(), await OpenAsync());
        await ActAsync(file, "terminate", "imported by mistake");
        (await file.SendAsync(Contacted())).Expect(HttpStatusCode.OK);
        await LiveOnAsync(other);
        // Late by now, so that the watchdog finds it.
        await Time.MoveUnsettledAsync(Time.Now.AddHours(2));
        await LiveOnAsync(third);

        Assert.DoesNotContain("intent.requested", file.Heard);
        await UntilRuntimeSaysAsync(file, "terminated");
        foreach (var act in new[] { "suspend", "resume" })
            Assert.Equal("/problems/orchestration-terminated", (await AskAsync(file, act, "r")).Expect(HttpStatusCode.Conflict).Problem.Type);

        await ActAsync(file, "restart", "no mistake");
        await HearAsync(file);
        await Time.SettleAsync();
        await UntilRuntimeSaysAsync(file, "running");
        Assert.Equal("running", (await ShowAsync(file)).Status);
    }

    [Fact]
    public async Task A_running_case_that_is_restarted_goes_on_and_sends_nothing_twice()
    {
        var file = await OpenAsync();
        await ActAsync(file, "restart", "new version");
        await UntilRuntimeSaysAsync(file, "running");
        await file.ReportAsync(Contacted());

        Assert.Single(file.Heard, "contact.requested");
        Assert.Single(file.Heard, "intent.requested");
    }

    [Fact]
    public async Task Of_a_case_that_has_ended_nothing_is_left_to_stop()
    {
        var file = await OpenAsync();
        await file.ReportAsync(Withdrawn());

        Assert.Equal("/problems/orchestration-completed", (await AskAsync(file, "suspend", "r")).Expect(HttpStatusCode.Conflict).Problem.Type);
        Assert.Equal("completed", (await ShowAsync(file)).Status);
    }

    private Task<CaseFile> OpenAsync() => Bank.OpenAsync(Bank.NewLoan(daysToMaturity: 90));

    /// <summary>What the program does about another case shows that it had time for this one too.</summary>
    private async Task LiveOnAsync(CaseFile other)
    {
        (await other.SendAsync(Contacted())).Expect(HttpStatusCode.OK);
        await HearAsync(other);
    }

    private Task HearAsync(CaseFile file) =>
        Bank.Webhook.WaitForAsync(e => e.Subject == file.Id && e.Type == "loanrelief.intent.requested", Patience);

    private async Task ActAsync(CaseFile file, string act, string reason) => (await AskAsync(file, act, reason)).Expect(HttpStatusCode.OK);

    private Task<Answer> AskAsync(CaseFile file, string act, string reason) =>
        Bank.Api.SendAsync(HttpMethod.Post, $"{Path}/{file.Id}/{act}", new { By = Operator, Reason = reason });

    /// <summary>The runtime follows within seconds.</summary>
    private async Task UntilRuntimeSaysAsync(CaseFile file, string status)
    {
        var said = "";
        for (var since = DateTime.UtcNow; DateTime.UtcNow - since < Patience; await Task.Delay(50, TestContext.Current.CancellationToken))
        {
            if ((said = (await ShowAsync(file)).Runtime?.Status) == status)
                return;
        }

        Assert.Fail($"The runtime says {said} of {file.Id} and not {status}.");
    }

    private Task<Orchestration> ShowAsync(CaseFile file) => Bank.Api.GetAsync<Orchestration>($"{Path}/{file.Id}");

    private async Task<IEnumerable<string>> IdsAsync(string status) =>
        (await Bank.Api.GetAsync<OrchestrationList>($"{Path}?institution={Bank.Name}&status={status}")).Orchestrations.Select(each => each.Case);

    private sealed record OrchestrationList(IReadOnlyList<Entry> Orchestrations);

    private sealed record Entry(string Case, string Status);

    private sealed record Orchestration(string Case, string Status, IReadOnlyList<Act> Acts, Runtime? Runtime);

    private sealed record Act(string Action, string By, string Reason);

    private sealed record Runtime(string Status);
}
