using LoanRelief.Desk.Batches;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Batches;

internal static class CancelBatch
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "CancelBatch",
        Method = HttpMethods.Post,
        Route = "/api/institutions/{institution}/case-batches/{batch}/cancel",
        Handler = HandleAsync,
        Tag = "Batches",
        Summary = "Leaves undone what of a batch has not begun",
        Description = "The hundred loans that are in work are done and get their verdicts; what was opened or granted stays. A batch that is over stays as it is.",
        Parameters = [ApiParameters.Institution, BatchAnswers.Batch],
        Answers = [new(StatusCodes.Status200OK, typeof(BatchView), "The batch.")],
        Problems = [ProblemKind.BatchUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, BatchDesk desk, CancellationToken cancellationToken)
    {
        var (institution, id) = BatchAnswers.Named(input);
        input.Check();
        return await desk.CancelAsync(institution, id, cancellationToken) is { } answer ? BatchAnswers.Of(answer, input.Http) : BatchAnswers.Unknown(input);
    }
}
