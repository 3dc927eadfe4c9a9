using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LoanRelief.Domain.Values;

/// <summary>
/// Holds JSON against the contract of a type and names everything that differs: members that are unknown, missing or
/// null, values of another form, texts and lists of a length that is not allowed.
/// </summary>
/// <remarks>The serializer stops at the first mistake; a person who fills in a form wants to hear of all of them.</remarks>
public sealed class JsonContract
{
    private readonly List<Refusal> _errors = [];
    private readonly JsonSerializerOptions _options;

    private JsonContract(JsonSerializerOptions options) => _options = options;

    /// <summary>Everything by which the JSON differs from the type; fields are paths such as <c>changes[0].newMaturity</c>.</summary>
    /// <param name="options">By which the JSON will be read.</param>
    public static IReadOnlyList<Refusal> Check(JsonElement json, Type type, JsonSerializerOptions options)
    {
        var check = new JsonContract(options);
        check.Value(json, options.GetTypeInfo(type), "");
        return check._errors;
    }

    /// <summary>Whether a member may be null, and so be left out.</summary>
    public static bool TakesNull(JsonPropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null || (!property.PropertyType.IsValueType && property.IsSetNullable);

    private void Value(JsonElement json, JsonTypeInfo type, string path)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when json.ValueKind != JsonValueKind.Object:
                Refuse("expected-object", path);
                break;
            case JsonTypeInfoKind.Object:
                Object(json, type, path);
                break;
            case JsonTypeInfoKind.Enumerable when json.ValueKind != JsonValueKind.Array:
                Refuse("expected-list", path);
                break;
            case JsonTypeInfoKind.Enumerable:
                Items(json, type, path);
                break;
            default:
                Leaf(json, type, path);
                break;
        }
    }

    private void Object(JsonElement json, JsonTypeInfo type, string path)
    {
        string? discriminator = null;
        if (type.PolymorphismOptions is { } polymorphism)
        {
            discriminator = polymorphism.TypeDiscriminatorPropertyName;
            var named = json.TryGetProperty(discriminator, out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
            if (polymorphism.DerivedTypes.FirstOrDefault(derived => named is not null && named.Equals(derived.TypeDiscriminator)) is not { DerivedType: { } actual })
            {
                var allowed = string.Join(", ", polymorphism.DerivedTypes.Select(derived => derived.TypeDiscriminator));
                _errors.Add(new Refusal("expected-one-of", Join(path, discriminator)).With("allowed", allowed));
                return;
            }

            type = _options.GetTypeInfo(actual);
        }

        Members(json, type, path, discriminator);
    }

    private void Members(JsonElement json, JsonTypeInfo type, string path, string? discriminator)
    {
        var known = type.Properties.Where(property => property.Set is not null || property.AssociatedParameter is not null).ToDictionary(property => property.Name);
        foreach (var member in json.EnumerateObject().Where(member => member.Name != discriminator))
        {
            if (!known.TryGetValue(member.Name, out var property))
                _errors.Add(new Refusal("unknown-member", Join(path, member.Name)).With("known", string.Join(", ", known.Keys)));
            else if (member.Value.ValueKind != JsonValueKind.Null)
                Member(member.Value, property, Join(path, member.Name));
            else if (!TakesNull(property))
                Refuse("null-not-allowed", Join(path, member.Name));
        }

        foreach (var property in known.Values.Where(property => property.IsRequired && !json.TryGetProperty(property.Name, out _)))
            Refuse("member-missing", Join(path, property.Name));
    }

    private void Member(JsonElement json, JsonPropertyInfo property, string path)
    {
        var before = _errors.Count;
        Value(json, _options.GetTypeInfo(property.PropertyType), path);
        if (_errors.Count > before || property.AttributeProvider is not { } attributes)
            return;
        foreach (var limit in attributes.GetCustomAttributes(typeof(ValidationAttribute), inherit: true))
        {
            switch (limit)
            {
                case StringLengthAttribute length when json.GetString()!.Trim().Length < length.MinimumLength || json.GetString()!.Length > length.MaximumLength:
                    _errors.Add(new Refusal("text-length", path).With("minimum", length.MinimumLength).With("maximum", length.MaximumLength));
                    break;
                case LengthAttribute count when json.GetArrayLength() < count.MinimumLength || json.GetArrayLength() > count.MaximumLength:
                    _errors.Add(new Refusal("list-length", path).With("minimum", count.MinimumLength).With("maximum", count.MaximumLength));
                    break;
            }
        }
    }

    private void Items(JsonElement json, JsonTypeInfo type, string path)
    {
        var item = _options.GetTypeInfo(type.ElementType!);
        foreach (var (index, value) in json.EnumerateArray().Index())
        {
            if (value.ValueKind == JsonValueKind.Null)
                Refuse("null-not-allowed", $"{path}[{index}]");
            else
                Value(value, item, $"{path}[{index}]");
        }
    }

    private void Leaf(JsonElement json, JsonTypeInfo type, string path)
    {
        if (!IsOf(type, json))
            _errors.Add(Expected.Of(type.Type, path.Length == 0 ? null : path));
    }

    private static bool IsOf(JsonTypeInfo type, JsonElement json)
    {
        // The serializer would also take a word in other letters, or several with commas between, and any text as a URL.
        if ((Nullable.GetUnderlyingType(type.Type) ?? type.Type) is { IsEnum: true } words)
            return json.ValueKind == JsonValueKind.String && Expected.Words(words).Contains(json.GetString());
        try
        {
            return json.Deserialize(type) is not Uri url || (url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Refuse(string code, string path) => _errors.Add(new(code, path.Length == 0 ? null : path));

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
