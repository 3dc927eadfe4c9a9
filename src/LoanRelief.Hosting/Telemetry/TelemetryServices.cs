using LoanRelief.Desk.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LoanRelief.Hosting.Telemetry;

/// <summary>What both hosts collect, whatever they export it to.</summary>
public static class TelemetryServices
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether the settings name a collector that speaks OTLP.</summary>
    public static bool HasOtlpEndpoint(this IConfiguration configuration) => !string.IsNullOrEmpty(configuration[OtlpEndpoint]);

    /// <summary>Collects the program's own spans and metrics, its calls over HTTP, and the runtime's metrics; sends them to an OTLP collector if the settings name one.</summary>
    /// <remarks>OTLP is set by the usual variables, <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its kin. A host adds its other exporters to what this returns.</remarks>
    public static IOpenTelemetryBuilder AddLoanReliefTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("loanrelief", serviceVersion: typeof(DeskTelemetry).Assembly.GetName().Version?.ToString(3)))
            .WithTracing(tracing => tracing
                .AddSource(DeskTelemetry.Name)
                .AddHttpClientInstrumentation()
                .AddProcessor(new InheritedTags()))
            .WithMetrics(metrics => metrics
                .AddMeter(DeskTelemetry.Name)
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation());
        return configuration.HasOtlpEndpoint() ? telemetry.UseOtlpExporter() : telemetry;
    }
}
