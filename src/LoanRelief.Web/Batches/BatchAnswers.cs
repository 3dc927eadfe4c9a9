using LoanRelief.Desk.Batches;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Batches;

/// <summary>What the desk answered about a batch, in HTTP.</summary>
internal static class BatchAnswers
{
    public static readonly ApiParameter Batch =
        new("batch", ParameterPlace.Path, typeof(Guid), "The batch, as named by `Location` when it was taken in.", "019b8c2e-6f00-7cc4-98a5-1d2e3f405162");

    /// <summary>The batch that the path names; one that can not be is the id of none.</summary>
    public static (InstitutionId Institution, Guid Id) Named(Input input) =>
        (input.Path<InstitutionId>("institution"), Guid.TryParse(input.PathText("batch"), out var id) ? id : Guid.Empty);

    public static ProblemAnswer Unknown(Input input) =>
        new ProblemAnswer(ProblemKind.BatchUnknown).With("batch", input.PathText("batch")).With("institution", input.PathText("institution"));

    public static IResult Of(BatchAnswer answer, HttpContext http, int status = StatusCodes.Status200OK)
    {
        switch (answer)
        {
            case BatchAnswer.Taken { Batch: var batch, Changed: var changed }:
                if (!changed && IdempotencyKey.Of(http) is not null)
                    http.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
                if (status == StatusCodes.Status202Accepted)
                    http.Response.Headers.Location = BatchView.PathOf(batch);
                return Answer.Worded(http, texts => BatchView.Of(batch, texts), status);
            case BatchAnswer.Refused refused:
                return new ProblemAnswer(ProblemKind.Refused) { Errors = refused.Reasons };
            case BatchAnswer.NotNow { Batch: var batch }:
                return new ProblemAnswer(ProblemKind.BatchNotNow).With("state", Catalogue.Word(batch.State));
            case BatchAnswer.KeyReused:
                return new ProblemAnswer(ProblemKind.IdempotencyKeyReused);
            default:
                throw new InvalidOperationException($"The desk answered {answer.GetType().Name}, which nobody expects here.");
        }
    }
}
