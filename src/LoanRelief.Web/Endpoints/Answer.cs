using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Endpoints;

internal static class Answer
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, WebJson.Options, statusCode: status);

    /// <summary>JSON with words in it, in the language of the caller.</summary>
    public static IResult Worded<T>(HttpContext http, Func<Catalogue, T> value, int status = StatusCodes.Status200OK)
    {
        var texts = Catalogue.For(http);
        http.Response.Headers.ContentLanguage = texts.Language.Tag();
        return Json(value(texts), status);
    }
}
