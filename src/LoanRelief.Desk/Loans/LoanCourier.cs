using LoanRelief.Desk.Telemetry;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Loans;

/// <summary>Takes events about loans out of the house. They have no outbox: what is not delivered in a few attempts goes to the dead letters.</summary>
/// <remarks>An event that was sent but not recorded by whoever sends it is sent again with the same key.</remarks>
public sealed class LoanCourier(ILoanStore loans, Courier courier, DeskMetrics metrics)
{
    private const int Attempts = 3;

    /// <returns>Whether it was delivered, or nobody wants it; if not, it has been given up.</returns>
    public async Task<bool> SendAsync(Institution institution, Loan loan, OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var delivery = await courier.DeliverAsync(institution, outgoing, attempt, outgoing.Time, cancellationToken);
            if (delivery.Status is DeliveryStatus.Delivered or DeliveryStatus.NoReceiver)
                return true;
            if (delivery.Status == DeliveryStatus.Refused || attempt == Attempts)
            {
                metrics.GivenUp(institution.Id, outgoing.Type);
                await loans.GiveUpAsync(loan, outgoing, delivery.Detail, cancellationToken);
                return false;
            }

            await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt - 1)), cancellationToken);
        }
    }
}
