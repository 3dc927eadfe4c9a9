using LoanRelief.Desk;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Operations;

/// <param name="To">The time that it is to show; not before what it shows now.</param>
public sealed record MoveClockBody(DateTimeOffset To);

internal static class MoveClock
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "MoveClock",
        Method = HttpMethods.Post,
        Route = "/api/operations/clock",
        Handler = HandleAsync,
        Tag = "Operations",
        Summary = "Moves a simulated clock forward",
        Description = "Whatever came due in between is dealt with as soon as possible; `overdue` falls to 0 when it has been.",
        Body = new(typeof(MoveClockBody), new MoveClockBody(BeijingTime.At(new(2026, 2, 1), new(9, 0)))),
        Answers = [new(StatusCodes.Status200OK, typeof(ClockView), "The clock as it is now.")],
        Problems = [ProblemKind.ClockIsReal, ProblemKind.ClockOnlyMovesForward, ProblemKind.Refused],
    };

    private static async Task<IResult> HandleAsync(Input input, BusinessClock clock, ClockReader reader, CancellationToken cancellationToken)
    {
        var body = await input.BodyAsync<MoveClockBody>(cancellationToken);
        if (!clock.IsSimulated)
            return new ProblemAnswer(ProblemKind.ClockIsReal);
        if (body.To > BusinessClock.Latest)
            return new ProblemAnswer(ProblemKind.Refused) { Errors = [TooFar(body.To, clock)] };
        try
        {
            clock.MoveTo(body.To);
        }
        catch (ArgumentOutOfRangeException)
        {
            return new ProblemAnswer(ProblemKind.ClockOnlyMovesForward).With("now", BeijingTime.Of(clock.GetUtcNow()));
        }

        return Answer.Json(await reader.ReadAsync(cancellationToken));
    }

    private static Refusal TooFar(DateTimeOffset to, BusinessClock clock) => new Refusal("out-of-range", "to")
        .With("value", to)
        .With("minimum", BeijingTime.Of(clock.GetUtcNow()))
        .With("maximum", BusinessClock.Latest);
}
