using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LoanRelief.Scenarios.Crashes;
using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Faults;

/// <summary>The whole storage account is away for a minute: the program's tables, and the queues, tables and blobs of the runtime.</summary>
/// <remarks>The Functions host itself gives up without them and ends, and in Azure the platform starts it again; so does this test.</remarks>
[Trait("Host", "Functions")]
public sealed class StorageGoneTests
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Every_case_goes_on_when_it_is_back()
    {
        var folder = Directory.CreateTempSubdirectory("loanrelief-").FullName;
        try
        {
            await using var house = await FragileHouse.StartAsync(HostKind.Functions, folder);
            var waiting = await Road.ToAsync("approval", house.Bank);
            var sending = await Road.ToAsync("intent", house.Bank);

            var away = await TakeAwayDuringDeliveryAsync(house, () => sending.SendAsync(Wants("renew")));
            // The bank goes on calling until it is answered.
            var reported = waiting.SendAsync(Approved());
            await Task.Delay(Away - away.Elapsed, TestContext.Current.CancellationToken);
            Assert.False(reported.IsCompleted, "It was answered although the storage is away.");
            await house.Azurite.StartAgainAsync();
            await StartAgainIfEndedAsync(house);
            (await reported).Expect(HttpStatusCode.OK);

            await sending.ReportAsync(AllDocuments);
            Assert.Equal("signature", (await waiting.ReadAsync()).Stage);
            Assert.Equal("approval", (await sending.ReadAsync()).Stage);
            foreach (var file in house.Bank.Files)
                await Books.CheckAsync(house.Bank, file, eventsMayRepeat: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The event has come, and that it has can not be recorded.</summary>
    private static async Task<Stopwatch> TakeAwayDuringDeliveryAsync(FragileHouse house, Func<Task> send)
    {
        var onItsWay = new TaskCompletionSource();
        var gone = new TaskCompletionSource();
        house.Bank.Webhook.BeforeAnswer = async _ =>
        {
            onItsWay.TrySetResult();
            await gone.Task;
        };
        await send();
        await onItsWay.Task.WaitAsync(Away, TestContext.Current.CancellationToken);
        var away = Stopwatch.StartNew();
        await house.Azurite.StopAsync();
        house.LeaveAlone();
        gone.SetResult();
        return away;
    }

    /// <summary>A host that is about to end answers nobody until it has.</summary>
    private static async Task StartAgainIfEndedAsync(FragileHouse house)
    {
        using var http = new HttpClient { BaseAddress = house.Host.BaseAddress, Timeout = TimeSpan.FromSeconds(20) };
        for (var wellSince = Stopwatch.StartNew(); wellSince.Elapsed < TimeSpan.FromSeconds(5); await Task.Delay(200, TestContext.Current.CancellationToken))
        {
            if (!house.Host.IsRunning)
            {
                await house.Host.StartAgainAsync(FrozenClock.At(house.Bank.Time.Now));
                return;
            }

            if (await StatusAsync(http) != HttpStatusCode.OK)
                wellSince.Restart();
        }
    }

    private static async Task<HttpStatusCode?> StatusAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/api/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or SocketException)
        {
            return null;
        }
    }
}
