using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Cases;

internal static class GetCase
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetCase",
        Method = HttpMethods.Get,
        Route = "/api/cases/{id}",
        Handler = HandleAsync,
        Tag = "Cases",
        Summary = "One case: where it stands, what is open, and what comes next",
        Parameters = [ApiParameters.CaseId, ApiParameters.IfNoneMatch],
        Answers =
        [
            new(StatusCodes.Status200OK, typeof(CaseView), "The case.", ApiHeaders.ETag),
            new(StatusCodes.Status304NotModified, null, "The caller has this version already.", ApiHeaders.ETag),
        ],
        Problems = [ProblemKind.CaseUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, ICaseStore cases, CaseAnswers answers, CancellationToken cancellationToken)
    {
        var id = input.Path<CaseId>("id");
        input.Check();
        if (await cases.FindAsync(id, cancellationToken) is not { State: var state })
            return new ProblemAnswer(ProblemKind.CaseUnknown).With("case", id);
        if (!VersionTag.IsKnownTo(input.Http.Request, state.Version))
            return await answers.WithTagAsync(state, input.Http);
        input.Http.Response.Headers.ETag = VersionTag.Of(state.Version);
        return Results.StatusCode(StatusCodes.Status304NotModified);
    }
}
