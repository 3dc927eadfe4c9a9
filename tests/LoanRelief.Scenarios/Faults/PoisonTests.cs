using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.Crashes;
using LoanRelief.Scenarios.House;
using LoanRelief.Testing;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Faults;

/// <summary>One case whose work fails each time, because the storage refuses whatever is about it.</summary>
[Trait("Host", "Functions")]
public sealed class PoisonTests
{
    [Fact]
    public async Task It_holds_nobody_up_is_tried_again_with_pauses_says_why_and_goes_on_when_the_cause_is_gone()
    {
        await using var house = await FragileHouse.StartAsync(HostKind.Functions);
        using var runtime = await DurableRuntime.OfAsync(house.Host.BaseAddress);
        var (sick, well) = (await Road.ToAsync("intent", house.Bank), await Road.ToAsync("intent", house.Bank));

        // The fact is committed, and everything that follows from it fails.
        var committed = 0;
        house.Storage.Before = call => Task.FromResult(Concerns(call, sick) && Volatile.Read(ref committed) > 0 ? ProxyVerdict.Unavailable : ProxyVerdict.Pass);
        house.Storage.After = call =>
        {
            if (call is { Kind: StorageRequestKind.Transaction, Succeeded: true } && Concerns(call, sick))
                Interlocked.Increment(ref committed);
            return Task.FromResult(ProxyVerdict.Pass);
        };
        await sick.SendAsync(Wants("renew"));

        await runtime.UntilAsync(sick, orchestration => orchestration is { IsRunning: true, CustomStatus.Failures: > 0 });
        (await well.SendAsync(Wants("renew"))).Expect(System.Net.HttpStatusCode.OK);
        await house.Bank.Webhook.WaitForAsync(e => e.Subject == well.Id && e.Type == "loanrelief.documents.requested", TimeSpan.FromSeconds(30));
        var failing = await runtime.UntilAsync(sick, orchestration => orchestration is { CustomStatus.Failures: > 1 });
        Assert.Contains("503", failing!.CustomStatus!.LastError, StringComparison.Ordinal);
        Assert.True(failing.CustomStatus.WaitUntil > DateTimeOffset.UtcNow - TimeSpan.FromMinutes(1));

        house.LeaveAlone();
        await house.Bank.Time.SettleAsync();
        await runtime.UntilAsync(sick, orchestration => orchestration is { IsRunning: true, CustomStatus: { Failures: 0, LastError: null, Stage: "screening" } });
        foreach (var file in house.Bank.Files)
            await Books.CheckAsync(house.Bank, file, eventsMayRepeat: true);
    }

    private static bool Concerns(StorageRequest call, CaseFile file) =>
        call.Target.Contains(file.Id, StringComparison.Ordinal) || call.Body.Contains(file.Id, StringComparison.Ordinal);
}
