using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace LoanRelief.Testing;

/// <summary>Where a program tells that a case has come to its next wait: the webhook of a bank, as quick as a receiver can be. For measurements.</summary>
public sealed class Inbox : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _told = new();

    private Inbox()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    public Uri Url => new(new Uri(_app.Urls.First()), "/told");

    public static async Task<Inbox> StartAsync()
    {
        var inbox = new Inbox();
        await inbox._app.StartAsync();
        return inbox;
    }

    /// <summary>Waits until a case has been told of once more than it was waited for.</summary>
    /// <exception cref="TimeoutException">Nothing came in time.</exception>
    public async Task NextAsync(string about, TimeSpan patience)
    {
        if (!await Of(about).WaitAsync(patience))
            throw new TimeoutException($"Nothing came about {about} within {patience}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Of(body.RootElement.GetProperty("subject").GetString()!).Release();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private SemaphoreSlim Of(string about) => _told.GetOrAdd(about, static _ => new(0));
}
