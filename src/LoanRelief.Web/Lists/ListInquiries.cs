using System.Globalization;
using LoanRelief.Desk.Lists;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Institutions;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Lists;

/// <summary>One page of needs and problems that an institution has to answer.</summary>
/// <param name="Inquiries">By the last day for an answer.</param>
/// <param name="Continuation">Leads to the next page; not there on the last.</param>
public sealed record InquiryList(IReadOnlyList<InquiryView> Inquiries, string? Continuation);

internal static class ListInquiries
{
    private const int LargestPage = 100;

    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ListInquiries",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/inquiries",
        Handler = HandleAsync,
        Tag = "Lists",
        Summary = "The needs and problems that an institution has to answer, a page at a time",
        Description = "Its own and those that authorities have pushed to it; each with the loans that the firm has of it.",
        Parameters =
        [
            ApiParameters.Institution,
            new("late", ParameterPlace.Query, typeof(bool), "`true` for those whose last day has passed.", "false"),
            NextPage.Size("Inquiries", LargestPage),
            NextPage.After("2026-01-19~wencheng-rcb~needs-2026-01~17"),
        ],
        Answers = [new(StatusCodes.Status200OK, typeof(InquiryList), "One page.", ApiHeaders.Link)],
        Problems = [ProblemKind.InstitutionUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, InquiryDesk desk, IInstitutionStore institutions, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        var late = input.QueryFlag("late");
        var size = NextPage.SizeOf(input, LargestPage);
        var after = NextPage.PlaceOf(input, Place);
        input.Check();
        if (await institutions.FindAsync(institution, cancellationToken) is null)
            return GetInstitution.Unknown(institution);
        var page = await desk.OpenAsync(institution, late, after, size, cancellationToken);
        var continuation = page.Next is { } next ? string.Create(CultureInfo.InvariantCulture, $"{next.AnswerBy:yyyy-MM-dd}~{next.Id}") : null;
        NextPage.Link(input.Http, continuation);
        return Answer.Worded(input.Http, texts => new InquiryList([.. page.Inquiries.Select(inquiry => InquiryView.Of(inquiry, texts))], continuation));
    }

    private static OpenInquiry? Place(string continuation) =>
        continuation.Split('~', 2) is [var by, var id]
        && DateOnly.TryParseExact(by, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && InquiryId.TryParse(id, out var inquiry)
            ? new(day, inquiry)
            : null;
}
