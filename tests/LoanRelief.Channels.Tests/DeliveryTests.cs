using System.Diagnostics;
using System.Globalization;
using LoanRelief.Desk;
using LoanRelief.Domain.Loans;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Channels.Tests;

/// <summary>How each answer, and each missing answer, is judged.</summary>
public sealed class DeliveryTests
{
    [Theory]
    [InlineData(200, DeliveryStatus.Delivered)]
    [InlineData(202, DeliveryStatus.Delivered)]
    [InlineData(204, DeliveryStatus.Delivered)]
    [InlineData(304, DeliveryStatus.Refused)]
    [InlineData(400, DeliveryStatus.Refused)]
    [InlineData(401, DeliveryStatus.Refused)]
    [InlineData(404, DeliveryStatus.Refused)]
    [InlineData(408, DeliveryStatus.Failed)]
    [InlineData(410, DeliveryStatus.Refused)]
    [InlineData(422, DeliveryStatus.Refused)]
    [InlineData(429, DeliveryStatus.Failed)]
    [InlineData(500, DeliveryStatus.Failed)]
    [InlineData(503, DeliveryStatus.Failed)]
    [InlineData(599, DeliveryStatus.Failed)]
    public async Task A_status_code_decides_whether_another_attempt_is_worth_it(int code, DeliveryStatus expected)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();
        receiver.AnswerNext(code);

        var delivery = await sender.SendAsync(receiver);

