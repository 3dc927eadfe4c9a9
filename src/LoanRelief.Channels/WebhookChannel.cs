using System.Globalization;
using System.Net;
using LoanRelief.Desk;
using LoanRelief.Domain.Loans;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LoanRelief.Channels;

/// <summary>Sends an event to the institution's webhook: a CloudEvent by HTTP POST, signed after Standard Webhooks.</summary>
/// <remarks>
/// The timestamp that is signed, and the pause that a receiver asks for, are in the machine's real time although business
/// time may be simulated: a receiver holds the timestamp against its own clock to find replays. Business time is in
/// the event's <c>time</c>.
/// </remarks>
public sealed partial class WebhookChannel(
    IHttpClientFactory clients, IOptions<ChannelOptions> options, ILogger<WebhookChannel> logger) : IEventChannel
{
    internal const string ClientName = "LoanRelief.Webhooks";

    private readonly ChannelOptions _options = options.Value;
    private readonly EventEncoding _encoding = new(new Uri(options.Value.Source, UriKind.RelativeOrAbsolute));

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">The caller cancelled; the event may have arrived all the same.</exception>
    public async Task<Delivery> DeliverAsync(Institution institution, OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var delivery = institution.Webhook is { } webhook
            ? await AttemptAsync(webhook, outgoing, cancellationToken)
            : new Delivery(DeliveryStatus.NoReceiver, "no webhook registered");

        var level = delivery.Status is DeliveryStatus.Failed or DeliveryStatus.Refused ? LogLevel.Warning : LogLevel.Information;
        var milliseconds = (long)TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        Attempted(level, outgoing.Id, outgoing.Type, delivery.Status, delivery.Detail, milliseconds);
        return delivery;
    }

    private async Task<Delivery> AttemptAsync(Webhook webhook, OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        if (!IsConfidential(webhook.Url))
            return new(DeliveryStatus.Refused, "not sent: the webhook's address is neither https nor loopback");
        if (WebhookSignature.KeyOf(webhook.Secret) is not { } key)
            return new(DeliveryStatus.Refused, "not sent: the webhook's secret is empty, or not base64 after whsec_");

        using var client = clients.CreateClient(ClientName);
        client.Timeout = _options.AttemptTimeout;
        using var request = SignedRequest(webhook.Url, key, outgoing);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return Judge(response);
        }
        catch (HttpRequestException e)
        {
            return new(DeliveryStatus.Failed, $"no answer: {e.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(DeliveryStatus.Failed, string.Create(CultureInfo.InvariantCulture, $"no answer within {_options.AttemptTimeout.TotalSeconds} s"));
        }
    }

    private HttpRequestMessage SignedRequest(Uri url, byte[] key, OutgoingEvent outgoing)
    {
        var (body, contentType) = _encoding.Encode(outgoing);
        var id = WebhookSignature.HeaderId(outgoing.Id);
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = contentType } },
            Headers =
            {
                { WebhookSignature.IdHeader, id },
                { WebhookSignature.TimestampHeader, timestamp },
                { WebhookSignature.SignatureHeader, WebhookSignature.Sign(key, id, timestamp, body) },
            },
        };
    }

    private Delivery Judge(HttpResponseMessage response)
    {
        var detail = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}");
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => new(DeliveryStatus.Delivered, detail),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
                new(DeliveryStatus.Failed, detail, RetryAfter(response)),
            _ => new(DeliveryStatus.Refused, detail),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        // A date is held against the date of the same answer where there is one: both are by the receiver's clock.
        var asked = response.Headers.RetryAfter is { } header
            ? header.Delta ?? header.Date - (response.Headers.Date ?? TimeProvider.System.GetUtcNow())
            : null;
        return asked is { } pause
            ? TimeSpan.FromTicks(Math.Clamp(pause.Ticks, 0, _options.LongestRetryAfter.Ticks))
            : null;
    }

    /// <summary>Events carry personal data: they go over TLS, or stay on this machine.</summary>
    private static bool IsConfidential(Uri url) =>
        url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    [LoggerMessage(Message = "Event {EventId} ({EventType}): {Status}, {Detail}, {Milliseconds} ms")]
    private partial void Attempted(LogLevel level, string eventId, string eventType, DeliveryStatus status, string detail, long milliseconds);
}
