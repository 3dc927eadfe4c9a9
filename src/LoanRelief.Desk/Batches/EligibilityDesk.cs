using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Batches;

/// <summary>By what it is decided today which loans can have what.</summary>
public sealed class EligibilityDesk(PolicyDesk policies, CasePolicy policy, CalendarDesk calendars, TimeProvider clock)
{
    /// <param name="lender">What the lender is, where that is known.</param>
    public async Task<Eligibility> TodayAsync(InstitutionKind? lender, CancellationToken cancellationToken) =>
        new(await policies.LatestAsync(cancellationToken), policy, await calendars.CurrentAsync(cancellationToken), BeijingTime.DateOf(clock.GetUtcNow()), lender);
}
