using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Imports.Reading;
using LoanRelief.Web.Institutions;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;
using Microsoft.AspNetCore.Http.Features;

namespace LoanRelief.Web.Imports;

/// <summary>A file in the body of a request, which is read while it comes.</summary>
internal static class BookUpload
{
    /// <summary>Has the file read, if it may come in at all.</summary>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <param name="read">Reads the body to its end.</param>
    public static async Task<IResult> TakeAsync(
        Input input, InstitutionId institution, IInstitutionStore institutions, long limit, Func<BookContentType, Task<IResult>> read, CancellationToken cancellationToken)
    {
        var request = input.Http.Request;
        var type = BookContentType.Of(request) ?? throw new ProblemException(new(ProblemKind.UnsupportedMediaType));
        if (request.ContentLength > limit)
            return TooLarge(limit);
        if (await institutions.FindAsync(institution, cancellationToken) is null)
            return GetInstitution.Unknown(institution);
        if (input.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limit;
        try
        {
            return await read(type);
        }
        catch (BookRefusedException refused)
        {
            return new ProblemAnswer(ProblemKind.Refused) { Errors = refused.Reasons };
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge(limit);
        }
    }

    /// <summary>The whole file is refused.</summary>
    /// <param name="reason">Which limit it passes.</param>
    /// <param name="first">The first of the rows that were refused.</param>
    public static ProblemAnswer Refused(Refusal reason, IReadOnlyList<RejectedRow> first) =>
        new(ProblemKind.Refused) { Errors = [reason, .. first.SelectMany(row => row.Errors.Select(error => error.Refusal.With("line", row.Line)))] };

    private static ProblemAnswer TooLarge(long limit) => new ProblemAnswer(ProblemKind.BodyTooLarge).With("limit", limit);
}
