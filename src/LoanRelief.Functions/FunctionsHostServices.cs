using LoanRelief.Desk.Cases;
using LoanRelief.Functions.Http;
using LoanRelief.Functions.Imports;
using LoanRelief.Functions.Orchestrations;
using LoanRelief.Functions.Portfolio;
using LoanRelief.Functions.Timers;
using LoanRelief.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LoanRelief.Functions;

/// <summary>Wires the program into a Functions worker.</summary>
internal static class FunctionsHostServices
{
    /// <exception cref="InvalidOperationException">A setting is wrong; the message names it.</exception>
    public static void AddFunctionsHost(this IHostApplicationBuilder builder) => builder.Services
        // Without a storage account of its own, the program uses the host's.
        .AddLoanRelief(builder.Configuration, builder.Environment, builder.Configuration["AzureWebJobsStorage"])
        .AddHostedService<TablesAtStart>()
        .AddSingleton<Api>()
        .AddSingleton<DurableClient>()
        .AddSingleton<JobStarter>()
        .AddSingleton<CaseNudger>()
        .AddSingleton<ICaseSignal>(services => services.GetRequiredService<CaseNudger>())
        .AddHostedService(services => services.GetRequiredService<CaseNudger>())
        .AddHostedService<SimulatedDays>()
        .AddSingleton<ImportStarter>()
        .AddHostedService(services => services.GetRequiredService<ImportStarter>());
}
