using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace LoanRelief.Web.Tests.Fuzz;

/// <summary>One thing that is done to a body: at which place, what, and by how much. Any three numbers are one.</summary>
internal readonly record struct Mutation(int Place, int Kind, int Size)
{
    private static readonly Gen<Mutation> Any = Gen.Select(Gen.Int[0, 99_999], Gen.Int[0, 99_999], Gen.Int[-50_000, 50_000]).Select((place, kind, size) => new Mutation(place, kind, size));

    /// <summary>Mostly one at a time, so that it is clear what the answer has to name.</summary>
    public static readonly Gen<Mutation[]> Few = Gen.Frequency((3, Any.Array[1]), (1, Any.Array[2, 4]));
}

/// <summary>A body that was valid.</summary>
/// <param name="Text">As it is sent; it need not be JSON any more.</param>
/// <param name="Paths">The places that were touched.</param>
internal sealed record MutatedBody(string Text, IReadOnlyList<string> Paths)
{
    private static readonly string[] Numbers =
    [
        "-1", "0", "-0", "-0.01", "0.001", "0.01", "1", "1.0", "3e0", "1e28", "1e29", "1E400", "-1e-400", "0.0000000001", "0.0435000001", "79228162514264337593543950335",
        "9223372036854775807", "92233720368547758.07", "2147483648", "10000000000.00", "10000000000.01", "0.36", "0.360001", "12", "120", "121", "1200",
    ];

    private static readonly string[] Dates =
    [
        "0001-01-01", "0001-12-31", "1899-12-31", "1990-01-01", "2025-03-21", "2027-02-29", "2028-02-29", "2100-02-29", "2100-12-31", "2126-03-20", "9999-01-01", "9999-12-31",
        "2026-13-01", "2026-04-31", "2026-1-5", "20260105", "2026-01-05T00:00:00+08:00", "10000-01-01", "-0001-01-01",
    ];

    private static readonly string[] Instants =
    [
        "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", "2999-12-31T00:00:00Z", "2026-02-29T00:00:00Z",
        "2026-02-01T09:00:00", "2026-02-01 09:00:00Z", "2026-02-01T09:00:00+25:00", "2026-02-01",
    ];

    /// <summary>With the quotes, for some can be written in no other way.</summary>
    private static readonly string[] Texts =
    [
        "\"\"", "\"   \"", $"\"{Private}\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\"", "\"a\\u0007b\"", "\"\\u202e\"", "\"😀\"", "\"../../x\"", "\"'; drop\"", "\"{limit}\"",
        "\"=1+1\"", "\"a,b\"", "\"a\\nb\"", "\"renew\"", "\"bullet\"", "\"equalInstalment\"", "\"equalPrincipal\"", "\"thirty360\"", "\"stay\"", "\"repay\"", "\"reverse\"", "\"failed\"",
    ];

    private static readonly string[] Anything =
    [
        "null", "true", "false", "[]", "[null]", "[[]]", "{}", "{\"type\":\"renewal\"}", "7", "1.005", "\"text\"", "\"2026-02-02\"", Nested("[", "]", 60), Nested("[", "]", 2000),
        Nested("{\"a\":", "}", 60), Long(101), Long(5_000), Long(250_000),
    ];

    /// <summary>In characters. A server does not take in the rest of 30 MB that it has refused: it breaks the connection off, and nobody hears the answer.</summary>
    private const int Longest = 8_000_000;

    /// <summary>Stands for what is nobody's business, and so must never come into a log.</summary>
    public const string Private = "机密-7391";

    public static MutatedBody Of(JsonNode sample, IReadOnlyList<Mutation> mutations)
    {
        var body = sample.DeepClone();
        var (written, paths) = (new List<string>(), new List<string>());
        foreach (var mutation in mutations)
        {
            var places = JsonPlace.Within(body).ToList();
            if (places.Count == 0)
                break;
            var place = places[mutation.Place % places.Count];
            paths.Add(place.Path);
            if (Written(place, mutation) is not { } text)
            {
                place.Remove();
                continue;
            }

            // What a tree of JSON can not hold is put in when the tree has been written.
            place.Put(Mark(written.Count));
            written.Add(text);
        }

        var whole = body.ToJsonString();
        for (var i = written.Count - 1; i >= 0; i--)
            whole = whole.Replace($"\"{Mark(i)}\"", written[i], StringComparison.Ordinal);
        // Two that repeat and lengthen each other make tens of megabytes.
        return whole.Length > Longest && mutations.Count > 1 ? Of(sample, [.. mutations.SkipLast(1)]) : new(whole, paths);
    }

