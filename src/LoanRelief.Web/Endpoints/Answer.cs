namespace LoanRelief.Web.Endpoints;

internal static class Answer
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, WebJson.Options, statusCode: status);
}
