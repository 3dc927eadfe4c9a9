using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace LoanRelief.Web.OpenApi;

/// <summary>Tells the framework's document generator about the table of endpoints, whatever the host routes with.</summary>
internal sealed class ApiDescriptions : IApiDescriptionProvider
{
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        foreach (var endpoint in ApiEndpoints.All)
            context.Results.Add(Describe(endpoint));
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
    }

    private static ApiDescription Describe(ApiEndpoint endpoint)
    {
        var description = new ApiDescription
        {
            HttpMethod = endpoint.Method,
            RelativePath = endpoint.Route.TrimStart('/'),
            ActionDescriptor = new ActionDescriptor { DisplayName = endpoint.Name, EndpointMetadata = [endpoint, new TagsAttribute(endpoint.Tag)] },
        };
        if (endpoint.Body is { } body)
            description.ParameterDescriptions.Add(new() { Name = "body", Source = BindingSource.Body, Type = body.Type, IsRequired = true });
        if (endpoint.Upload is { } upload)
        {
            description.ParameterDescriptions.Add(new() { Name = "body", Source = BindingSource.Body, Type = typeof(string), IsRequired = true });
            foreach (var file in upload.Files)
                description.SupportedRequestFormats.Add(new() { MediaType = file.MediaType });
        }

        foreach (var answer in endpoint.Answers)
            description.SupportedResponseTypes.Add(Response(answer.Status, answer.Type, answer.MediaType));
        foreach (var status in endpoint.AllProblems.Select(kind => kind.Status).Distinct())
            description.SupportedResponseTypes.Add(Response(status, typeof(Problem), ProblemAnswer.ContentType));
        return description;
    }

    private static ApiResponseType Response(int status, Type? type, string mediaType) => new()
    {
        StatusCode = status,
        Type = type,
        ApiResponseFormats = type is null ? [] : [new() { MediaType = mediaType }],
    };
}
