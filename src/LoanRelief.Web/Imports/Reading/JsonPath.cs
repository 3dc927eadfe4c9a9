using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LoanRelief.Web.Imports.Reading;

internal static partial class JsonPath
{
    /// <summary>What stands at a path such as <c>guarantors[0].name</c>.</summary>
    public static string? TextAt(JsonElement json, string? path)
    {
        if (path is null)
            return null;
        foreach (Match step in Step.Matches(path))
        {
            if (step.Groups["index"] is { Success: true, ValueSpan: var digits })
            {
                var index = int.Parse(digits, CultureInfo.InvariantCulture);
                if (json.ValueKind != JsonValueKind.Array || index >= json.GetArrayLength())
                    return null;
                json = json[index];
            }
            else if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(step.ValueSpan, out json))
            {
                return null;
            }
        }

        return json.ValueKind == JsonValueKind.String ? json.GetString() : json.GetRawText();
    }

    [GeneratedRegex(@"\[(?<index>\d+)\]|[^.\[\]]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Step { get; }
}