    /// <summary>Null to take it away.</summary>
    private static string? Written(JsonPlace place, Mutation mutation)
    {
        var value = place.Text;
        switch (mutation.Kind % 10)
        {
            case 0:
                return null;
            case 1:
                return Pick(Anything, mutation);
            case 2 when place.Name is not null:
                return mutation.Size % 2 == 0 ? $"{value},\"surplus\":1" : $"{value},{JsonSerializer.Serialize(place.Name)}:{value}";
            case 2:
                return string.Join(',', Enumerable.Repeat(value, (Math.Abs(mutation.Size) % 4) switch { 0 => 5_000, 1 => 101, _ => 2 }));
            default:
                return Like(place.Kind, value, mutation);
        }
    }

    /// <summary>Something of the same kind.</summary>
    private static string Like(JsonValueKind kind, string value, Mutation mutation)
    {
        var size = mutation.Size;
        if (kind == JsonValueKind.Number)
        {
            var number = decimal.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture);
            return (Math.Abs(size) % 4) switch
            {
                0 => (number * size / 100).ToString(CultureInfo.InvariantCulture),
                1 => decimal.Round(number * Math.Abs(size) / 40_000, 2).ToString(CultureInfo.InvariantCulture),
                2 => decimal.Truncate(number + size / 1000).ToString(CultureInfo.InvariantCulture),
                _ => Pick(Numbers, mutation),
            };
        }

        var text = kind == JsonValueKind.String ? JsonSerializer.Deserialize<string>(value)! : "";
        if (DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return size % 2 == 0 ? $"\"{Pick(Dates, mutation)}\"" : $"\"{date.AddDays(size % 3 == 0 ? size : size % 400):O}\"";
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var instant))
            return size % 2 == 0 ? $"\"{Pick(Instants, mutation)}\"" : $"\"{instant.AddHours(size):O}\"";
        return kind switch
        {
            JsonValueKind.String => Pick(Texts, mutation),
            JsonValueKind.True => "false",
            JsonValueKind.False => "true",
            _ => Pick(Anything, mutation),
        };
    }

    private static string Pick(string[] some, Mutation mutation) => some[mutation.Kind / 10 % some.Length];

    private static string Mark(int index) => $"@@{index}@@";

    private static string Long(int length) => $"\"{new string('x', length)}\"";

    private static string Nested(string open, string close, int depth) =>
        string.Concat(Enumerable.Repeat(open, depth)) + (open.Length > 1 ? "1" : "") + string.Concat(Enumerable.Repeat(close, depth));
}

/// <summary>A value within a JSON document.</summary>
/// <param name="Parent">The object or list that holds it.</param>
/// <param name="Name">In the object; null in a list.</param>
/// <param name="Index">In the list.</param>
/// <param name="Path">As problems name it: <c>changes[0].newMaturity</c>.</param>
internal sealed record JsonPlace(JsonNode Parent, string? Name, int Index, string Path)
{
    private JsonNode? Value => Name is null ? Parent[Index] : Parent[Name];

    public JsonValueKind Kind => Value?.GetValueKind() ?? JsonValueKind.Null;

    public string Text => Value?.ToJsonString() ?? "null";

    public static IEnumerable<JsonPlace> Within(JsonNode? node, string path = "") => node switch
    {
        JsonObject members => members.ToList().SelectMany(member =>
            Below(new(node, member.Key, 0, path.Length == 0 ? member.Key : $"{path}.{member.Key}"))),
        JsonArray items => Enumerable.Range(0, items.Count).SelectMany(index => Below(new(node, null, index, $"{path}[{index}]"))),
        _ => [],
    };

    public void Put(JsonNode value)
    {
        if (Name is null)
            Parent[Index] = value;
        else
            Parent[Name] = value;
    }

    public void Remove()
    {
        if (Name is null)
            Parent.AsArray().RemoveAt(Index);
        else
            Parent.AsObject().Remove(Name);
    }

    private static IEnumerable<JsonPlace> Below(JsonPlace place) => [place, .. Within(place.Value, place.Path)];
}
