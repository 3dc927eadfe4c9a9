using LoanRelief.Desk.Loans;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Institutions;

/// <summary>All institutions by id.</summary>
public sealed record InstitutionList(IReadOnlyList<InstitutionView> Institutions);

internal static class ListInstitutions
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ListInstitutions",
        Method = HttpMethods.Get,
        Route = "/api/institutions",
        Handler = HandleAsync,
        Tag = "Institutions",
        Summary = "All institutions",
        Answers = [new(StatusCodes.Status200OK, typeof(InstitutionList), "All institutions by id.")],
    };

    private static async Task<IResult> HandleAsync(IInstitutionStore institutions, CancellationToken cancellationToken) =>
        Answer.Json(new InstitutionList(await institutions.AllAsync(cancellationToken).Select(InstitutionView.Of).ToListAsync(cancellationToken)));
}
