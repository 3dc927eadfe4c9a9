using System.Text.Json.Nodes;
using LoanRelief.Web.Endpoints;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LoanRelief.Web.OpenApi;

internal static class GetOpenApi
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetOpenApi",
        Method = HttpMethods.Get,
        Route = "/api/openapi.json",
        Handler = HandleAsync,
        Tag = "Documentation",
        NeedsNoStorage = true,
        Summary = "This document",
        Answers = [new(StatusCodes.Status200OK, typeof(JsonObject), "OpenAPI 3.1.")],
    };

    private static async Task<IResult> HandleAsync(WrittenDocument document) => Results.Text(await document.TextAsync(), "application/json");
}

/// <summary>The document as it is served; it never changes while the program runs.</summary>
internal sealed class WrittenDocument([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider provider)
{
    private readonly Lazy<Task<string>> _text = new(async () =>
        await (await provider.GetOpenApiDocumentAsync()).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));

    public Task<string> TextAsync() => _text.Value;
}
