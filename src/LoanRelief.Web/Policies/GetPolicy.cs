using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Policies;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Policies;

internal static class GetPolicy
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetPolicy",
        Method = HttpMethods.Get,
        Route = "/api/policies/{id}",
        Handler = HandleAsync,
        Tag = "Policies",
        Summary = "One policy pack with all its articles",
        Parameters =
        [
            ApiParameters.Policy,
            new("version", ParameterPlace.Query, typeof(int), "Which version; the latest if left out. A version never changes.", "1"),
        ],
        Answers = [new(StatusCodes.Status200OK, typeof(PolicyPack), "The pack.", ApiHeaders.ETag)],
        Problems = [ProblemKind.PolicyUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, PolicyDesk desk, CancellationToken cancellationToken)
    {
        var id = input.Path<PolicyPackId>("id");
        var version = input.QueryNumber("version", 1, 999_999, otherwise: 0);
        input.Check();
        var pack = version == 0
            ? await desk.FindLatestAsync(id, cancellationToken)
            : await desk.FindAsync(new(id, version), cancellationToken);
        if (pack is null)
            return new ProblemAnswer(ProblemKind.PolicyUnknown).With("policy", id);
        input.Http.Response.Headers.ETag = VersionTag.Of(pack.Version);
        return Answer.Json(pack);
    }
}
