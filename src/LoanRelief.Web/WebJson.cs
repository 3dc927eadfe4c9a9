using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Cases;

namespace LoanRelief.Web;

/// <summary>JSON as it is spoken over HTTP: the domain's conventions, instants with the offset of Beijing, and nothing that is nobody's business.</summary>
internal static class WebJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    public static void Configure(JsonSerializerOptions options)
    {
        DomainJson.Configure(options);
        options.Converters.Add(new InstantJsonConverter());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(HistoryView.HidePrivateParts);
    }

    /// <inheritdoc cref="JsonContract.TakesNull"/>
    public static bool TakesNull(JsonPropertyInfo property) => JsonContract.TakesNull(property);

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>Instants: ISO 8601 with an offset. One without is refused, because it would mean something else on every machine.</summary>
internal sealed class InstantJsonConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && HasOffset(reader.GetString()!) && reader.TryGetDateTimeOffset(out var instant)
            ? instant
            : throw new JsonException("An instant is ISO 8601 with an offset, such as 2026-01-15T09:00:00+08:00.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(BeijingTime.Of(value));

    internal static bool HasOffset(string text) =>
        text.IndexOf('T', StringComparison.Ordinal) is > 0 and var time && text.AsSpan(time).ContainsAny('Z', '+', '-');
}
