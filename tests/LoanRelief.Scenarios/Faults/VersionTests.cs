using System.Net;
using LoanRelief.Scenarios.Crashes;
using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Faults;

/// <summary>Hosts of two versions on one task hub, as in a rolling deployment or one that is taken back.</summary>
[Trait("Host", "Functions")]
public sealed class VersionTests
{
    private const string Version = "AzureFunctionsJobHost__extensions__durableTask__defaultVersion";

    [Fact]
    public async Task An_orchestration_of_a_newer_version_waits_for_a_host_of_that_version_and_goes_on_there()
    {
        await using var house = await FragileHouse.StartAsync(HostKind.Functions, changed: Of("2"));
        var file = await Road.ToAsync("contact", house.Bank);

        await house.Host.StopAsync();
        await house.Host.StartAgainAsync(Of("1"));
        (await file.SendAsync(Contacted())).Expect(HttpStatusCode.OK);
        await Task.Delay(TimeSpan.FromSeconds(12), TestContext.Current.CancellationToken); // two looks of the watchdog
        Assert.DoesNotContain("intent.requested", file.Heard);

        await house.Host.StopAsync();
        await house.Host.StartAgainAsync(Of("2"));
        await house.Bank.Time.SettleAsync();
        Assert.Contains("intent.requested", file.Heard);
        await Books.CheckAsync(house.Bank, file);
    }

    private static Dictionary<string, string> Of(string version) => new() { [Version] = version };
}
