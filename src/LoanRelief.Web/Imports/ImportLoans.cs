using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Imports.Reading;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Imports;

internal static class ImportLoans
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ImportLoans",
        Method = HttpMethods.Post,
        Route = "/api/institutions/{institution}/loan-imports",
        Handler = HandleAsync,
        Tag = "Imports",
        Summary = "Stores a loan book, new or changed",
        Description = "Every row is checked while it comes. Good rows go into the loan book although others are refused; those are kept to be sent back. "
            + "The same file again changes nothing; open cases are told what changed. The answer comes when all has been received; "
            + "storing goes on after it, through any crash. A file that breaks off or passes a limit leaves nothing behind: at most 1,000,000 rows, "
            + "32,768 bytes a row, and 100,000 rows that are refused.",
        Parameters = [ApiParameters.Institution, ApiParameters.IdempotencyKey],
        Upload = new(
            new("text/csv",
                "One loan a line, UTF-8 or GB18030, with a header: the members of a loan by name, those of the borrower and the fees as `borrowerName`, `guaranteeFeeRate` and so on. "
                + "Columns of members that have a default may be missing.",
                "number,borrowerReference,borrowerName,borrowerKind,industry,district,product,principal,outstanding,rate,repaymentMethod,drawnOn,maturity\n"
                + "JJ2025-0001,C-330328-0042,文成某食品有限公司,smallOrMicroFirm,食品制造,文成县,workingCapital,2000000.00,2000000.00,0.0435,interestThenPrincipal,2025-03-20,2026-03-20\n"),
            new("application/x-ndjson",
                "The body of a loan with its `number` on each line, UTF-8.",
                """{"number":"JJ2025-0001","borrower":{"reference":"C-330328-0042","name":"文成某食品有限公司","kind":"smallOrMicroFirm","industry":"食品制造","district":"文成县"},"product":"workingCapital","principal":2000000.00,"outstanding":2000000.00,"rate":0.0435,"repaymentMethod":"interestThenPrincipal","drawnOn":"2025-03-20","maturity":"2026-03-20"}""" + "\n")),
        Answers = [new(StatusCodes.Status202Accepted, typeof(ImportView), "The file has been received and is being stored.", ApiHeaders.Location, ApiHeaders.Replayed)],
        Problems = [ProblemKind.InstitutionUnknown, ProblemKind.Refused, ProblemKind.IdempotencyKeyReused],
    };

    private static async Task<IResult> HandleAsync(Input input, IInstitutionStore institutions, ImportDesk desk, ImportLimits limits, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        input.Check();
        return await BookUpload.TakeAsync(input, institution, institutions, limits.Bytes, async type =>
        {
            var key = IdempotencyKey.Of(input.Http);
            if (key is not null && await desk.RecallAsync(institution, key, input.Http.Request.Body, cancellationToken) is { } before)
                return Answered(input.Http, before);
            await using var book = await LoanBook.OpenAsync(input.Http.Request.Body, type.Format, type.Encoding, institution, cancellationToken);
            return Answered(input.Http, await desk.ReceiveAsync(institution, book, key, cancellationToken));
        }, cancellationToken);
    }

    private static IResult Answered(HttpContext http, ReceiveAnswer answer)
    {
        switch (answer)
        {
            case ReceiveAnswer.Received { Import: var import, Changed: var changed }:
                if (!changed)
                    http.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
                http.Response.Headers.Location = ImportView.PathOf(import);
                return Answer.Worded(http, texts => ImportView.Of(import, texts), StatusCodes.Status202Accepted);
            case ReceiveAnswer.Refused refused:
                return BookUpload.Refused(refused.Reason, refused.First);
            case ReceiveAnswer.KeyReused:
                return new ProblemAnswer(ProblemKind.IdempotencyKeyReused);
            case ReceiveAnswer.TooManyAtATime:
                return new ProblemAnswer(ProblemKind.Unavailable) { RetryAfter = TimeSpan.FromSeconds(30) };
            default:
                throw new InvalidOperationException("A book is received or refused.");
        }
    }
}
