using LoanRelief.Desk.Imports;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Imports.Reading;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Imports;

internal static class DownloadRejectedRows
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "DownloadRejectedRows",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/loan-imports/{import}/rejected-rows.csv",
        Handler = HandleAsync,
        Tag = "Imports",
        Summary = "The rows of an import that were refused, as a file for whoever made it",
        Description = "The columns of the file, then the line and the reasons in words, in the encoding of the file. Once it is put right it can be imported as it is. "
            + "A row that could not be taken apart stands whole in the first column; so do the rows of an NDJSON file.",
        Parameters = [ApiParameters.Institution, GetImport.Import],
        Answers = [new(StatusCodes.Status200OK, typeof(string), "The file; a header alone when no row was refused.") { MediaType = "text/csv" }],
        Problems = [ProblemKind.ImportUnknown, ProblemKind.RejectedRowsDeleted],
    };

    private static async Task<IResult> HandleAsync(Input input, IImportStore imports, CancellationToken cancellationToken)
    {
        var import = await GetImport.FindWithRejectedAsync(input, imports, cancellationToken);
        var texts = Catalogue.For(input.Http);
        var name = BookEncodings.NameOf(import.Encoding);
        input.Http.Response.Headers.ContentLanguage = texts.Language.Tag();
        return Results.Stream(
            stream => WriteAsync(stream, import, imports, texts, cancellationToken),
            $"text/csv; charset={name.ToLowerInvariant()}",
            $"rejected-{import.Institution}-{import.BegunAt:yyyyMMdd}.csv");
    }

    private static async Task WriteAsync(Stream stream, LoanImport import, IImportStore imports, Catalogue texts, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, BookEncodings.ForFile(import.Encoding), leaveOpen: true);
        var file = new RejectedRowsCsv(import.Header, texts);
        await writer.WriteAsync(file.Header);
        await foreach (var (row, _) in ListRejectedRows.RowsAsync(imports, import, ListRejectedRows.Place.First, cancellationToken))
            await writer.WriteAsync(file.Line(row));
    }
}
