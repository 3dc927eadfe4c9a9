using System.Text.Json;

namespace LoanRelief.Scenarios.Docs;

/// <summary>What a call wrote, as a document shows it: JSON with line breaks, where it does not fit on one line; all else as it came.</summary>
internal static class Readable
{
    private const int Width = 100;
    private const string Step = "  ";

    public static IReadOnlyList<string> Lines(string output)
    {
        var text = output.ReplaceLineEndings("\n").TrimEnd();
        var body = text.StartsWith("HTTP/", StringComparison.Ordinal) ? text.IndexOf("\n\n", StringComparison.Ordinal) + 2 : 0;
        return (text[..body] + Json(text[body..])).Split('\n');
    }

    private static string Json(string text)
    {
        using var json = JsonDocument.Parse(text);
        return Broken(json.RootElement, "");
    }

    private static string Broken(JsonElement json, string indent) => json.ValueKind switch
    {
        JsonValueKind.Object => Broken('{', json.EnumerateObject().Select(member => $"\"{member.Name}\": {Fitting(member.Value, indent + Step, member.Name.Length + 5)}"), '}', indent),
        JsonValueKind.Array => Broken('[', json.EnumerateArray().Select(item => Fitting(item, indent + Step, 1)), ']', indent),
        _ => json.GetRawText(),
    };

    private static string Broken(char open, IEnumerable<string> parts, char close, string indent) =>
        $"{open}\n{string.Join(",\n", parts.Select(part => indent + Step + part))}\n{indent}{close}";

    private static string Fitting(JsonElement json, string indent, int taken) =>
        OnOneLine(json) is { } line && indent.Length + taken + line.Length <= Width ? line : Broken(json, indent);

    private static string OnOneLine(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object when json.GetPropertyCount() > 0 =>
            $"{{ {string.Join(", ", json.EnumerateObject().Select(member => $"\"{member.Name}\": {OnOneLine(member.Value)}"))} }}",
        JsonValueKind.Array => $"[{string.Join(", ", json.EnumerateArray().Select(OnOneLine))}]",
        _ => json.GetRawText(),
    };
}
