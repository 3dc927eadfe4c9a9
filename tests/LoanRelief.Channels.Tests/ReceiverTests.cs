using LoanRelief.Desk;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Channels.Tests;

/// <summary>The receiver that other suites rely on finds out what it is meant to find out.</summary>
public sealed class ReceiverTests
{
    [Fact]
    public async Task An_id_on_two_different_events_is_a_fault()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();

        await sender.SendAsync(receiver, Sender.Event(data: """{"amount":1.00}"""));
        var second = await sender.SendAsync(receiver, Sender.Event(data: """{"amount":2.00}"""));

        Assert.Equal(DeliveryStatus.Refused, second.Status);
        Assert.EndsWith("came again as another event", Assert.Single(receiver.Faults), StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(receiver.Events).Arrivals);
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public async Task A_stale_or_early_timestamp_is_a_fault(int secondsFromNow)
    {
        await using var receiver = await WebhookReceiver.StartAsync("secret");
        var timestamp = DateTimeOffset.UtcNow.AddSeconds(secondsFromNow).ToUnixTimeSeconds();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Url)
        {
            Content = new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/cloudevents+json")),
            Headers = { { "webhook-id", "1" }, { "webhook-timestamp", $"{timestamp}" }, { "webhook-signature", "v1,none" } },
        };

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("webhook-timestamp", Assert.Single(receiver.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_ends_with_the_event_that_fits()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();
        var waiting = receiver.WaitForAsync(e => e.Id == "b" && e.Arrivals == 2, TimeSpan.FromSeconds(20));

        foreach (var id in (string[])["a", "b", "b"])
        {
            Assert.False(waiting.IsCompleted);
            await sender.SendAsync(receiver, Sender.Event(id));
        }

        Assert.Equal("b", (await waiting).Id);
    }

    [Fact]
    public async Task Waiting_in_vain_says_what_did_come()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();
        await sender.SendAsync(receiver, Sender.Event("a"));

        var error = await Assert.ThrowsAsync<TimeoutException>(() => receiver.WaitForAsync(e => e.Id == "b", TimeSpan.FromMilliseconds(50)));

        Assert.Contains("a (loanrelief.reminder.requested) x1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_is_still_waiting_when_the_callback_runs()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();
        var reached = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        receiver.BeforeAnswer = _ =>
        {
            reached.SetResult();
            return goOn.Task;
        };

        var sending = sender.SendAsync(receiver);
        await reached.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Single(receiver.Events);
        Assert.False(sending.IsCompleted);
        goOn.SetResult();
        Assert.Equal(DeliveryStatus.Delivered, (await sending).Status);
    }
}
