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
        if (year is < 1949 or > 2999)
            throw Wrong(path, "expected a year from 1949 to 2999");
        // Lists and dictionaries let null elements through, whatever their annotations say.
        if (content is null)
            throw Wrong(path, "expected an object, not null");
        if (content.Notices.ToList().FindIndex(string.IsNullOrWhiteSpace) is >= 0 and var notice)
            throw Wrong($"{path}.notices[{notice}]", "expected a document number");
        if (content.Holidays.Count == 0)
            throw Wrong($"{path}.holidays", "expected at least one holiday; leave the year out while it is not published");
        var seen = new HashSet<DateOnly>();
        for (var i = 0; i < content.Holidays.Count; i++)
            Check(year, content.Holidays[i], seen, $"{path}.holidays[{i}]");
    }

    private static void Check(int year, Holiday holiday, HashSet<DateOnly> seen, string path)
    {
        if (string.IsNullOrWhiteSpace(holiday?.Name))
            throw Wrong($"{path}.name", "expected a name");
        if (!BelongsTo(year, holiday.From))
            throw Wrong($"{path}.from", $"expected a date from {year - 1}-12-{BusinessCalendar.FirstDayMovedByNextYear} to {year}-12-31");
        if (holiday.To < holiday.From || !BelongsTo(year, holiday.To))
            throw Wrong($"{path}.to", $"expected a date from {holiday.From:yyyy-MM-dd} to {year}-12-31");
        for (var date = holiday.From; date <= holiday.To; date = date.AddDays(1))
        {
            if (!seen.Add(date))
                throw Wrong(path, $"{date:yyyy-MM-dd} stands twice in this year");
        }

        for (var i = 0; i < holiday.MakeUpDays.Count; i++)
        {
            var date = holiday.MakeUpDays[i];
            if (!BelongsTo(year, date) || !BusinessCalendar.IsWeekend(date))
                throw Wrong($"{path}.makeUpDays[{i}]", $"expected a Saturday or Sunday of {year}");
            if (!seen.Add(date))
                throw Wrong($"{path}.makeUpDays[{i}]", $"{date:yyyy-MM-dd} stands twice in this year");
        }
    }

    /// <summary>The notice of a year also moves days of the last week of December before it (元旦).</summary>
    private static bool BelongsTo(int year, DateOnly date) =>
        date.Year == year || (date.Year == year - 1 && date is { Month: 12, Day: >= BusinessCalendar.FirstDayMovedByNextYear });

    private static JsonException Wrong(string path, string expected) =>
        new($"{path}: {expected}.", path, null, null);
}
