using System.Globalization;
using System.Text.Json.Nodes;

namespace LoanRelief.Web.Tests.Kit;

/// <summary>Bodies that differ from a good one in one place.</summary>
internal static class JsonEdit
{
    /// <summary>Puts another value at a path such as <c>holidays[1].to</c>; null takes what is there away.</summary>
    public static JsonObject With(this JsonObject body, string path, string? value)
    {
        var steps = path.Split('.', '[');
        JsonNode at = body;
        foreach (var step in steps[..^1])
            at = Index(step) is { } index ? at[index]! : at[step]!;
        if (value is null)
            at.AsObject().Remove(steps[^1]);
        else if (Index(steps[^1]) is { } last)
            at[last] = JsonNode.Parse(value);
        else
            at[steps[^1]] = JsonNode.Parse(value);
        return body;
    }

    private static int? Index(string step) => step.EndsWith(']') ? int.Parse(step.AsSpan(..^1), CultureInfo.InvariantCulture) : null;
}
