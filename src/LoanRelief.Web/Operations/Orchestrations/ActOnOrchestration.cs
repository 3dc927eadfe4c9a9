using System.ComponentModel.DataAnnotations;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Operations.Orchestrations;

/// <summary>Who wants something done with an orchestration, and why; it is kept.</summary>
public sealed record OperatorActBody
{
    /// <summary>The operator.</summary>
    [StringLength(100, MinimumLength = 1)]
    public required string By { get; init; }

    /// <summary>Why. Shown to every operator: no names of borrowers.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }
}

/// <summary>What an operator can do with the orchestration of a case. Each may be repeated; what is so already is not traced again, but for a restart.</summary>
internal static class ActOnOrchestration
{
    public static ApiEndpoint Suspend { get; } = Endpoint(
        OperatorAction.Suspend,
        "Stops driving a case for a while",
        "No round of work is done until it is resumed: no deadline is dealt with and no event sent. Facts are taken all the same. A round that is being done is done to its end.",
        "Receiver sends every event back");

    public static ApiEndpoint Resume { get; } = Endpoint(
        OperatorAction.Resume,
        "Goes on driving a case that was suspended",
        "A round of work is done at once, and with it everything that has come due meanwhile.",
        "Receiver is in order again");

    public static ApiEndpoint Terminate { get; } = Endpoint(
        OperatorAction.Terminate,
        "Ends the orchestration of a case",
        "Nobody drives the case any more, and the watchdog leaves it so. Facts are taken all the same. Only a restart drives the case again.",
        "Case was imported by mistake");

    public static ApiEndpoint Restart { get; } = Endpoint(
        OperatorAction.Restart,
        "Drives a case anew",
        "From its state in the tables, whether its orchestration was terminated or suspended, fails or runs. Nothing is lost; an event that was being sent just then may come again, with its key.",
        "New version is deployed");

    private static ApiEndpoint Endpoint(OperatorAction action, string summary, string description, string reason) => new()
    {
        Name = $"{action}Orchestration",
        Method = HttpMethods.Post,
        Route = $"/api/operations/orchestrations/{{id}}/{Catalogue.Word(action)}",
        Handler = (Input input, OrchestrationDesk desk, OrchestrationReader reader, TimeProvider clock, CancellationToken cancellationToken) =>
            HandleAsync(action, input, desk, reader, clock, cancellationToken),
        Tag = "Operations",
        Summary = summary,
        Description = description,
        Parameters = [ApiParameters.CaseId],
        Body = new(typeof(OperatorActBody), new OperatorActBody { By = "operator-1", Reason = reason }),
        Answers = [new(StatusCodes.Status200OK, typeof(OrchestrationView), "It is so; the orchestration after it.")],
        Problems =
        [
            ProblemKind.CaseUnknown, ProblemKind.OrchestrationCompleted, ProblemKind.Refused,
            .. action is OperatorAction.Suspend or OperatorAction.Resume ? (ProblemKind[])[ProblemKind.OrchestrationTerminated] : [],
        ],
    };

    private static async Task<IResult> HandleAsync(
        OperatorAction action, Input input, OrchestrationDesk desk, OrchestrationReader reader, TimeProvider clock, CancellationToken cancellationToken)
    {
        var id = input.Path<CaseId>("id");
        var body = await input.BodyAsync<OperatorActBody>(cancellationToken);
        var operatorName = input.Caller(body.By).By;
        return await desk.ActAsync(id, action, operatorName, body.Reason, cancellationToken) switch
        {
            OperatorAnswer.NoSuchCase => new ProblemAnswer(ProblemKind.CaseUnknown).With("case", id),
            OperatorAnswer.Terminated => new ProblemAnswer(ProblemKind.OrchestrationTerminated) { Case = id }.With("case", id),
            OperatorAnswer.Completed => new ProblemAnswer(ProblemKind.OrchestrationCompleted) { Case = id }.With("case", id),
            _ => await GetOrchestration.AnswerAsync(input, id, reader, clock, cancellationToken),
        };
    }
}
