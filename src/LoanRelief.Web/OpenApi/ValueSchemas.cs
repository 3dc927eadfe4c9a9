using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LoanRelief.Web.OpenApi;

/// <summary>Says in the schemas what an exporter can not see: values with converters of their own, and what may be left out.</summary>
internal static class ValueSchemas
{
    private static readonly Dictionary<Type, Action<OpenApiSchema>> Values = new()
    {
        [typeof(Money)] = Number("An amount in yuan with two decimals; more are refused, not rounded.", 0.01m, null, null),
        [typeof(Rate)] = Number("A fraction a year: 4.35% is `0.0435`.", null, "0", "1"),
        [typeof(Uri)] = schema => (schema.Type, schema.Format, schema.Pattern) = (JsonSchemaType.String, "uri", "^https?://"),
        [typeof(decimal)] = schema => schema.Format = "decimal",
        [typeof(DateTimeOffset)] = schema => (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time"),
        [typeof(DateTimeOffset?)] = schema => (schema.Type, schema.Format) = (JsonSchemaType.String | JsonSchemaType.Null, "date-time"),
        [typeof(decimal?)] = schema => schema.Format = "decimal",
        [typeof(InstitutionId)] = Text("Short name of an institution.", "^[a-z][a-z0-9-]{1,31}$"),
        [typeof(PolicyPackId)] = Text("Short name of a policy pack.", "^[a-z][a-z0-9-]{1,63}$"),
        [typeof(LoanNumber)] = Text("借据号: the number of a loan, unique within its institution.", "^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"),
        [typeof(CreditCode)] = Text("统一社会信用代码 (GB 32100-2015); the last character checks the others.", "^[0-9A-HJ-NPQRTUWXY]{18}$"),
        [typeof(ListId)] = Text("Short name of a list among those of whoever publishes it.", "^[a-z0-9][a-z0-9-]{1,63}$"),
        [typeof(DistrictCode)] = Text("县级行政区划代码 (GB/T 2260).", "^[1-8][0-9]{5}$"),
        [typeof(SectorCode)] = Text("A code of GB/T 4754: the letter of the section, with or without digits.", "^[A-T]([0-9]{2,4})?$"),
        [typeof(EntryNumber)] = Text("The number of an entry within its list.", "^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"),
        [typeof(InquiryId)] = Text(
            "Names an inquiry: whose list, which list, and the number there.",
            "^[a-z][a-z0-9-]{1,31}~[a-z0-9][a-z0-9-]{1,63}~[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"),
        [typeof(CaseId)] = Text(
            "Names a case: institution, loan, and 1 for the loan's first case, 2 for its second.",
            "^[a-z][a-z0-9-]{1,31}~[A-Za-z0-9][A-Za-z0-9._-]{0,39}~[1-9][0-9]*$"),
    };

    public static Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo;
        // A value that is a component of the document is itself never null; where it may be, the reference says so.
        var value = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (Values.TryGetValue(type.Type, out var describe) || Values.TryGetValue(value, out describe))
            describe(schema);
        else if (value.IsEnum)
            (schema.Type, schema.Enum) = (JsonSchemaType.String, [.. Expected.Words(value).Select(word => JsonValue.Create(word)!)]);
        else if (type.Kind == JsonTypeInfoKind.Object && schema.Properties is not null)
            Members(schema, type);

        return Task.CompletedTask;
    }

    /// <summary>What is null is left out, and a value type is written whole; nothing else than known members is taken.</summary>
    private static void Members(OpenApiSchema schema, JsonTypeInfo type)
    {
        schema.Required ??= new HashSet<string>();
        foreach (var property in type.Properties)
        {
            if (WebJson.TakesNull(property))
                schema.Required.Remove(property.Name);
            else if (type.Type.IsValueType)
                schema.Required.Add(property.Name);
        }

        if (BodyTypes.All.Contains(type.Type))
            schema.AdditionalPropertiesAllowed = false;
    }

    private static Action<OpenApiSchema> Number(string description, decimal? multipleOf, string? minimum, string? maximum) => schema =>
    {
        schema.Type = JsonSchemaType.Number;
        schema.Description = description;
        schema.MultipleOf = multipleOf;
        schema.Minimum = minimum;
        schema.Maximum = maximum;
    };

    private static Action<OpenApiSchema> Text(string description, string pattern) => schema =>
    {
        schema.Type = JsonSchemaType.String;
        schema.Description = description;
        schema.Pattern = pattern;
    };
}
