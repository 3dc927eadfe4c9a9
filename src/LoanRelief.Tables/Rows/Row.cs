using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Azure.Data.Tables;
using LoanRelief.Domain.Values;

namespace LoanRelief.Tables.Rows;

/// <summary>A row of a partition: its key, and all that it says as one JSON text.</summary>
/// <remarks>
/// The text is the property <c>Json</c>, which an operator can read as it is. One that is longer than a property may be
/// (32K characters) is packed with gzip and spread over the binary properties <c>JsonGz</c>, <c>JsonGz2</c> and so on.
/// The schedules of a loan of 360 instalments, before and after a change, are 317,000 characters and pack to a
/// twentieth of what an entity may hold (1 MiB).
/// </remarks>
internal readonly record struct Row(string Key, string Json)
{
    private const int LongestText = 32 * 1024;
    private const int LargestPart = 64 * 1024;
    private const string Text = "Json";
    private const string Commit = "Commit";

    public static Row Of<T>(string key, T value) => new(key, JsonSerializer.Serialize(value, DomainJson.Options));

    /// <summary>As Table Storage wants it, marked with the transaction that wrote it.</summary>
    public TableEntity ToEntity(string partition, Guid commit)
    {
        var entity = new TableEntity(partition, Key) { [Commit] = commit };
        if (Json.Length <= LongestText)
        {
            entity[Text] = Json;
            return entity;
        }

        var text = Json;
        return Fill(entity, Pack(packer =>
        {
            using var writer = new StreamWriter(packer);
            writer.Write(text);
        }));
    }

    /// <summary>A row that is packed however short it is, for what would make a text of a megabyte: that is never made.</summary>
    public static TableEntity Packed<T>(string partition, string key, T value) =>
        Fill(new(partition, key) { [Commit] = Guid.NewGuid() }, Pack(packer => JsonSerializer.Serialize(packer, value, DomainJson.Options)));

    public static T Read<T>(TableEntity entity)
    {
        if (entity.GetString(Text) is { } text)
            return JsonSerializer.Deserialize<T>(text, DomainJson.Options) ?? throw Unreadable(entity);
        using var packed = new MemoryStream();
        for (var part = 0; entity.GetBinary(Part(part)) is { } bytes; part++)
            packed.Write(bytes);
        packed.Position = 0;
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        return packed.Length == 0 ? throw Unreadable(entity) : JsonSerializer.Deserialize<T>(unpacked, DomainJson.Options) ?? throw Unreadable(entity);
    }

    /// <summary>Which transaction wrote the row last.</summary>
    public static Guid? CommitOf(TableEntity entity) => entity.GetGuid(Commit);

    private static byte[] Pack(Action<Stream> write)
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            write(packer);
        return packed.ToArray();
    }

    private static TableEntity Fill(TableEntity entity, byte[] packed)
    {
        foreach (var (part, bytes) in packed.Chunk(LargestPart).Index())
            entity[Part(part)] = bytes;
        return entity;
    }

    private static string Part(int part) => part == 0 ? "JsonGz" : string.Create(CultureInfo.InvariantCulture, $"JsonGz{part + 1}");

    private static InvalidDataException Unreadable(TableEntity entity) => new($"Row {entity.PartitionKey}/{entity.RowKey} has no content.");
}
