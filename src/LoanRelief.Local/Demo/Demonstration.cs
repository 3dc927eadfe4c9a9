using System.Net;
using System.Text.Json;
using LoanRelief.Desk;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using Microsoft.Extensions.Configuration.Memory;

namespace LoanRelief.Local.Demo;

/// <summary>Hands over the sample loan book, lets people answer, and tells on the console how the cases stand.</summary>
internal sealed class Demonstration(IHostApplicationLifetime lifetime, BusinessClock clock, DemoTally tally, DemoBank bank, IConfiguration configuration) : BackgroundService
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromDays(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not the token of the service: the address goes away first.
        var stopping = lifetime.ApplicationStopping;
        await StartedAsync(stopping);
        var address = DemoWiring.Address(configuration);
        await HandOverAsync(address, stopping);
        Console.WriteLine($"\n{DemoTally.Heading}");
        var next = clock.GetUtcNow();
        while (next < DemoSettings.End)
        {
            Console.WriteLine(await tally.LineAsync(BeijingTime.DateOf(clock.GetUtcNow()), stopping));
            next += BetweenLines;
            while (clock.GetUtcNow() < next)
                await Task.Delay(clock.MachineTimeUntil(next) + TimeSpan.FromMilliseconds(1), stopping);
        }

        Console.WriteLine($"""

            Two months have passed, with {tally.Reminders} reminders of due dates. The clock goes on. What came of it:
              curl "{address}api/cases?outcome=renewed&pageSize=3"
              curl "{address}api/cases?outcome=lapsed&pageSize=3"
            """);
    }

    private async Task HandOverAsync(Uri address, CancellationToken cancellationToken)
    {
        var samples = Path.Combine(AppContext.BaseDirectory, "Samples");
        var webhook = new Webhook(new Uri(address, DemoSettings.InboxPath), DemoSettings.Secret);
        var institutions = await SampleBook.InstitutionsAsync(samples);
        var loans = await SampleBook.LoansAsync(samples, cancellationToken);
        Console.WriteLine($"\n{institutions.Count} institutions hand over {loans.Count} loans; a day passes in a second, from {DemoSettings.Start:yyyy-MM-dd} on.");
        foreach (var institution in institutions)
            await bank.RegisterAsync(institution with { Webhook = webhook }, cancellationToken);
        await Parallel.ForEachAsync(
            loans,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (loan, token) => await bank.HandOverAsync(loan, token));
        Console.WriteLine($"""
            Borrowers, managers, approvers, guarantors and core systems answer, or do not. Watch them from another terminal:
              curl "{address}api/cases?stage=contact&pageSize=3"
              curl {address}api/cases/{SampleBook.WenchengCase}            (2,000,000 yuan in 文成, from 03-13 on)
              curl {address}api/cases/{SampleBook.WenchengCase}/history
            """);
    }

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource();
        await using var _ = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}

internal static class DemoWiring
{
    public static void AddDemonstration(this WebApplicationBuilder builder)
    {
        // Weaker than what is set by hand, stronger than nothing.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = DemoSettings.Defaults });
        builder.Services.AddHttpClient<DemoBank>(http => http.BaseAddress = Address(builder.Configuration));
        builder.Services.AddSingleton<DemoTally>().AddSingleton<DemoPeople>().AddHostedService<Demonstration>();
    }

    /// <summary>Where the program listens.</summary>
    public static Uri Address(IConfiguration configuration) => new(LocalHostServices.Addresses(configuration)[0]);

    /// <summary>Where the demonstration's institutions hear of their cases.</summary>
    public static void MapDemoInbox(this WebApplication app) =>
        app.MapPost(DemoSettings.InboxPath, async (HttpRequest request, DemoPeople people, DemoTally tally) =>
        {
            var cloudEvent = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            if (DemoEvent.Read(cloudEvent) is { } heard)
                people.Hear(heard, app.Lifetime.ApplicationStopping);
            else
                tally.CountReminder(cloudEvent.GetProperty("id").GetString()!);

            return HttpStatusCode.NoContent;
        }).ExcludeFromDescription();
}
