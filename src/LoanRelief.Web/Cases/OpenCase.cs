using System.ComponentModel.DataAnnotations;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Cases;

/// <summary>A request for relief of one loan.</summary>
public sealed record OpenCaseBody
{
    /// <summary>借据号 of a loan that has been stored before.</summary>
    public required LoanNumber LoanNumber { get; init; }

    /// <summary>Who asks: a person or system, as the institution names it.</summary>
    [StringLength(100, MinimumLength = 1)]
    public required string By { get; init; }
}

internal static class OpenCase
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "OpenCase",
        Method = HttpMethods.Post,
        Route = "/api/institutions/{institution}/cases",
        Handler = HandleAsync,
        Tag = "Cases",
        Summary = "Triggers relief for a loan",
        Description = "Opens a case, which from now on is driven to an outcome. A loan has at most one open case. "
            + "A loan on an exclusion list or past its last day is closed at once, so that it is counted.",
        Parameters = [ApiParameters.Institution, ApiParameters.IdempotencyKey],
        Body = new(typeof(OpenCaseBody), new OpenCaseBody { LoanNumber = Identifier.Parse<LoanNumber>("JJ2025-0001"), By = "mgr-lin" }),
        Answers = [new(StatusCodes.Status202Accepted, typeof(CaseView), "The case is open and work goes on.", ApiHeaders.Location, ApiHeaders.ETag, ApiHeaders.Replayed)],
        Problems = [ProblemKind.LoanUnknown, ProblemKind.CaseAlreadyOpen, ProblemKind.Refused, ProblemKind.IdempotencyKeyReused],
    };

    private static async Task<IResult> HandleAsync(Input input, CaseDesk desk, CaseAnswers answers, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        var body = await input.BodyAsync<OpenCaseBody>(cancellationToken);
        var caller = input.Caller(body.By);
        var answer = await desk.OpenAsync(institution, body.LoanNumber, CaseTrigger.Institution, caller, cancellationToken);
        return await answers.OfAsync(answer, input.Http, StatusCodes.Status202Accepted);
    }
}
