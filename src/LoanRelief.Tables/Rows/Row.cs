using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using LoanRelief.Domain.Values;

namespace LoanRelief.Tables.Rows;

/// <summary>A row of a partition: its key, and all that it says as one JSON text.</summary>
/// <remarks>
/// A string property holds 64 KiB of UTF-16, so a longer text is spread over the properties <c>Json</c>, <c>Json2</c>,
/// <c>Json3</c> and so on. The limit of an entity, 1 MiB, leaves room for about 500,000 characters; a schedule of 360
/// instalments, before and after, takes about a tenth of that.
/// </remarks>
internal readonly record struct Row(string Key, string Json)
{
    private const int PartLength = 32 * 1024;
    private const string CommitProperty = "Commit";

    public static Row Of<T>(string key, T value) => new(key, JsonSerializer.Serialize(value, DomainJson.Options));

    /// <summary>As Table Storage wants it, marked with the transaction that wrote it.</summary>
    public TableEntity ToEntity(string partition, Guid commit)
    {
        var entity = new TableEntity(partition, Key) { [CommitProperty] = commit };
        var (part, start) = (0, 0);
        while (start < Json.Length)
        {
            var length = PartLengthAt(start);
            entity[PartName(part++)] = Json.Substring(start, length);
            start += length;
        }

        return entity;
    }

    public static T Read<T>(TableEntity entity)
    {
        var json = entity.GetString(PartName(0)) ?? throw Unreadable(entity);
        if (entity.GetString(PartName(1)) is { } second)
        {
            var text = new StringBuilder(json).Append(second);
            for (var part = 2; entity.GetString(PartName(part)) is { } next; part++)
                text.Append(next);
            json = text.ToString();
        }

        return JsonSerializer.Deserialize<T>(json, DomainJson.Options) ?? throw Unreadable(entity);
    }

    /// <summary>Which transaction wrote the row last.</summary>
    public static Guid? CommitOf(TableEntity entity) => entity.GetGuid(CommitProperty);

    /// <summary>Never between the two halves of a rare Chinese character: each part has to be valid text by itself.</summary>
    private int PartLengthAt(int start)
    {
        var length = Math.Min(PartLength, Json.Length - start);
        return char.IsHighSurrogate(Json[start + length - 1]) ? length - 1 : length;
    }

    private static string PartName(int part) => part == 0 ? "Json" : string.Create(CultureInfo.InvariantCulture, $"Json{part + 1}");

    private static InvalidDataException Unreadable(TableEntity entity) => new($"Row {entity.PartitionKey}/{entity.RowKey} has no content.");
}
