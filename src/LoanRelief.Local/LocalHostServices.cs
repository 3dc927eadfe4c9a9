using System.Net;
using Azure;
using LoanRelief.Channels;
using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Policies;
using LoanRelief.Local.Pump;
using LoanRelief.Tables;
using LoanRelief.Web;

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
            .AddDesk(builder.BusinessClock(), CasePolicy.Default, BusinessCalendar.China)
            .AddTables(builder.Configuration["Storage:ConnectionString"] ?? "UseDevelopmentStorage=true")
            .AddChannels()
            .AddLoanReliefWeb(web => web.UnavailableFor = StorageTrouble)
            .AddSingleton<CasePump>()
            .AddSingleton<ICaseSignal>(services => services.GetRequiredService<CasePump>())
            .AddHostedService(services => services.GetRequiredService<CasePump>())
            .AddHostedService<DailyTimer>();
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

    /// <summary>Worth asking again in a few seconds: the storage can not be reached, is busy, or failed within itself.</summary>
    private static TimeSpan? StorageTrouble(Exception failure) => failure switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => TimeSpan.FromSeconds(5),
        AggregateException { InnerException: { } inner } => StorageTrouble(inner),
        _ => null,
    };

    private static BusinessClock BusinessClock(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Clock").Get<ClockSettings>() ?? new();
        if (settings.Start is not { } start)
            return settings.Speed is null ? Desk.BusinessClock.Real() : throw new InvalidOperationException("Clock:Speed needs Clock:Start, the time at which the simulated clock begins.");
        return builder.Environment.IsProduction()
            ? throw new InvalidOperationException("Clock:Start is set: a simulated clock is refused in production.")
            : Desk.BusinessClock.Simulated(start, settings.Speed ?? 1, settings.Anchor);
    }
}

/// <summary>The section <c>Clock</c> of the settings; empty for real time.</summary>
/// <param name="Start">What a simulated clock shows at the anchor, with offset.</param>
/// <param name="Speed">Business seconds in a machine second: 86,400 is a day a second, 0 stands still.</param>
/// <param name="Anchor">Machine time at which it shows the start; when the process starts if left out.</param>
internal sealed record ClockSettings(DateTimeOffset? Start = null, double? Speed = null, DateTimeOffset? Anchor = null);
