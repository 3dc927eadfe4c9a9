using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Imports;

internal static class GetImport
{
    public static readonly ApiParameter Import =
        new("import", ParameterPlace.Path, typeof(Guid), "The import, as named by `Location` when the file had been received.", "019b8c2e-6f00-7cc4-98a5-1d2e3f405162");

    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetImport",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/loan-imports/{import}",
        Handler = HandleAsync,
        Tag = "Imports",
        Summary = "How far an import has come",
        Parameters = [ApiParameters.Institution, Import],
        Answers = [new(StatusCodes.Status200OK, typeof(ImportView), "The import.")],
        Problems = [ProblemKind.ImportUnknown],
        CanWait = true,
    };

    private static async Task<IResult> HandleAsync(Input input, IImportStore imports, CancellationToken cancellationToken)
    {
        var import = await FindAsync(input, imports, cancellationToken);
        return Answer.Worded(input.Http, texts => ImportView.Of(import, texts));
    }

    /// <summary>The import that the path names.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static async Task<LoanImport> FindAsync(Input input, IImportStore imports, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        input.Check();
        return Guid.TryParse(input.PathText("import"), out var id) && await imports.FindAsync(institution, id, cancellationToken) is { Work: var import }
            ? import
            : throw new ProblemException(new ProblemAnswer(ProblemKind.ImportUnknown).With("import", input.PathText("import")).With("institution", institution));
    }

    /// <summary>The import that the path names, for whoever wants its refused rows.</summary>
    /// <exception cref="ProblemException">There is none, or its refused rows are not kept any more.</exception>
    public static async Task<LoanImport> FindWithRejectedAsync(Input input, IImportStore imports, CancellationToken cancellationToken)
    {
        var import = await FindAsync(input, imports, cancellationToken);
        return import.RejectedDeletedAt is null
            ? import
            : throw new ProblemException(new ProblemAnswer(ProblemKind.RejectedRowsDeleted).With("import", import.Id).With("until", import.RejectedUntil!));
    }
}
