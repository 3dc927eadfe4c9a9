using System.ComponentModel.DataAnnotations;
using LoanRelief.Desk.Batches;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Batches;

/// <summary>A second person's word.</summary>
public sealed record BatchApprovalBody
{
    /// <summary>Who approves: not who prepared it.</summary>
    [StringLength(100, MinimumLength = 1)]
    public required string By { get; init; }
}

internal static class ApproveBatch
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ApproveBatch",
        Method = HttpMethods.Post,
        Route = "/api/institutions/{institution}/case-batches/{batch}/approval",
        Handler = HandleAsync,
        Tag = "Batches",
        Summary = "Lets a batch of automatic grants begin",
        Description = "Never by who prepared it. The cases of a batch of relief are approved one by one.",
        Parameters = [ApiParameters.Institution, BatchAnswers.Batch],
        Body = new(typeof(BatchApprovalBody), new BatchApprovalBody { By = "dir-chen" }),
        Answers = [new(StatusCodes.Status200OK, typeof(BatchView), "The batch, which goes on by itself.")],
        Problems = [ProblemKind.BatchUnknown, ProblemKind.BatchNotNow, ProblemKind.Refused],
    };

    private static async Task<IResult> HandleAsync(Input input, BatchDesk desk, CancellationToken cancellationToken)
    {
        var (institution, id) = BatchAnswers.Named(input);
        var body = await input.BodyAsync<BatchApprovalBody>(cancellationToken);
        var by = input.Caller(body.By).By;
        return await desk.ApproveAsync(institution, id, by, cancellationToken) is { } answer ? BatchAnswers.Of(answer, input.Http) : BatchAnswers.Unknown(input);
    }
}
