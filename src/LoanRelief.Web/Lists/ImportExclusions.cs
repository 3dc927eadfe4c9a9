using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Lists;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Lists;

internal static class ImportExclusions
{
    public static readonly ApiParameter List =
        new("list", ParameterPlace.Path, typeof(ListId), "Short name of the list among those of whoever publishes it.", "zombie-2026-q1");

    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ImportExclusions",
        Method = HttpMethods.Post,
        Route = "/api/institutions/{institution}/exclusion-lists/{list}",
        Handler = HandleAsync,
        Tag = "Lists",
        Summary = "Stores a list of firms to be screened out beforehand",
        Description = "预先剔除: zombie, shell and dishonest firms, each entry with its source and the days on which it holds. "
            + "A case of a borrower on a list that is valid on the day ends as excluded, when it is opened or when the borrower is screened, with list, source and validity in its history. "
            + "An institution's list holds for its own borrowers, one of an `authority` for those of every institution. To take a firm off a list, send its entry with an end. "
            + ListUpload.Description,
        Parameters = [ApiParameters.Institution, List],
        Upload = ListUpload.Files(
            "creditCode,name,kind,source,validFrom,validUntil\n91330328MA2CPQ4R41,文成某贸易有限公司,zombie,市场监管部门在册数据,2026-01-01,2026-12-31\n",
            """{"creditCode":"91330328MA2CPQ4R41","kind":"zombie","source":"市场监管部门在册数据","validFrom":"2026-01-01","validUntil":"2026-12-31"}""" + "\n"),
        Answers = [new(StatusCodes.Status200OK, typeof(ListStored), "The list is stored.")],
        Problems = [ProblemKind.InstitutionUnknown, ProblemKind.Refused],
    };

    private static Task<IResult> HandleAsync(Input input, ListUpload upload, ExclusionDesk desk, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        var list = input.Path<ListId>("list");
        input.Check();
        return upload.TakeAsync(
            input, institution, new ExclusionRows(institution, list), row => (row.Firm, row.Entry.Kind), NothingElse, rows => desk.PutAsync(rows, cancellationToken), cancellationToken);

        static Task<RowError?> NothingElse(ExclusionRow row, CancellationToken cancellationToken) => Task.FromResult<RowError?>(null);
    }
}
