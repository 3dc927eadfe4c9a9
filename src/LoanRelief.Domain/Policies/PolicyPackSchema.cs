using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>The published JSON Schema (draft 2020-12) of a policy pack, made from the types that read it.</summary>
public static class PolicyPackSchema
{
    private static readonly Dictionary<Type, Func<JsonObject>> Written = new()
    {
        [typeof(Money)] = () => new() { ["type"] = "number", ["multipleOf"] = 0.01m, ["description"] = "Yuan, at most two decimals." },
        [typeof(Rate)] = () => new() { ["type"] = "number", ["minimum"] = 0, ["maximum"] = 1, ["description"] = "Fraction a year: 4.35% is 0.0435." },
        [typeof(decimal)] = () => new() { ["type"] = "number" },
        [typeof(DateOnly)] = () => new() { ["type"] = "string", ["format"] = "date" },
        [typeof(PolicyPackId)] = () => new() { ["type"] = "string", ["pattern"] = "^[a-z][a-z0-9-]{1,63}$" },
    };

    private static readonly Lazy<string> Made = new(Make);

    /// <summary>The schema as JSON text, indented.</summary>
    public static string Json => Made.Value;

    private static string Make()
    {
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
        var schema = (JsonObject)PolicyPacks.JsonOptions.GetJsonSchemaAsNode(typeof(PolicyPack), options);
        var document = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "LoanRelief policy pack",
        };
        foreach (var (name, value) in schema)
            document[name] = value?.DeepClone();
        SpellOutConstants(document);
        return document.ToJsonString(new(PolicyPacks.JsonOptions) { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var schema = Written.TryGetValue(type, out var make) ? make() : node as JsonObject;
        if (schema is null)
            return node;
        if (schema != node && Nullable.GetUnderlyingType(context.TypeInfo.Type) is not null)
            schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
        foreach (var limit in context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(ValidationAttribute), inherit: true) ?? [])
            Limit(schema, (ValidationAttribute)limit);
        return schema;
    }

    /// <summary>A single allowed word as an enum of one: the same to a validator, and known to older ones too.</summary>
    private static void SpellOutConstants(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                if (members["const"] is JsonValue only)
                {
                    members.Remove("const");
                    members["enum"] = new JsonArray(only.DeepClone());
                }

                foreach (var (_, member) in members)
                    SpellOutConstants(member);
                break;
            case JsonArray items:
                foreach (var item in items)
                    SpellOutConstants(item);
                break;
        }
    }

    private static void Limit(JsonObject schema, ValidationAttribute limit)
    {
        switch (limit)
        {
            case StringLengthAttribute length:
                (schema["minLength"], schema["maxLength"]) = (length.MinimumLength, length.MaximumLength);
                break;
            case LengthAttribute count:
                (schema["minItems"], schema["maxItems"]) = (count.MinimumLength, count.MaximumLength);
                break;
            case RegularExpressionAttribute form:
                schema["pattern"] = form.Pattern;
                break;
        }
    }
}
