using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace LoanRelief.Domain.Values;

/// <summary>Parses JSON that comes from outside: no member twice, and every text is one.</summary>
/// <remarks>
/// The parser lets bytes through that are no UTF-8, and escapes of half a character such as <c>"\ud800"</c>; whoever
/// reads such a text later fails in the middle of its work.
/// </remarks>
public static class StrictJson
{
    private static readonly JsonDocumentOptions NothingTwice = new() { AllowDuplicateProperties = false };

    /// <exception cref="JsonException">It is not that; with line and byte from 0, where they are known.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        CheckTexts(utf8.Span);
        return JsonDocument.Parse(utf8, NothingTwice);
    }

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte})"/>
    public static JsonDocument Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    private static void CheckTexts(ReadOnlySpan<byte> utf8)
    {
        var isUtf8 = Utf8.IsValid(utf8);
        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && (reader.ValueIsEscaped || !isUtf8) && !IsText(ref reader))
                throw NoText(utf8[..(int)reader.TokenStartIndex]);
        }
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static JsonException NoText(ReadOnlySpan<byte> before) =>
        new("A text has to be Unicode, whole characters only.", path: null, before.Count((byte)'\n'), before.Length - before.LastIndexOf((byte)'\n') - 1);
}
