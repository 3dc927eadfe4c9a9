using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Health;

/// <summary>Where to look.</summary>
public sealed record WelcomeView(string Program, string OpenApi, string Cases, string Institutions, string Clock, string Health);

internal static class Welcome
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "Welcome",
        Method = HttpMethods.Get,
        Route = "/",
        Handler = () => Answer.Json(new WelcomeView(
            "LoanRelief", "/api/openapi.json", "/api/cases", "/api/institutions", "/api/operations/clock", "/api/health/ready")),
        Tag = "Health",
        NeedsNoStorage = true,
        Summary = "Where to look",
        Answers = [new(StatusCodes.Status200OK, typeof(WelcomeView), "Paths worth a look.")],
    };
}