        Assert.Equal(new Delivery(expected, $"HTTP {code}"), delivery);
        Assert.Equal(1, Assert.Single(receiver.Events).Arrivals);
    }

    [Theory]
    [InlineData(429, "120", 120)]
    [InlineData(503, "0", 0)]
    [InlineData(503, "Fri, 30 Dec 2022 01:01:30 GMT", 90)]
    [InlineData(503, "Fri, 30 Dec 2022 00:00:00 GMT", 0)]
    [InlineData(429, "86400", 3600)]
    [InlineData(429, "Fri, 29 Dec 2023 00:00:00 GMT", 3600)]
    [InlineData(429, "soon", null)]
    [InlineData(429, "-5", null)]
    [InlineData(204, "120", null)]
    [InlineData(410, "120", null)]
    public async Task A_receiver_can_ask_for_a_pause_of_up_to_an_hour(int code, string retryAfter, int? seconds)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();
        receiver.AnswerNext(context =>
        {
            context.Response.StatusCode = code;
            context.Response.Headers.RetryAfter = retryAfter;
            context.Response.Headers.Date = "Fri, 30 Dec 2022 01:00:00 GMT";
            return Task.CompletedTask;
        });

        var delivery = await sender.SendAsync(receiver);

        Assert.Equal(seconds, delivery.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task A_date_to_wait_for_needs_no_date_of_the_answer()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();
        receiver.AnswerNext(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.Date = "";
            context.Response.Headers.RetryAfter = DateTimeOffset.UtcNow.AddMinutes(10).ToString("R", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });

        var delivery = await sender.SendAsync(receiver);

        Assert.InRange(delivery.RetryAfter!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Nobody_listening_is_a_failure()
    {
        Uri closed;
        await using (var receiver = await WebhookReceiver.StartAsync())
            closed = receiver.Url;
        using var sender = new Sender();

        var delivery = await sender.SendAsync(new Webhook(closed, "secret"));

        Assert.Equal(new Delivery(DeliveryStatus.Failed, "no answer: ConnectionError"), delivery);
    }

    [Fact]
    public async Task A_line_that_breaks_before_the_answer_is_a_failure_although_the_event_arrived()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();
        receiver.AnswerNext(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var delivery = await sender.SendAsync(receiver);

        Assert.Equal(DeliveryStatus.Failed, delivery.Status);
        Assert.Single(receiver.Events);
    }

    [Fact]
    public async Task A_slow_receiver_is_given_up_after_the_time_out()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender(("AttemptTimeout", "00:00:00.300"));
        receiver.DelayNext(TimeSpan.FromMinutes(1));
        var watch = Stopwatch.StartNew();

        var delivery = await sender.SendAsync(receiver);

        Assert.Equal(new Delivery(DeliveryStatus.Failed, "no answer within 0.3 s"), delivery);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_caller_who_cancels_hears_of_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();
        using var cancel = new CancellationTokenSource();
        receiver.BeforeAnswer = async _ =>
        {
            await cancel.CancelAsync();
            await Task.Delay(TimeSpan.FromSeconds(1));
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender.SendAsync(receiver, cancellationToken: cancel.Token));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_a_refusal_and_nobody_follows_it(int code)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var elsewhere = await WebhookReceiver.StartAsync(receiver.Secret);
        using var sender = new Sender();
        receiver.AnswerNext(context =>
        {
            context.Response.StatusCode = code;
            context.Response.Headers.Location = elsewhere.Url.ToString();
            return Task.CompletedTask;
        });

        var delivery = await sender.SendAsync(receiver);

        Assert.Equal(new Delivery(DeliveryStatus.Refused, $"HTTP {code}"), delivery);
        Assert.Single(receiver.Events);
        Assert.Empty(elsewhere.Events);
        Assert.Empty(elsewhere.Faults);
    }

    [Fact]
    public async Task An_endless_answer_is_not_read()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();
        var hungUp = new TaskCompletionSource();
        receiver.AnswerNext(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[64 * 1024], CancellationToken.None);
            hungUp.SetResult();
        });

        var delivery = await sender.SendAsync(receiver);

        Assert.Equal(new Delivery(DeliveryStatus.Delivered, "HTTP 200"), delivery);
        await hungUp.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Without_a_webhook_nothing_is_sent()
    {
        using var sender = new Sender();

        var delivery = await sender.SendAsync(webhook: null);

        Assert.Equal(new Delivery(DeliveryStatus.NoReceiver, "no webhook registered"), delivery);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/", DeliveryStatus.Failed)]
    [InlineData("http://[::1]:9/", DeliveryStatus.Failed)]
    [InlineData("http://localhost:9/", DeliveryStatus.Failed)]
    [InlineData("https://127.0.0.1:9/", DeliveryStatus.Failed)]
    [InlineData("http://192.0.2.1/", DeliveryStatus.Refused)]
    [InlineData("http://127.0.0.1.example/", DeliveryStatus.Refused)]
    [InlineData("http://localhost.example/", DeliveryStatus.Refused)]
    [InlineData("ftp://127.0.0.1/", DeliveryStatus.Refused)]
    [InlineData("file:///etc/hosts", DeliveryStatus.Refused)]
    [InlineData("/events", DeliveryStatus.Refused)]
    public async Task Only_https_and_this_machine_are_tried(string url, DeliveryStatus expected)
    {
        using var sender = new Sender();

        var delivery = await sender.SendAsync(new Webhook(new Uri(url, UriKind.RelativeOrAbsolute), "secret"));

        Assert.Equal(expected, delivery.Status);
        Assert.Equal(expected == DeliveryStatus.Refused, delivery.Detail.StartsWith("not sent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Https_is_spoken_and_not_only_accepted()
    {
        await using var plain = await WebhookReceiver.StartAsync();
        using var sender = new Sender();

        var delivery = await sender.SendAsync(new Webhook(new UriBuilder(plain.Url) { Scheme = "https" }.Uri, plain.Secret));

        Assert.Equal(new Delivery(DeliveryStatus.Failed, "no answer: SecureConnectionError"), delivery);
    }

    [Fact]
    public async Task A_secret_that_cannot_sign_sends_nothing()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var sender = new Sender();

        var delivery = await sender.SendAsync(new Webhook(receiver.Url, "whsec_%%%"));

        Assert.Equal(DeliveryStatus.Refused, delivery.Status);
        Assert.Empty(receiver.Events);
        Assert.Empty(receiver.Faults);
    }
}
