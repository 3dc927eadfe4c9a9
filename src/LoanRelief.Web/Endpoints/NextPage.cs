using Microsoft.AspNetCore.WebUtilities;

namespace LoanRelief.Web.Endpoints;

/// <summary>Where the next page of a list is.</summary>
internal static class NextPage
{
    /// <summary>Says it in the <c>Link</c> header: the same request with the continuation; nothing on the last page.</summary>
    public static void Link(HttpContext http, string? continuation)
    {
        if (continuation is null)
            return;
        var parameters = http.Request.Query.Where(parameter => parameter.Key != "continuation")
            .Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value))
            .Append(KeyValuePair.Create("continuation", (string?)continuation));
        http.Response.Headers.Link = $"<{QueryHelpers.AddQueryString(http.Request.Path, parameters)}>; rel=\"next\"";
    }
}
