using LoanRelief.Desk.Telemetry;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk;

/// <summary>Hands events to the channel, and tells traces and metrics how that went.</summary>
public sealed class Courier(IEventChannel channel, BusinessClock clock, DeskMetrics metrics)
{
    /// <summary>Makes one attempt, as <see cref="IEventChannel.DeliverAsync"/> does.</summary>
    /// <param name="attempt">1 for the first.</param>
    /// <param name="dueAt">Business time from which it could have been made.</param>
    public async Task<Delivery> DeliverAsync(
        Institution institution, OutgoingEvent outgoing, int attempt, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        var late = clock.GetUtcNow() - dueAt > Late;
        using var span = Spans.Delivery(institution.Id, outgoing.Type, outgoing.Subject, attempt);
        var delivery = await channel.DeliverAsync(institution, outgoing, cancellationToken);
        span.Ended(delivery.Status);
        metrics.Delivered(institution.Id, outgoing.Type, delivery.Status, late);
        return delivery;
    }

    /// <summary>Five minutes, or what a fast clock does in some seconds.</summary>
    private TimeSpan Late => TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(10 * clock.Speed);
}
