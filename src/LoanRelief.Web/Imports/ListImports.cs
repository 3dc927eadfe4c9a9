using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Institutions;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Imports;

/// <summary>One page of imports.</summary>
/// <param name="Imports">The newest first.</param>
/// <param name="Continuation">Leads to the next page; not there on the last.</param>
public sealed record ImportList(IReadOnlyList<ImportView> Imports, string? Continuation);

internal static class ListImports
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ListImports",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/loan-imports",
        Handler = HandleAsync,
        Tag = "Imports",
        Summary = "An institution's imports, the newest first, a page at a time",
        Description = "With those that are still coming in, and for an hour those that broke off while they came. The cost of a page does not grow with the number of imports.",
        Parameters =
        [
            ApiParameters.Institution,
            NextPage.Size("Imports"),
            NextPage.After("019b8c2e6f007cc498a51d2e3f405162", others: false),
        ],
        Answers = [new(StatusCodes.Status200OK, typeof(ImportList), "One page.", ApiHeaders.Link)],
        Problems = [ProblemKind.InstitutionUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, IInstitutionStore institutions, IImportStore imports, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        var size = NextPage.SizeOf(input);
        var after = NextPage.PlaceOf(input, text => Guid.TryParseExact(text, "N", out var id) ? id : default(Guid?));
        input.Check();
        if (await institutions.FindAsync(institution, cancellationToken) is null)
            return GetInstitution.Unknown(institution);
        var page = await imports.ListAsync(institution, after, size, cancellationToken);
        var next = page.More ? page.Imports[^1].Id.ToString("N") : null;
        NextPage.Link(input.Http, next);
        return Answer.Worded(input.Http, texts => new ImportList([.. page.Imports.Select(import => ImportView.Of(import, texts))], next));
    }
}
