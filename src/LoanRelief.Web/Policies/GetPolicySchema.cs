using System.Text.Json.Nodes;
using LoanRelief.Domain.Policies;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Policies;

internal static class GetPolicySchema
{
    /// <summary>Its place in the path can not be the name of a pack.</summary>
    public const string ReservedId = "schema";

    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetPolicySchema",
        Method = HttpMethods.Get,
        Route = $"/api/policies/{ReservedId}",
        Handler = Handle,
        Tag = "Policies",
        NeedsNoStorage = true,
        Summary = "The JSON Schema of a policy pack",
        Answers = [new(StatusCodes.Status200OK, typeof(JsonObject), "JSON Schema, draft 2020-12.")],
    };

    private static IResult Handle() => Results.Text(PolicyPackSchema.Json, "application/json");
}
