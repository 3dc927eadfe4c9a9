using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Health;

internal static class Ready
{
    /// <summary>Any id does: it need not exist.</summary>
    private static readonly InstitutionId Anyone = Identifier.Parse<InstitutionId>("readiness-check");

    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "Ready",
        Method = HttpMethods.Get,
        Route = "/api/health/ready",
        Handler = HandleAsync,
        Tag = "Health",
        Summary = "Whether the program can work: its storage answers",
        Answers = [new(StatusCodes.Status200OK, typeof(HealthView), "It can.")],
    };

    private static async Task<IResult> HandleAsync(IInstitutionStore institutions, CancellationToken cancellationToken)
    {
        await institutions.FindAsync(Anyone, cancellationToken); // one point read
        return Answer.Json(new HealthView("up"));
    }
}
