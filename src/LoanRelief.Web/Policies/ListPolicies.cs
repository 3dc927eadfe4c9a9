using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Policies;

internal static class ListPolicies
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ListPolicies",
        Method = HttpMethods.Get,
        Route = "/api/policies",
        Handler = HandleAsync,
        Tag = "Policies",
        Summary = "All policy packs, each in its latest version",
        Answers = [new(StatusCodes.Status200OK, typeof(PolicyList), "All packs by id.")],
    };

    private static async Task<IResult> HandleAsync(PolicyDesk desk, TimeProvider clock, CancellationToken cancellationToken)
    {
        var today = BeijingTime.DateOf(clock.GetUtcNow());
        return Answer.Json(new PolicyList([.. (await desk.LatestAsync(cancellationToken)).Select(pack => PolicySummary.Of(pack, today))]));
    }
}
