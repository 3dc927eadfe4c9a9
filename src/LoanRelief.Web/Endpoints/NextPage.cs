using LoanRelief.Domain.Values;
using LoanRelief.Web.Reading;
using Microsoft.AspNetCore.WebUtilities;

namespace LoanRelief.Web.Endpoints;

/// <summary>Where the next page of a list is.</summary>
internal static class NextPage
{
    private const string Continuation = "continuation";

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
            input.Refuse(new Refusal("continuation-unknown", Continuation));
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
