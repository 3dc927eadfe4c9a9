using System.Diagnostics;
using LoanRelief.Scenarios.House;
using LoanRelief.Testing;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Crashes;

/// <summary>The storage is away for some seconds in the middle of a case, longer than the program's own retries last.</summary>
public class OutageTests
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(8);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_case_goes_on_when_the_storage_comes_back(bool dropped)
    {
        await using var house = await FragileHouse.StartAsync();
        var file = await Road.ToAsync("intent", house.Bank);

        // It goes away while an event is on its way, so that the delivery can not be recorded, and the bank does not wait either.
        var away = BreakOnNextDelivery(house, dropped ? ProxyVerdict.Drop : ProxyVerdict.Unavailable);
        await file.ReportAsync(Wants("renew"), AllDocuments);
        Assert.True(away.Elapsed > Outage, "The storage was never away.");

        Assert.Equal("approval", (await file.ReadAsync()).Stage);
        Assert.True(house.Host.IsRunning);
        await Books.CheckAsync(house.Bank, file, eventsMayRepeat: true);
    }

    private static Stopwatch BreakOnNextDelivery(FragileHouse house, ProxyVerdict verdict)
    {
        var away = new Stopwatch();
        house.Storage.Before = _ => Task.FromResult(away.IsRunning && away.Elapsed < Outage ? verdict : ProxyVerdict.Pass);
        house.Bank.Webhook.BeforeAnswer = _ =>
        {
            if (!away.IsRunning)
                away.Start();
            return Task.CompletedTask;
        };
        return away;
    }
}
