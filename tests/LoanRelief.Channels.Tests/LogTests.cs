using LoanRelief.Domain.Loans;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Channels.Tests;

public sealed class LogTests
{
    [Fact]
    public async Task An_attempt_is_one_line_with_id_type_status_and_duration()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();

        await sender.SendAsync(receiver);

        Assert.Matches(
            "^Information Event wencheng-rcb~JJ2022-0001~1/reminder/2 \\(loanrelief.reminder.requested\\): Delivered, HTTP 204, [0-9]+ ms $",
            Assert.Single(sender.Log));
    }

    [Fact]
    public async Task No_line_holds_payload_secret_or_address()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender(("AttemptTimeout", "00:00:02"));
        var outgoing = Sender.Event(data: """{"name":"张三","amount":2000000.00}""");
        var withToken = new Uri(receiver.Url, "?token=f00d");
        receiver.AnswerNext(context => throw new InvalidOperationException("张三"));
        receiver.AnswerNext(410);
        receiver.DelayNext(TimeSpan.FromMinutes(1));

        for (var i = 0; i < 4; i++)
            await sender.SendAsync(new Webhook(withToken, receiver.Secret), outgoing);
        await sender.SendAsync(new Webhook(new Uri("http://bank.example/?token=f00d"), receiver.Secret), outgoing);

        Assert.Equal(4, receiver.Events.Single().Arrivals);
        Assert.Equal(5, sender.Log.Count);
        Assert.All(sender.Log, line =>
        {
            Assert.DoesNotContain("张三", line, StringComparison.Ordinal);
            Assert.DoesNotContain("2000000", line, StringComparison.Ordinal);
            Assert.DoesNotContain(receiver.Secret, line, StringComparison.Ordinal);
            Assert.DoesNotContain("http://", line, StringComparison.Ordinal);
            Assert.DoesNotContain("f00d", line, StringComparison.Ordinal);
        });
    }
}
