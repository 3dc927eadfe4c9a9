using LoanRelief.Web.Cases;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Lists;
using LoanRelief.Web.OpenApi;
using LoanRelief.Web.Operations;
using LoanRelief.Web.Problems;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LoanRelief.Web;

public static class LoanReliefWeb
{
    /// <summary>Registers the HTTP surface. The host registers the desk, its ports and the clock.</summary>
    public static IServiceCollection AddLoanReliefWeb(this IServiceCollection services, Action<LoanReliefWebOptions>? configure = null)
    {
        services.AddOptions<LoanReliefWebOptions>().Configure(options => configure?.Invoke(options));
        services.ConfigureHttpJsonOptions(options => WebJson.Configure(options.SerializerOptions)); // schemas are made with them
        services.AddRouting().AddOpenApi(ApiDocument.Name, ApiDocument.Configure);
        services.TryAddSingleton<CaseAnswers>();
        services.TryAddSingleton<ListUpload>();
        services.TryAddSingleton<ClockReader>();
        services.TryAddSingleton<WrittenDocument>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IApiDescriptionProvider, ApiDescriptions>());
        services.TryAddSingleton(provider => new ApiEndpoints(provider));
        return services;
    }

    /// <summary>Maps every endpoint, and answers every other request with a problem.</summary>
    public static WebApplication MapLoanRelief(this WebApplication app)
    {
        // What routing and the server refuse by themselves (404, 405) has no body yet.
        app.UseStatusCodePages(context => ProblemAnswer.ForStatus(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
        var delegates = app.Services.GetRequiredService<ApiEndpoints>();
        foreach (var endpoint in ApiEndpoints.All)
            app.MapMethods(endpoint.Route, [endpoint.Method], delegates[endpoint.Name]).WithMetadata(new EndpointNameMetadata(endpoint.Name)).ExcludeFromDescription();
        return app;
    }
}
