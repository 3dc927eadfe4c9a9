using LoanRelief.Desk.Batches;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Batches;

internal static class GetBatch
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetBatch",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/case-batches/{batch}",
        Handler = HandleAsync,
        Tag = "Batches",
        Summary = "How far a batch has come",
        Parameters = [ApiParameters.Institution, BatchAnswers.Batch],
        Answers = [new(StatusCodes.Status200OK, typeof(BatchView), "The batch.")],
        Problems = [ProblemKind.BatchUnknown],
        CanWait = true,
    };

    private static async Task<IResult> HandleAsync(Input input, BatchDesk desk, CancellationToken cancellationToken)
    {
        var (institution, id) = BatchAnswers.Named(input);
        input.Check();
        return await desk.FindAsync(institution, id, cancellationToken) is { } batch
            ? Answer.Worded(input.Http, texts => BatchView.Of(batch, texts))
            : BatchAnswers.Unknown(input);
    }
}
