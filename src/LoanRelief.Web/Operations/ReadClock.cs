using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Operations;

/// <summary>The time that the business sees.</summary>
/// <param name="Now">Business time.</param>
/// <param name="Today">The date in Beijing.</param>
/// <param name="Speed">Business seconds in a machine second: 1 for real time, 0 when it stands still.</param>
/// <param name="Simulated">Whether it can be moved.</param>
/// <param name="Overdue">Cases with a deadline or an effect that was due by now and has not been dealt with yet.</param>
/// <param name="Stopped">Cases like that which an operator has suspended or terminated: nobody deals with them, and they are not among the overdue.</param>
public sealed record ClockView(DateTimeOffset Now, DateOnly Today, double Speed, bool Simulated, int Overdue, int Stopped);

/// <summary>Reads the clock, and counts what waits for its turn.</summary>
internal sealed class ClockReader(BusinessClock clock, ICaseStore cases, IInstitutionStore institutions, IOrchestrationStore orchestrations)
{
    public async Task<ClockView> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var stopped = await orchestrations.StoppedAsync(cancellationToken);
        var (overdue, left) = (0, 0);
        await foreach (var institution in institutions.AllAsync(cancellationToken))
        {
            await foreach (var due in cases.DueAsync(institution.Id, now, cancellationToken))
                _ = stopped.Contains(due.Id) ? left++ : overdue++;
        }

        return new(now, BeijingTime.DateOf(now), clock.Speed, clock.IsSimulated, overdue, left);
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
        CanWait = true,
    };

    private static async Task<IResult> HandleAsync(ClockReader reader, CancellationToken cancellationToken) => Answer.Json(await reader.ReadAsync(cancellationToken));
}
