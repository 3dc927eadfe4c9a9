using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LoanRelief.Web.Tests.Kit;
using NJsonSchema;
using NJsonSchema.Validation;
using Xunit;

namespace LoanRelief.Web.Tests.OpenApi;

/// <summary>The OpenAPI document as something that answers can be held against.</summary>
public sealed class ApiContract
{
    private static readonly ConcurrentDictionary<string, ApiContract> Known = [];

    private readonly JsonObject _document;
    private readonly ConcurrentDictionary<string, Task<JsonSchema>> _schemas = [];

    private ApiContract(JsonObject document)
    {
        _document = document;
        Operations = [.. from path in document["paths"]!.AsObject()
                         from method in path.Value!.AsObject()
                         select new ApiOperation(method.Key.ToUpperInvariant(), path.Key, method.Value!.AsObject())];
    }

    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <summary>Every house serves the same document, and making a validator of it takes its time.</summary>
    public static ApiContract Read(string document) => Known.GetOrAdd(document, text => new(JsonNode.Parse(text)!.AsObject()));

    /// <summary>The operation that a request is for; null when the document has none.</summary>
    public ApiOperation? Find(HttpMethod method, string path) => Operations
        .Where(operation => operation.Method == method.Method && operation.Matches(path))
        .OrderBy(operation => operation.Path.Contains('{', StringComparison.Ordinal))
        .FirstOrDefault();

    /// <summary>Status, content type, headers and body are as the document says, and nothing is there that it does not mention.</summary>
    public async Task HoldAsync(ApiOperation operation, Reply reply)
    {
        var at = $"{operation} answered {(int)reply.Status}: ";
        var response = operation.Json["responses"]![$"{(int)reply.Status}"];
        Assert.True(response is not null, at + $"not documented. {reply.Text}");
        foreach (var name in new[] { "ETag", "Location", "Link", "Retry-After", "Idempotency-Replayed" }.Where(reply.Headers.ContainsKey))
            Assert.True(response["headers"]?[name] is not null, at + $"header {name} is not documented");
        foreach (var name in (response["headers"]?.AsObject() ?? []).Select(header => header.Key).Except(["Link", "Idempotency-Replayed"]))
            Assert.True(reply.Headers.ContainsKey(name) || response["content"]?["application/problem+json"] is not null, at + $"header {name} is missing");
        if (response["content"] is not JsonObject { Count: > 0 } content)
        {
            Assert.True(reply.Text.Length == 0, at + "a body is not documented");
            return;
        }

        var type = reply.Headers["Content-Type"].Split(';')[0];
        Assert.True(content[type] is not null, at + $"{type} is not documented");
        if (type == "text/csv")
            return;
        var errors = await WrongAsync(content[type]!["schema"]!, reply.Text);
        Assert.True(errors.Count == 0, at + string.Join("; ", errors) + "\n" + reply.Text);
    }

    /// <summary>Everything by which a JSON text differs from a schema of the document.</summary>
    public async Task<IReadOnlyList<string>> WrongAsync(JsonNode schema, string json)
    {
        var compiled = await _schemas.GetOrAdd(schema.ToJsonString(), text => Compile(text));
        return [.. compiled.Validate(json).Select(Describe)];
    }

    private Task<JsonSchema> Compile(string schema)
    {
        // The validator looks for shared schemas under another name, and takes an object for open unless told otherwise.
        var whole = new JsonObject
        {
            ["allOf"] = new JsonArray(JsonNode.Parse(schema)),
            ["definitions"] = _document["components"]!["schemas"]!.DeepClone(),
        };
        Close(whole);
        return JsonSchema.FromJsonAsync(whole.ToJsonString().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal));
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
                Close(item);
        }
        else if (node is JsonObject schema)
        {
            if (schema["properties"] is JsonObject && !schema.ContainsKey("additionalProperties"))
                schema["additionalProperties"] = false;
            schema.Remove("discriminator");
            foreach (var (_, member) in schema.ToList())
                Close(member);
        }
    }

    private static string Describe(ValidationError error) => error is ChildSchemaValidationError child
        ? $"{error.Kind} {error.Path} [{string.Join(" | ", child.Errors.SelectMany(each => each.Value).Select(Describe))}]"
        : $"{error.Kind} {error.Path}";
}

/// <summary>One operation of the document.</summary>
public sealed record ApiOperation(string Method, string Path, JsonObject Json)
{
    public string Id => (string)Json["operationId"]!;

    public IEnumerable<int> Statuses => Json["responses"]!.AsObject().Select(response => int.Parse(response.Key, null));

    public JsonNode? BodySchema => Json["requestBody"]?["content"]!["application/json"]?["schema"];

    public JsonNode? BodyExample => Json["requestBody"]?["content"]!["application/json"]?["example"];

    /// <summary>The example of the body in each of its content types, JSON or not.</summary>
    public IReadOnlyList<(string MediaType, string Text)> Examples =>
    [
        .. from content in Json["requestBody"]?["content"]?.AsObject() ?? []
           let example = content.Value!["example"]!
           select (content.Key, example.GetValueKind() == JsonValueKind.String ? (string)example! : example.ToJsonString()),
    ];

    /// <summary>The path with the examples of its parameters.</summary>
    public string ExamplePath => Json["parameters"]!.AsArray()
        .Aggregate(Path, (path, parameter) => path.Replace($"{{{parameter!["name"]}}}", parameter["example"]!.ToString(), StringComparison.Ordinal));

    public bool Matches(string path) => Regex.IsMatch(path, $"^{Regex.Replace(Path, @"\{\w+\}", "[^/]+")}$");

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>Holds every answer of every test against the document.</summary>
internal sealed class ContractHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private ApiContract? _contract;

    /// <summary>Operations and the statuses that they have answered with.</summary>
    public ConcurrentDictionary<(string Operation, int Status), bool> Seen { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        _contract ??= await ReadAsync(request.RequestUri!, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var reply = await Reply.OfAsync(response);
        if (_contract.Find(request.Method, request.RequestUri!.AbsolutePath) is { } operation)
        {
            Seen[(operation.Id, (int)reply.Status)] = true;
            await _contract.HoldAsync(operation, reply);
        }
        else
        {
            Assert.True(reply.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{request.Method} {request.RequestUri} is not documented");
        }

        return response;
    }

    private async Task<ApiContract> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/api/openapi.json"));
        using var response = await base.SendAsync(request, cancellationToken);
        return ApiContract.Read(await response.Content.ReadAsStringAsync(cancellationToken));
    }
}
