using Azure;
using Azure.Core;
using Azure.Identity;
using LoanRelief.Channels;
using LoanRelief.Desk;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Policies;
using LoanRelief.Tables;
using LoanRelief.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LoanRelief.Hosting;

/// <summary>What every host wires in the same way: the desk over tables, webhooks and the HTTP surface.</summary>
public static class HostServices
{
    /// <summary>Registers all of it. A host adds what gives cases their time: an <see cref="Desk.Cases.ICaseSignal"/> and timers.</summary>
    /// <param name="configuration">Settings: <c>Clock</c>, <c>Storage</c>, <c>Channels</c>.</param>
    /// <param name="environment">A simulated clock is refused in production.</param>
    /// <param name="storage">The storage account when the section <c>Storage</c> names none.</param>
    /// <exception cref="InvalidOperationException">A setting is wrong; the message names it.</exception>
    public static IServiceCollection AddLoanRelief(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment, string? storage = null) => services
        .AddDesk(ClockSettings.Clock(configuration, environment), CasePolicy.Default, BusinessCalendar.China)
        .AddTables(configuration.GetSection("Storage"), storage)
        .AddChannels()
        .AddLoanReliefWeb(web => web.UnavailableFor = StorageTrouble);

    private static IServiceCollection AddTables(this IServiceCollection services, IConfigurationSection settings, string? otherwise)
    {
        if (settings["TableEndpoint"] is not { Length: > 0 } endpoint)
            return services.AddTables(settings["ConnectionString"] ?? otherwise ?? "UseDevelopmentStorage=true");
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var address)
            ? services.AddTables(address, Identity(settings["ClientId"]))
            : throw new InvalidOperationException($"Storage:TableEndpoint is '{endpoint}', and an address such as https://account.table.core.windows.net is wanted.");
    }

    /// <summary>Who the program is towards Azure: the managed identity of this client id, or else whoever the machine is signed in as.</summary>
    public static TokenCredential Identity(string? clientId) => string.IsNullOrEmpty(clientId)
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));

    /// <summary>Worth asking again in a few seconds: the storage can not be reached, is busy, or failed within itself.</summary>
    private static TimeSpan? StorageTrouble(Exception failure) => failure switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => TimeSpan.FromSeconds(5),
        // An answer that did not come in time; whoever called and gave up is not told anything.
        OperationCanceledException => TimeSpan.FromSeconds(5),
        AggregateException { InnerException: { } inner } => StorageTrouble(inner),
        _ => null,
    };
}
