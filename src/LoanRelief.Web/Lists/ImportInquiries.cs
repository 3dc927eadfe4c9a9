using LoanRelief.Desk.Lists;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Lists;

internal static class ImportInquiries
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ImportInquiries",
        Method = HttpMethods.Post,
        Route = "/api/institutions/{institution}/inquiry-lists/{list}",
        Handler = HandleAsync,
        Tag = "Lists",
        Summary = "Stores a list of needs and problems that want an answer",
        Description = "需求清单, 问题清单 (渝北金〔2022〕16号 十六): each entry is pushed to whoever is responsible and has a last day for its answer, by the policy so many working days after it was received, "
            + "or as the list says. An institution lists what it has to answer itself; an `authority` names the responsible institution of each entry. "
            + ListUpload.Description,
        Parameters = [ApiParameters.Institution, ImportExclusions.List with { Example = "needs-2026-01" }],
        Upload = ListUpload.Files(
            "number,kind,creditCode,name,text,responsible,receivedOn,answerBy\n17,need,91330328MA2CPQ4R41,文成某贸易有限公司,购置设备需贷款三百万元,,2026-01-05,\n",
            """{"number":"18","kind":"problem","creditCode":"92330328MA2CPQ4R51","text":"抵押登记办理时间过长","receivedOn":"2026-01-05"}""" + "\n"),
        Answers = [new(StatusCodes.Status200OK, typeof(ListStored), "The list is stored.")],
        Problems = [ProblemKind.InstitutionUnknown, ProblemKind.Refused],
    };

    private static Task<IResult> HandleAsync(Input input, ListUpload upload, InquiryDesk desk, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        var list = input.Path<ListId>("list");
        input.Check();
        return upload.TakeAsync(
            input, institution, new InquiryRows(institution, list), row => row.Id, desk.AgainstAsync, rows => desk.PutAsync(rows, cancellationToken), cancellationToken);
    }
}
