using System.Globalization;
using System.Text.Json;
using LoanRelief.Desk;
using LoanRelief.Domain.Loans;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Channels.Tests;

/// <summary>What a receiver sees: CloudEvents 1.0 and Standard Webhooks 1.0.0.</summary>
public sealed class WireTests
{
    [Fact]
    public async Task An_event_arrives_as_a_structured_CloudEvent()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender(("Source", "https://relief.example/"));

        await sender.SendAsync(receiver);

        var root = JsonElement.Parse(Assert.Single(receiver.Events).Json);
        Assert.Equal(
            ["data", "datacontenttype", "id", "source", "specversion", "subject", "time", "type"],
            root.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal("1.0", root.GetProperty("specversion").GetString());
        Assert.Equal("wencheng-rcb~JJ2022-0001~1/reminder/2", root.GetProperty("id").GetString());
        Assert.Equal("https://relief.example/", root.GetProperty("source").GetString());
        Assert.Equal("loanrelief.reminder.requested", root.GetProperty("type").GetString());
        Assert.Equal("wencheng-rcb~JJ2022-0001~1", root.GetProperty("subject").GetString());
        Assert.Equal("2022-11-30T09:00:00+08:00", root.GetProperty("time").GetString());
        Assert.Equal("application/json", root.GetProperty("datacontenttype").GetString());
        Assert.Empty(receiver.Faults);
    }

    [Fact]
    public async Task The_request_says_what_it_carries_and_when_it_was_sent_in_real_time()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();
        string method = "", contentType = "", id = "", timestamp = "";
        receiver.AnswerNext(context =>
        {
            (method, contentType) = (context.Request.Method, context.Request.ContentType!);
            (id, timestamp) = (context.Request.Headers["webhook-id"].ToString(), context.Request.Headers["webhook-timestamp"].ToString());
            return Task.CompletedTask;
        });

        await sender.SendAsync(receiver);

        Assert.Equal("POST", method);
        Assert.Equal("application/cloudevents+json; charset=utf-8", contentType);
        Assert.Equal("wencheng-rcb~JJ2022-0001~1/reminder/2", id);
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(timestamp, CultureInfo.InvariantCulture), 0, 60);
    }

    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("一个不是base64的密钥")]
    [InlineData("plain text")]
    public async Task A_receiver_with_the_same_secret_accepts_the_signature(string secret)
    {
        await using var receiver = await WebhookReceiver.StartAsync(secret);
        using var sender = new Sender();

        var delivery = await sender.SendAsync(receiver);

        Assert.Equal(DeliveryStatus.Delivered, delivery.Status);
        Assert.Single(receiver.Events);
        Assert.Empty(receiver.Faults);
    }

    [Fact]
    public async Task A_wrong_secret_is_found_out_and_refused_for_good()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();

        var delivery = await sender.SendAsync(new Webhook(receiver.Url, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

        Assert.Equal(new Delivery(DeliveryStatus.Refused, "HTTP 400"), delivery);
        Assert.Empty(receiver.Events);
        Assert.EndsWith("webhook-signature does not match", Assert.Single(receiver.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chinese_text_and_amounts_arrive_as_they_were_written()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();

        await sender.SendAsync(receiver, Sender.Event(data: """{"text":"张三:您的贷款将于2023年6月30日到期 𠮷","amount":2000000.00}"""));

        var received = Assert.Single(receiver.Events);
        Assert.Equal("张三:您的贷款将于2023年6月30日到期 𠮷", received.Data.GetProperty("text").GetString());
        Assert.Equal("2000000.00", received.Data.GetProperty("amount").GetRawText());
        Assert.Contains("张三:您的贷款", received.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_attempt_is_the_same_event_again()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();
        receiver.AnswerNext(500);

        var first = await sender.SendAsync(receiver);
        var second = await sender.SendAsync(receiver);

        Assert.Equal((DeliveryStatus.Failed, DeliveryStatus.Delivered), (first.Status, second.Status));
        Assert.Equal(2, Assert.Single(receiver.Events).Arrivals);
        Assert.Equal(1, receiver.Duplicates);
        Assert.Empty(receiver.Faults);
    }

    [Fact]
    public async Task A_loan_number_with_a_dot_keeps_its_event_id_but_puts_no_dot_into_the_header()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();

        await sender.SendAsync(receiver, Sender.Event("wencheng-rcb~JJ.2022~1/reminder/1"));

        Assert.Equal("wencheng-rcb~JJ.2022~1/reminder/1", Assert.Single(receiver.Events).Id);
        Assert.Empty(receiver.Faults);
    }
}
