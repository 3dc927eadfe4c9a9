using System.ComponentModel.DataAnnotations;
using LoanRelief.Desk;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Operations;

/// <summary>Which event to send again.</summary>
public sealed record RedriveBody
{
    /// <summary>From the list of dead letters.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Key { get; init; }

    /// <summary>Who asks for it.</summary>
    [StringLength(100, MinimumLength = 1)]
    public required string By { get; init; }
}

/// <param name="Result">What came of it.</param>
public sealed record RedriveView(RedriveResult Result);

public enum RedriveResult
{
    /// <summary>It goes out with the next round of work on its case.</summary>
    Queued,

    /// <summary>It was delivered just now.</summary>
    Delivered,
}

internal static class RedriveDeadLetter
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "RedriveDeadLetter",
        Method = HttpMethods.Post,
        Route = "/api/operations/dead-letters/redrive",
        Handler = HandleAsync,
        Tag = "Operations",
        Summary = "Sends an event again that could not be delivered",
        Description = "With the key that it had, so a receiver that got it after all drops it.",
        Body = new(typeof(RedriveBody), new RedriveBody { Key = "wencheng-rcb~JJ2025-0001~1/approval.requested/1", By = "operator-1" }),
        Answers =
        [
            new(StatusCodes.Status202Accepted, typeof(RedriveView), "An event of a case: it is back in the outbox."),
            new(StatusCodes.Status200OK, typeof(RedriveView), "An event of a loan: it was delivered."),
        ],
        Problems = [ProblemKind.DeadLetterUnknown, ProblemKind.Refused, ProblemKind.DeliveryFailed],
    };

    private static async Task<IResult> HandleAsync(Input input, DeadLetterDesk desk, CancellationToken cancellationToken)
    {
        var body = await input.BodyAsync<RedriveBody>(cancellationToken);
        var caller = input.Caller(body.By);
        return await desk.RedriveAsync(body.Key, caller, cancellationToken) switch
        {
            RedriveAnswer.Queued => Answer.Json(new RedriveView(RedriveResult.Queued), StatusCodes.Status202Accepted),
            RedriveAnswer.Delivered => Answer.Json(new RedriveView(RedriveResult.Delivered)),
            RedriveAnswer.Failed failed => new ProblemAnswer(ProblemKind.DeliveryFailed).With("detail", failed.Detail),
            _ => new ProblemAnswer(ProblemKind.DeadLetterUnknown).With("key", body.Key),
        };
    }
}
