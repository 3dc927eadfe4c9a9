using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoanRelief.Domain.Calendars;

/// <summary>Reads holiday data and refuses what a State Council notice can not say.</summary>
internal static class HolidayDataReader
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <exception cref="JsonException">Its <see cref="JsonException.Path"/> and message name the place.</exception>
    public static HolidayData Read(string json)
    {
        var data = Deserialize(json) ?? throw Wrong("$", "expected an object, not null");
        if (data.Years.Count == 0)
            throw Wrong("$.years", "expected at least one year");
        foreach (var (year, content) in data.Years)
            Check(year, content, $"$.years['{year.ToString(CultureInfo.InvariantCulture)}']");
        return data;
    }

    private static HolidayData? Deserialize(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<HolidayData>(json, Options);
        }
        catch (JsonException e) when (e.Path is { } path && !e.Message.Contains(path, StringComparison.Ordinal))
        {
            throw new JsonException($"{path}: {e.Message}", path, e.LineNumber, e.BytePositionInLine, e);
        }
    }

    private static void Check(int year, HolidayYear content, string path)
    {
        if (year is < HolidayRules.FirstYear or > HolidayRules.LastYear)
            throw Wrong(path, $"expected a year from {HolidayRules.FirstYear} to {HolidayRules.LastYear}");
        // Lists and dictionaries let null elements through, whatever their annotations say.
        if (content is null)
            throw Wrong(path, "expected an object, not null");
        if (content.Holidays.Count == 0)
            throw Wrong($"{path}.holidays", "expected at least one holiday; leave the year out while it is not published");
        if (content.Holidays.ToList().IndexOf(null!) is >= 0 and var missing)
            throw Wrong($"{path}.holidays[{missing}]", "expected an object, not null");
        if (HolidayRules.Check(year, content) is [var first, ..])
            throw Wrong($"{path}.{first.Field}", $"{first.Code} ({string.Join(", ", first.Values.Select(value => $"{value.Key} {value.Value}"))})");
    }

    private static JsonException Wrong(string path, string expected) =>
        new($"{path}: {expected}.", path, null, null);
}
