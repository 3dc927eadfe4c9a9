using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Institutions;

internal static class GetInstitution
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetInstitution",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}",
        Handler = HandleAsync,
        Tag = "Institutions",
        Summary = "One institution",
        Parameters = [ApiParameters.Institution],
        Answers = [new(StatusCodes.Status200OK, typeof(InstitutionView), "The institution.")],
        Problems = [ProblemKind.InstitutionUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, IInstitutionStore institutions, CancellationToken cancellationToken)
    {
        var id = input.Path<InstitutionId>("institution");
        input.Check();
        return await institutions.FindAsync(id, cancellationToken) is { } institution
            ? Answer.Json(InstitutionView.Of(institution))
            : Unknown(id);
    }

    public static ProblemAnswer Unknown(InstitutionId id) => new ProblemAnswer(ProblemKind.InstitutionUnknown).With("institution", id);
}
