using System.Net;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Hosting;
using LoanRelief.Hosting.Telemetry;
using LoanRelief.Local.Pump;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LoanRelief.Local;

/// <summary>Wires the whole program into one process.</summary>
internal static class LocalHostServices
{
    private const string DefaultAddress = "http://127.0.0.1:7071";

    /// <exception cref="InvalidOperationException">A setting is wrong; the message names it.</exception>
    public static void AddLocalHost(this WebApplicationBuilder builder)
    {
        builder.ListenOnLoopback();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services
            .AddLoanRelief(builder.Configuration, builder.Environment)
            .AddSingleton<FailedRounds>()
            .AddSingleton<CasePump>()
            .AddSingleton<ICaseSignal>(services => services.GetRequiredService<CasePump>())
            .AddSingleton<ICaseRuntime>(services => services.GetRequiredService<CasePump>())
            .AddHostedService(services => services.GetRequiredService<CasePump>())
            .AddHostedService<DailyTimer>()
            .AddHostedService<ChunkPump>();
        if (builder.Configuration.HasOtlpEndpoint())
            builder.AddTelemetry();
    }

    /// <summary>Sends traces and metrics to the collector that the settings name (<c>docs/telemetry.md</c>).</summary>
    private static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddLoanReliefTelemetry(builder.Configuration)
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation())
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation());
        builder.Services.AddHostedService<CensusTimer>();
    }

    /// <summary>Where the program listens.</summary>
    public static string[] Addresses(IConfiguration configuration) =>
        (configuration[WebHostDefaults.ServerUrlsKey] ?? DefaultAddress).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Without access control nobody but this machine may come in, not even through a browser that was sent here under another name.</summary>
    private static void ListenOnLoopback(this WebApplicationBuilder builder)
    {
        var urls = Addresses(builder.Configuration);
        foreach (var url in urls)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !address.IsLoopback)
                throw new InvalidOperationException($"'{url}' is not an address of this machine alone. Until there is access control, use one such as {DefaultAddress}.");
        }

        builder.WebHost.UseUrls(urls);
        builder.Services.AddHostFiltering(options => options.AllowedHosts = ["localhost", IPAddress.Loopback.ToString(), $"[{IPAddress.IPv6Loopback}]"]);
    }
}
