using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Health;

/// <param name="Status">Always <c>up</c>; when it is not, the answer is a problem.</param>
public sealed record HealthView(string Status);

internal static class Live
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "Live",
        Method = HttpMethods.Get,
        Route = "/api/health/live",
        Handler = () => Answer.Json(new HealthView("up")),
        Tag = "Health",
        NeedsNoStorage = true,
        Summary = "Whether the program runs",
        Answers = [new(StatusCodes.Status200OK, typeof(HealthView), "It runs.")],
    };
}
