using System.ComponentModel.DataAnnotations;
using LoanRelief.Desk.Lists;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Lists;

/// <summary>An answer to a need or a problem.</summary>
public sealed record InquiryAnswerBody
{
    /// <summary>Who answers, as the institution names them.</summary>
    [StringLength(100, MinimumLength = 1)]
    public required string By { get; init; }

    /// <summary>What was done about it.</summary>
    [StringLength(InquiryRow.LongestText, MinimumLength = 1)]
    public required string Text { get; init; }
}

internal static class AnswerInquiry
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "AnswerInquiry",
        Method = HttpMethods.Post,
        Route = "/api/institutions/{institution}/inquiries/{inquiry}/answer",
        Handler = HandleAsync,
        Tag = "Lists",
        Summary = "Answers a need or a problem",
        Description = "By whoever is responsible, once for good; the same answer again changes nothing. One that comes late is taken, and the inquiry stays late.",
        Parameters = [ApiParameters.Institution, GetInquiry.Inquiry],
        Body = new(typeof(InquiryAnswerBody), new InquiryAnswerBody { By = "mgr-lin", Text = "已上门对接，受理贷款申请" }),
        Answers = [new(StatusCodes.Status200OK, typeof(InquiryView), "The inquiry with its answer.")],
        Problems = [ProblemKind.InquiryUnknown, ProblemKind.InquiryAnswered, ProblemKind.Refused],
    };

    private static async Task<IResult> HandleAsync(Input input, InquiryDesk desk, CancellationToken cancellationToken)
    {
        var (institution, id) = (input.Path<InstitutionId>("institution"), input.Path<InquiryId>("inquiry"));
        var body = await input.BodyAsync<InquiryAnswerBody>(cancellationToken);
        return await desk.AnswerAsync(institution, id, input.Caller(body.By).By, body.Text, cancellationToken) switch
        {
            AnswerResult.Taken taken => Answer.Worded(input.Http, texts => InquiryView.Of(taken.Inquiry, texts)),
            AnswerResult.Answered answered => new ProblemAnswer(ProblemKind.InquiryAnswered).With("inquiry", id).With("on", answered.On),
            _ => GetInquiry.Unknown(institution, id),
        };
    }
}
