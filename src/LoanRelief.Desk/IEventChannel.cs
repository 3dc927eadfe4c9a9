using System.Text.Json;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk;

/// <summary>Port: takes events out of the house, to the institution that they concern.</summary>
public interface IEventChannel
{
    /// <summary>Makes one attempt; whoever calls decides about another.</summary>
    /// <remarks>
    /// The receiver may have got the event although the answer says otherwise (the line broke after it was sent), so
    /// every attempt carries the same <see cref="OutgoingEvent.Id"/> and a receiver drops what it has seen.
    /// Never throws for anything the receiver or the network does.
    /// </remarks>
    Task<Delivery> DeliverAsync(Institution institution, OutgoingEvent outgoing, CancellationToken cancellationToken);
}

/// <summary>An event on its way out; becomes a CloudEvent.</summary>
/// <param name="Id">The effect's key: the same for every attempt, different for every effect.</param>
/// <param name="Type">What happened or is asked for, such as <c>loanrelief.booking.instructed</c>.</param>
/// <param name="Subject">The case or loan that it is about.</param>
/// <param name="Time">Business time at which the effect was decided, not at which it was sent.</param>
/// <param name="Data">The payload.</param>
public sealed record OutgoingEvent(string Id, string Type, string Subject, DateTimeOffset Time, JsonElement Data)
{
    /// <summary>The type of the events of a kind of effect.</summary>
    public static string TypeOf(string effectKind) => "loanrelief." + effectKind;
}

/// <summary>How an attempt ended.</summary>
public enum DeliveryStatus
{
    /// <summary>The receiver answered 2xx.</summary>
    Delivered,

    /// <summary>The institution has registered no webhook: the event stays readable in the history of the case.</summary>
    NoReceiver,

    /// <summary>No answer, 408, 429 or 5xx: worth another attempt.</summary>
    Failed,

    /// <summary>The receiver refused it for good (any other status): another attempt would change nothing.</summary>
    Refused,
}

/// <param name="Status">How it ended.</param>
/// <param name="Detail">For an operator: status code or error, without payload.</param>
/// <param name="RetryAfter">How long the receiver asked to be left alone, where it did.</param>
public sealed record Delivery(DeliveryStatus Status, string Detail, TimeSpan? RetryAfter = null);
