using Azure.Monitor.OpenTelemetry.Exporter;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Functions.Chunks;
using LoanRelief.Functions.Http;
using LoanRelief.Functions.Orchestrations;
using LoanRelief.Functions.Portfolio;
using LoanRelief.Functions.Timers;
using LoanRelief.Hosting;
using LoanRelief.Hosting.Telemetry;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LoanRelief.Functions;

/// <summary>Wires the program into a Functions worker.</summary>
internal static class FunctionsHostServices
{
    /// <exception cref="InvalidOperationException">A setting is wrong; the message names it.</exception>
    public static void AddFunctionsHost(this IHostApplicationBuilder builder)
    {
        builder.Services
            // Without a storage account of its own, the program uses the host's.
            .AddLoanRelief(builder.Configuration, builder.Environment, builder.Configuration["AzureWebJobsStorage"])
            .AddHostedService<TablesAtStart>()
            .AddSingleton<Api>()
            .AddSingleton<DurableClient>()
            .AddSingleton<JobStarter>()
            .AddSingleton<CaseNudger>()
            .AddSingleton<ICaseSignal>(services => services.GetRequiredService<CaseNudger>())
            .AddHostedService(services => services.GetRequiredService<CaseNudger>())
            .AddSingleton<ICaseRuntime, DurableCaseRuntime>()
            .AddHostedService<SimulatedDays>()
            .AddSingleton<ChunkStarter>()
            .AddHostedService(services => services.GetRequiredService<ChunkStarter>());
        builder.AddTelemetry();
    }

    /// <summary>To Application Insights, signed in as the app's identity, or to a collector; to neither unless the settings name it.</summary>
    private static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        var toAzure = !string.IsNullOrEmpty(builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"]);
        if (!toAzure && !builder.Configuration.HasOtlpEndpoint())
            return;
        var telemetry = builder.Services.AddLoanReliefTelemetry(builder.Configuration).UseFunctionsWorkerDefaults();
        if (toAzure)
            telemetry.UseAzureMonitorExporter(options => options.Credential = HostServices.Identity(builder.Configuration["Storage:ClientId"]));
    }
}
