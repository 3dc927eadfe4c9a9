using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Tables.Tests.Kit;

/// <summary>Whoever does not care what becomes of cases and events.</summary>
internal sealed class Nobody : ICaseSignal, IEventChannel
{
    public static readonly Nobody Listens = new();

    public void Changed(CaseId id, DateTimeOffset? dueAt)
    {
    }

    public Task<Delivery> DeliverAsync(Institution institution, OutgoingEvent outgoing, CancellationToken cancellationToken) =>
        Task.FromResult(new Delivery(DeliveryStatus.NoReceiver, "none"));
}
