using System.Diagnostics;
using System.Text.Json;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Telemetry;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Cases;

/// <summary>One round of work on a case: deal with the deadlines that have come, send the effects that are due, record how that went.</summary>
/// <remarks>
/// It can be broken off anywhere and done again. An effect that was sent but not recorded is sent again with the same
/// key. Both hosts turn this wheel: the pump in one process, the orchestration through activities.
/// </remarks>
public sealed class CaseWork(CaseDesk desk, IInstitutionStore institutions, Courier courier, TimeProvider clock)
{
    /// <summary>Does one round.</summary>
    /// <param name="patience">How long, in machine time, the record of what was sent may wait to go with the next step of the case.</param>
    /// <returns>The case as it stands afterwards, due again at its <see cref="CaseState.NextDue"/>; null when there is no such case.</returns>
    public async Task<CaseState?> DoRoundAsync(CaseId id, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var span = Spans.Round(id);
        try
        {
            return await DoRoundAsync(id, patience, span, cancellationToken);
        }
        catch (Exception failure)
        {
            span.Failed(failure);
            throw;
        }
    }

    private async Task<CaseState?> DoRoundAsync(CaseId id, TimeSpan patience, Activity? span, CancellationToken cancellationToken)
    {
        if (await desk.AdvanceAsync(id, cancellationToken) is not DeskAnswer.Done { Case: var seen })
            return null;
        var now = clock.GetUtcNow();
        var due = seen.State.PendingEffects.Where(effect => effect.NotBefore <= now).ToList();
        span?.SetTag(DeskTelemetry.Sent, due.Count);
        if (due.Count == 0)
            return seen.State;
        var reports = await SendAsync(seen.State, due, cancellationToken);
        return await desk.RecordDeliveriesAsync(seen, reports, patience, cancellationToken) is DeskAnswer.Done { Case.State: var after } ? after : null;
    }

    private async Task<IReadOnlyList<EffectReport>> SendAsync(CaseState state, List<Effect> effects, CancellationToken cancellationToken)
    {
        var institution = await institutions.RecallAsync(state.Id.Institution, cancellationToken);
        var reports = new List<EffectReport>(effects.Count);
        // In the order in which they were decided, so that a receiver sees a request before its reminder.
        foreach (var effect in effects)
        {
            var delivery = institution is null
                ? new Delivery(DeliveryStatus.NoReceiver, "institution not registered")
                : await courier.DeliverAsync(institution, Outgoing(state, effect), effect.Attempts + 1, effect.NotBefore, cancellationToken);
            reports.Add(Report(effect, delivery));
        }

        return reports;
    }

    private static EffectReport Report(Effect effect, Delivery delivery) => new(
        effect.Key,
        delivery.Status switch
        {
            DeliveryStatus.Delivered or DeliveryStatus.NoReceiver => EffectResult.Delivered,
            DeliveryStatus.Failed => EffectResult.Failed,
            _ => EffectResult.Refused,
        },
        delivery.Detail,
        delivery.RetryAfter);

    private static OutgoingEvent Outgoing(CaseState state, Effect effect) => new(
        effect.Key,
        OutgoingEvent.TypeOf(effect.Kind),
        state.Id.ToString(),
        effect.AskedAt,
        JsonSerializer.SerializeToElement(
            new CaseEventData(state.Id, state.Loan.Number, state.Loan.Borrower.Reference, state.Loan.Maturity, effect.Details), DomainJson.Options));
}

/// <summary>The payload of an event about a case.</summary>
/// <param name="Borrower">The institution's own reference; names stay at home.</param>
public sealed record CaseEventData(CaseId Case, LoanNumber Loan, string Borrower, DateOnly Maturity, EffectDetails Details);
