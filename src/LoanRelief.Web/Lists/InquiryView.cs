using LoanRelief.Desk.Lists;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Lists;

/// <summary>What a firm needs, or a problem that it has.</summary>
public sealed record InquiryView
{
    public required InquiryId Id { get; init; }

    public required InquiryKind Kind { get; init; }

    public required string KindTitle { get; init; }

    /// <summary>Who published the list.</summary>
    public required InstitutionId By { get; init; }

    /// <summary>责任单位: who has to answer.</summary>
    public required InstitutionId Responsible { get; init; }

    /// <summary>统一社会信用代码 of the firm.</summary>
    public required CreditCode CreditCode { get; init; }

    /// <summary>The loans that the firm has of the institution that looks.</summary>
    public required IReadOnlyList<LoanNumber> Loans { get; init; }

    /// <summary>What is wanted.</summary>
    public required string Text { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The last day on which an answer is in time.</summary>
    public required DateOnly AnswerBy { get; init; }

    /// <summary>True when that rests on a year whose holidays are not published.</summary>
    public required bool Provisional { get; init; }

    /// <summary>Whether no answer came in time.</summary>
    public required bool Late { get; init; }

    /// <summary>How many times whoever is responsible was reminded.</summary>
    public required int Reminders { get; init; }

    /// <summary>Not there while it is open.</summary>
    public InquiryAnswer? Answer { get; init; }

    internal static InquiryView Of(InquiryWithLoans found, Catalogue texts) => new()
    {
        Id = found.Inquiry.Id,
        Kind = found.Inquiry.Kind,
        KindTitle = texts.Of(found.Inquiry.Kind),
        By = found.Inquiry.Id.By,
        Responsible = found.Inquiry.Responsible,
        CreditCode = found.Inquiry.Firm,
        Loans = found.Loans,
        Text = found.Inquiry.Text,
        ReceivedOn = found.Inquiry.ReceivedOn,
        AnswerBy = found.Inquiry.AnswerBy.Date,
        Provisional = found.Inquiry.AnswerBy.Provisional,
        Late = found.Late,
        Reminders = found.Inquiry.Reminders,
        Answer = found.Inquiry.Answer,
    };
}

internal static class GetInquiry
{
    public static readonly ApiParameter Inquiry = new("inquiry", ParameterPlace.Path, typeof(InquiryId), "The inquiry: whose list, which list, and the number there.", "wencheng-rcb~needs-2026-01~17");

    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetInquiry",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/inquiries/{inquiry}",
        Handler = HandleAsync,
        Tag = "Lists",
        Summary = "A need or a problem, and its answer",
        Description = "For whoever has to answer it, and for whoever published it.",
        Parameters = [ApiParameters.Institution, Inquiry],
        Answers = [new(StatusCodes.Status200OK, typeof(InquiryView), "The inquiry.")],
        Problems = [ProblemKind.InquiryUnknown],
    };

    public static ProblemAnswer Unknown(InstitutionId institution, InquiryId id) => new ProblemAnswer(ProblemKind.InquiryUnknown).With("inquiry", id).With("institution", institution);

    private static async Task<IResult> HandleAsync(Input input, InquiryDesk desk, CancellationToken cancellationToken)
    {
        var (institution, id) = (input.Path<InstitutionId>("institution"), input.Path<InquiryId>("inquiry"));
        input.Check();
        return await desk.FindAsync(institution, id, cancellationToken) is { } found ? Answer.Worded(input.Http, texts => InquiryView.Of(found, texts)) : Unknown(institution, id);
    }
}
