using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Policies;

internal static class PutPolicy
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "PutPolicy",
        Method = HttpMethods.Put,
        Route = "/api/policies/{id}",
        Handler = HandleAsync,
        Tag = "Policies",
        Summary = "Stores a policy pack as a new version",
        Description = "Each time a new version; earlier ones stay as they are, and an open case keeps those that it began with. "
            + "The version that the body names is not looked at. What is wrong is named with its JSON path.",
        Parameters =
        [
            ApiParameters.Policy,
            new("If-Match", ParameterPlace.Header, typeof(string), "The `ETag` of the latest version as the caller has seen it: nothing is stored if there is a later one.", "\"v1\""),
        ],
        Body = new(typeof(PolicyPack), PolicyPacks.Shipped.Single(pack => pack.Id.Value == "general-rules-of-loans")),
        Answers =
        [
            new(StatusCodes.Status201Created, typeof(PolicyPack), "The pack is new.", ApiHeaders.Location, ApiHeaders.ETag),
            new(StatusCodes.Status200OK, typeof(PolicyPack), "The pack has a new version.", ApiHeaders.Location, ApiHeaders.ETag),
        ],
        Problems = [ProblemKind.Refused, ProblemKind.PolicyChanged],
    };

    private static async Task<IResult> HandleAsync(Input input, PolicyDesk desk, CancellationToken cancellationToken)
    {
        var id = input.Path<PolicyPackId>("id");
        var version = input.IfMatch();
        var pack = await input.BodyAsync<PolicyPack>(cancellationToken);
        if (WhyNot(id, pack).ToList() is { Count: > 0 } reasons)
            return new ProblemAnswer(ProblemKind.Refused) { Errors = reasons };
        switch (await desk.PutAsync(pack, version, cancellationToken))
        {
            case PutPolicyAnswer.Refused refused:
                return new ProblemAnswer(ProblemKind.Refused) { Errors = refused.Reasons };
            case PutPolicyAnswer.Stale stale:
                return new ProblemAnswer(ProblemKind.PolicyChanged).With("version", stale.Latest);
            case PutPolicyAnswer.Stored { Pack: var stored }:
                input.Http.Response.Headers.Location = $"/api/policies/{id}?version={stored.Version}";
                input.Http.Response.Headers.ETag = VersionTag.Of(stored.Version);
                return Answer.Json(stored, stored.Version == 1 ? StatusCodes.Status201Created : StatusCodes.Status200OK);
            default:
                throw new InvalidOperationException("A pack is stored or it is not.");
        }
    }

    private static IEnumerable<Refusal> WhyNot(PolicyPackId id, PolicyPack pack)
    {
        if (pack.Id != id)
            yield return new Refusal("path-and-body-differ", "id").With("path", id).With("body", pack.Id);
        if (id.Value == GetPolicySchema.ReservedId)
            yield return new("by-reserved", "id");
    }
}
