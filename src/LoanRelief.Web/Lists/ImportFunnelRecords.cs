using LoanRelief.Desk.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Lists;

internal static class ImportFunnelRecords
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ImportFunnelRecords",
        Method = HttpMethods.Post,
        Route = "/api/institutions/{institution}/funnel-records",
        Handler = HandleAsync,
        Tag = "Lists",
        Summary = "Stores who was visited, recommended, granted credit, and got the money",
        Description = "走访清单, 推荐清单, 授信, 放款: one row for each firm, stage and day; the same again with other figures takes the place of the earlier one, and with `withdrawn` takes it back: "
            + "what was recorded for a wrong day is withdrawn there and recorded for the right one, in one list. Counts follow at once. "
            + "A firm on an exclusion list that is valid on the day is refused for the first two stages: it is screened out before lists are made. "
            + ListUpload.Description,
        Parameters = [ApiParameters.Institution],
        Upload = ListUpload.Files(
            "creditCode,name,stage,on,district,sector,foreignTrade,amount\n92330328MA2CPQ4R51,文成某食品店,visited,2025-12-08,330328,C14,false,\n92330328MA2CPQ4R51,文成某食品店,credit,2025-12-22,330328,C14,false,3000000.00\n",
            """{"creditCode":"92330328MA2CPQ4R51","stage":"disbursed","on":"2025-12-29","district":"330328","sector":"C14","amount":1200000.00}""" + "\n"),
        Answers = [new(StatusCodes.Status200OK, typeof(ListStored), "The list is stored.")],
        Problems = [ProblemKind.InstitutionUnknown, ProblemKind.Refused],
    };

    private static Task<IResult> HandleAsync(Input input, ListUpload upload, FunnelDesk desk, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        input.Check();
        return upload.TakeAsync(
            input, institution, new FunnelRows(institution), row => (row.Firm, row.Record.Stage, row.Record.On), desk.AgainstAsync,
            rows => desk.PutAsync(rows, cancellationToken), cancellationToken);
    }
}
