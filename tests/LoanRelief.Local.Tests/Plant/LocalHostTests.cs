using System.Net;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Local.Tests.Plant;

public sealed class LocalHostTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Fact]
    public async Task Starts_ready_dies_at_once_and_starts_again_at_the_same_address()
    {
        await using var host = await LocalHost.StartAsync(azurite.ConnectionString);
        var address = host.BaseAddress;
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(address));

        await host.KillAsync();
        Assert.False(host.IsRunning);
        await Assert.ThrowsAsync<HttpRequestException>(() => ReadyAsync(address));

        await host.StartAgainAsync();
        Assert.Equal(address, host.BaseAddress);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(address));
    }

    [Fact]
    public async Task Stopped_the_way_an_operator_does_it_says_so()
    {
        await using var host = await LocalHost.StartAsync(azurite.ConnectionString);

        await host.StopAsync();

        Assert.False(host.IsRunning);
        Assert.Contains("Application is shutting down", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_can_not_start_says_why()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => LocalHost.StartAsync(azurite.ConnectionString, new Dictionary<string, string> { ["Kestrel__Endpoints__Bad__Url"] = "http://nowhere.invalid:-1" }));

        Assert.Contains("ended while starting", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> ReadyAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var answer = await client.GetAsync(new Uri("/api/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
