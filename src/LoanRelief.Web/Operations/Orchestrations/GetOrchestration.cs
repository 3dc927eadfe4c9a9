using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Operations.Orchestrations;

internal static class GetOrchestration
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetOrchestration",
        Method = HttpMethods.Get,
        Route = "/api/operations/orchestrations/{id}",
        Handler = HandleAsync,
        Tag = "Operations",
        Summary = "How one case is driven, what operators did, and what the runtime itself says",
        Parameters = [ApiParameters.CaseId],
        Answers = [new(StatusCodes.Status200OK, typeof(OrchestrationView), "The orchestration.")],
        Problems = [ProblemKind.CaseUnknown],
    };

    /// <summary>The orchestration as it is now.</summary>
    public static async Task<IResult> AnswerAsync(Input input, CaseId id, OrchestrationReader reader, TimeProvider clock, CancellationToken cancellationToken)
    {
        var today = BeijingTime.DateOf(clock.GetUtcNow());
        return await reader.ShowAsync(id, cancellationToken) is { } details
            ? Answer.Worded(input.Http, texts => OrchestrationView.Of(details, today, texts))
            : new ProblemAnswer(ProblemKind.CaseUnknown).With("case", id);
    }

    private static Task<IResult> HandleAsync(Input input, OrchestrationReader reader, TimeProvider clock, CancellationToken cancellationToken)
    {
        var id = input.Path<CaseId>("id");
        input.Check();
        return AnswerAsync(input, id, reader, clock, cancellationToken);
    }
}
