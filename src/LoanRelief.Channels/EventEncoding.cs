using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using LoanRelief.Desk;

namespace LoanRelief.Channels;

/// <summary>CloudEvents 1.0 in structured mode: attributes and data in one JSON document, which is what gets signed.</summary>
/// <param name="source">The <c>source</c> attribute of every event.</param>
internal sealed class EventEncoding(Uri source)
{
    // Chinese as it is rather than as \u escapes: a third of the size, and an operator can read it. Safe here, since the
    // document is sent as JSON and never put into HTML.
    private readonly JsonEventFormatter _formatter = new(
        new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping },
        documentOptions: default);

    /// <summary>The same event always gives the same bytes, so a receiver sees a repeat as what it is.</summary>
    /// <exception cref="ArgumentException">An attribute is empty: a mistake of the caller.</exception>
    public (byte[] Body, MediaTypeHeaderValue ContentType) Encode(OutgoingEvent outgoing)
    {
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0)
        {
            Id = outgoing.Id,
            Source = source,
            Type = outgoing.Type,
            Subject = outgoing.Subject,
            Time = outgoing.Time,
            DataContentType = "application/json",
            Data = outgoing.Data,
        };
        var body = _formatter.EncodeStructuredModeMessage(cloudEvent, out var contentType);
        return (body.ToArray(), MediaTypeHeaderValue.Parse(contentType.ToString()));
    }
}
