using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;
using LoanRelief.Web.Texts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LoanRelief.Web.OpenApi;

/// <summary>Says in the OpenAPI document what the generator can not know: words, examples, headers.</summary>
internal static class ApiDocument
{
    /// <summary>Name of the document among those that a host may have.</summary>
    public const string Name = "loanrelief";

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = static description => description.ActionDescriptor.EndpointMetadata.OfType<ApiEndpoint>().Any();
        options.AddSchemaTransformer(ValueSchemas.TransformAsync);
        options.AddOperationTransformer(DescribeAsync);
        options.AddDocumentTransformer(IntroduceAsync);
    }

    private static Task IntroduceAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new()
        {
            Title = "LoanRelief",
            Version = "1",
            Description = "Gets every maturing SME loan to an outcome: spoken with a month ahead, decided, and renewed, extended, deferred or repaid in time. "
                + "Amounts are numbers in yuan with two decimals, rates are fractions a year, dates are Beijing dates, instants have an offset. "
                + "Unknown members and parameters are refused. Everything that is refused is a problem (RFC 9457) in the language of `Accept-Language`.",
        };
        document.Servers = [new() { Url = "/" }];
        return Task.CompletedTask;
    }

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var endpoint = context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiEndpoint>().Single();
        operation.OperationId = endpoint.Name;
        operation.Summary = endpoint.Summary;
        operation.Description = endpoint.Description;
        operation.Parameters = [];
        foreach (var parameter in endpoint.Parameters.Append(ApiParameters.AcceptLanguage))
            operation.Parameters.Add(Parameter(parameter, await context.GetOrCreateSchemaAsync(parameter.Type, cancellationToken: cancellationToken)));
        if (endpoint.Body is { } body && operation.RequestBody is OpenApiRequestBody request)
        {
            request.Description = string.Create(CultureInfo.InvariantCulture, $"At most {JsonBody.Limit:N0} bytes.");
            request.Content!["application/json"].Example = JsonSerializer.SerializeToNode(body.Example, body.Type, WebJson.Options);
        }

        if (endpoint.Upload is { } upload && operation.RequestBody is OpenApiRequestBody uploaded)
        {
            uploaded.Description = string.Join(" ", upload.Files.Select(file => $"`{file.MediaType}`: {file.Description}"));
            foreach (var file in upload.Files)
                uploaded.Content![file.MediaType].Example = JsonValue.Create(file.Example);
        }

        foreach (var answer in endpoint.Answers)
            Describe(Response(operation, answer.Status), answer.Description, answer.Headers);
        foreach (var kinds in endpoint.AllProblems.GroupBy(kind => kind.Status))
        {
            var response = Response(operation, kinds.Key);
            Describe(response, string.Join(" ", kinds.Select(kind => $"{Title(kind)}.")), kinds.SelectMany(kind => kind.Headers).Distinct());
            response.Content![ProblemAnswer.ContentType].Examples = kinds.ToDictionary(kind => kind.Slug, IOpenApiExample (kind) => Example(kind));
        }
    }

    private static OpenApiExample Example(ProblemKind kind) => new()
    {
        Summary = Title(kind),
        Value = JsonSerializer.SerializeToNode(new Problem { Type = kind.Type, Title = Title(kind), Status = kind.Status }, WebJson.Options),
    };

    private static string Title(ProblemKind kind) => Catalogue.In(Language.English).Text("problems", $"{kind.Slug}.title");

    private static OpenApiParameter Parameter(ApiParameter parameter, OpenApiSchema schema) => new()
    {
        Name = parameter.Name,
        In = Enum.Parse<ParameterLocation>(parameter.In.ToString()),
        Required = parameter.Required,
        Description = parameter.Description,
        Schema = schema,
        Example = parameter.Type == typeof(int) || parameter.Type == typeof(bool) ? JsonNode.Parse(parameter.Example) : JsonValue.Create(parameter.Example),
    };

    private static OpenApiResponse Response(OpenApiOperation operation, int status) =>
        (OpenApiResponse)operation.Responses![status.ToString(CultureInfo.InvariantCulture)];

    private static void Describe(OpenApiResponse response, string description, IEnumerable<string> headers)
    {
        response.Description = description;
        response.Headers = headers.ToDictionary(name => name, IOpenApiHeader (name) => new OpenApiHeader
        {
            Description = ApiHeaders.Descriptions[name],
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }
}
