using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Problems;

namespace LoanRelief.Web.Reading;

/// <summary>A request's JSON, read whole before anything is made of it.</summary>
internal sealed class JsonBody
{
    /// <summary>The longest body that is read, in bytes. The largest that makes sense is a loan with some dozens of guarantors.</summary>
    public const int Limit = 256 * 1024;

    private readonly JsonElement _json;

    private JsonBody(JsonElement json) => _json = json;

    /// <exception cref="ProblemException">Not JSON, too long, or malformed.</exception>
    public static async Task<JsonBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
            throw new ProblemException(new(ProblemKind.UnsupportedMediaType));
        var text = await ReadTextAsync(request, cancellationToken);
        try
        {
            using var document = StrictJson.Parse(text);
            return new(document.RootElement.Clone());
        }
        catch (JsonException malformed)
        {
            var error = new Refusal("malformed-json")
                .With("line", (malformed.LineNumber ?? 0) + 1)
                .With("column", (malformed.BytePositionInLine ?? 0) + 1);
            throw new ProblemException(new(ProblemKind.InvalidRequest) { Errors = [error] });
        }
    }

    /// <summary>Everything by which the JSON differs from what the type wants.</summary>
    public IReadOnlyList<Refusal> Check(Type type) => JsonContract.Check(_json, type, WebJson.Options);

    /// <summary>The value; the JSON has been checked.</summary>
    public T As<T>() where T : notnull => _json.Deserialize<T>(WebJson.Options)!;

    /// <summary>Tells a repeat from another request with the same key, whatever its spaces and the order of its members.</summary>
    public string Fingerprint(string path)
    {
        using var canonical = new MemoryStream();
        canonical.Write(Encoding.UTF8.GetBytes(path + "\n"));
        using (var writer = new Utf8JsonWriter(canonical))
            WriteSorted(_json, writer);
        return Convert.ToHexStringLower(SHA256.HashData(canonical.ToArray()).AsSpan(..12));
    }

    private static async Task<ReadOnlyMemory<byte>> ReadTextAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var tooLarge = new ProblemAnswer(ProblemKind.BodyTooLarge).With("limit", Limit);
        if (request.ContentLength > Limit)
            throw new ProblemException(tooLarge);
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > Limit)
                throw new ProblemException(tooLarge);
            if (!read.IsCompleted)
            {
                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var text = System.Buffers.BuffersExtensions.ToArray(read.Buffer);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            return text;
        }
    }

    private static void WriteSorted(JsonElement json, Utf8JsonWriter writer)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in json.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    WriteSorted(member.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                    WriteSorted(item, writer);
                writer.WriteEndArray();
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }
}
