using System.Globalization;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Reading;
using Microsoft.AspNetCore.WebUtilities;

namespace LoanRelief.Web.Endpoints;

/// <summary>Lists come a page at a time: what a request says about its page, and where the next one is.</summary>
internal static class NextPage
{
    private const string PageSize = "pageSize";
    private const string Continuation = "continuation";
    private const int Usual = 50;

    private static Refusal Unknown => new("continuation-unknown", Continuation);

    /// <param name="what">That a page has, such as "Cases".</param>
    /// <param name="most">On one page.</param>
    /// <param name="note">A sentence besides.</param>
    public static ApiParameter Size(string what, int most = 1_000, string? note = null) => new(
        PageSize, ParameterPlace.Query, typeof(int),
        string.Create(CultureInfo.InvariantCulture, $"{what} on a page, 1 to {most:N0}; {Usual} if left out.{(note is null ? "" : " " + note)}"),
        Usual.ToString(CultureInfo.InvariantCulture));

    /// <param name="example">A continuation as this list gives it out.</param>
    /// <param name="others">Whether the list has other parameters, which have to stay.</param>
    public static ApiParameter After(string example, bool others = true) => new(
        Continuation, ParameterPlace.Query, typeof(string), others ? "From the page before, with the other parameters unchanged." : "From the page before.", example);

    /// <summary>How many of them the request wants.</summary>
    public static int SizeOf(Input input, int most = 1_000) => input.QueryNumber(PageSize, 1, most, Usual);

    /// <summary>What the page comes after, as the page before said; null for the first.</summary>
    /// <param name="read">Null when the continuation does not belong to the list, which is refused.</param>
    public static T? PlaceOf<T>(Input input, Func<string, T?> read)
        where T : struct
    {
        if (input.QueryText(Continuation) is not { } text)
            return null;
        var place = read(text);
        if (place is null)
            input.Refuse(Unknown);
        return place;
    }

    /// <summary>Reads a page.</summary>
    /// <param name="read">Throws a <see cref="FormatException"/> when the continuation does not belong to the list.</param>
    /// <exception cref="Problems.ProblemException">It does not.</exception>
    public static async Task<T> ReadAsync<T>(Input input, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (FormatException)
        {
            input.Refuse(Unknown);
            input.Check();
            throw;
        }
    }

    /// <summary>Says it in the <c>Link</c> header: the same request with the continuation; nothing on the last page.</summary>
    public static void Link(HttpContext http, string? continuation)
    {
        if (continuation is null)
            return;
        var parameters = http.Request.Query.Where(parameter => parameter.Key != Continuation)
            .Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value))
            .Append(KeyValuePair.Create(Continuation, (string?)continuation));
        http.Response.Headers.Link = $"<{QueryHelpers.AddQueryString(http.Request.Path, parameters)}>; rel=\"next\"";
    }
}
