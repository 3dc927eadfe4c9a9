using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Operations;

/// <summary>The time that the business sees.</summary>
/// <param name="Now">Business time.</param>
/// <param name="Today">The date in Beijing.</param>
/// <param name="Speed">Business seconds in a machine second: 1 for real time, 0 when it stands still.</param>
/// <param name="Simulated">Whether it can be moved.</param>
/// <param name="Overdue">Cases with a deadline or an effect that was due by now and has not been dealt with yet.</param>
public sealed record ClockView(DateTimeOffset Now, DateOnly Today, double Speed, bool Simulated, int Overdue)
{
    internal static async Task<ClockView> OfAsync(BusinessClock clock, ICaseStore cases, IInstitutionStore institutions, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var overdue = 0;
        await foreach (var institution in institutions.AllAsync(cancellationToken))
            overdue += await cases.DueAsync(institution.Id, now, cancellationToken).CountAsync(cancellationToken);
        return new(now, BeijingTime.DateOf(now), clock.Speed, clock.IsSimulated, overdue);
    }
}

internal static class ReadClock
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ReadClock",
        Method = HttpMethods.Get,
        Route = "/api/operations/clock",
        Handler = HandleAsync,
        Tag = "Operations",
        Summary = "The business time, and how many cases wait for their turn",
        Answers = [new(StatusCodes.Status200OK, typeof(ClockView), "The clock.")],
    };

    private static async Task<IResult> HandleAsync(BusinessClock clock, ICaseStore cases, IInstitutionStore institutions, CancellationToken cancellationToken) =>
        Answer.Json(await ClockView.OfAsync(clock, cases, institutions, cancellationToken));
}
