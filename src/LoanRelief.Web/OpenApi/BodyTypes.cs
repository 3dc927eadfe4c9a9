using System.Text.Json.Serialization.Metadata;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.OpenApi;

/// <summary>All types that can be part of a request's body: in these, members that are not known are refused.</summary>
internal static class BodyTypes
{
    public static IReadOnlySet<Type> All { get; } = Find();

    private static HashSet<Type> Find()
    {
        var found = new HashSet<Type>();
        foreach (var body in ApiEndpoints.All.Select(endpoint => endpoint.Body).OfType<ApiBody>())
            Visit(body.Type, found);
        return found;
    }

    private static void Visit(Type type, HashSet<Type> found)
    {
        var contract = WebJson.Options.GetTypeInfo(type);
        if (contract.Kind == JsonTypeInfoKind.Enumerable)
            Visit(contract.ElementType!, found);
        if (contract.Kind != JsonTypeInfoKind.Object || !found.Add(type))
            return;
        foreach (var property in contract.Properties)
            Visit(property.PropertyType, found);
        foreach (var derived in contract.PolymorphismOptions?.DerivedTypes ?? [])
            Visit(derived.DerivedType, found);
    }
}
