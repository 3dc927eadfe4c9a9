using System.Diagnostics;
using System.Net.Sockets;

namespace LoanRelief.Testing;

/// <summary>Starts a program that serves HTTP and waits until it answers.</summary>
internal static class Startup
{
    private const int Ports = 5;

    /// <summary>Like <see cref="OnPortAsync"/>, on another port when somebody else took the first one meanwhile.</summary>
    /// <param name="portTaken">What the program writes when its port is in use.</param>
    public static async Task<(ChildProcess Process, Uri Address)> OnFreePortAsync(
        string name,
        string portTaken,
        Func<int, ChildProcess> launch,
        Func<HttpClient, CancellationToken, Task<bool>> ready,
        TimeSpan patience)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = LoopbackPort.Next();
            try
            {
                return await OnPortAsync(name, port, launch, ready, patience);
            }
            catch (InvalidOperationException e) when (attempt < Ports && e.Message.Contains(portTaken, StringComparison.OrdinalIgnoreCase))
            {
                // Someone else was faster: another port.
            }
        }
    }

    /// <exception cref="InvalidOperationException">It ended or was not ready in time; the message has its output.</exception>
    public static async Task<(ChildProcess Process, Uri Address)> OnPortAsync(
        string name,
        int port,
        Func<int, ChildProcess> launch,
        Func<HttpClient, CancellationToken, Task<bool>> ready,
        TimeSpan patience)
    {
        var address = new Uri($"http://127.0.0.1:{port}");
        var process = launch(port);
        try
        {
            await UntilReadyAsync(name, process, address, ready, patience);
            return (process, address);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static async Task UntilReadyAsync(
        string name, ChildProcess process, Uri address, Func<HttpClient, CancellationToken, Task<bool>> ready, TimeSpan patience)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < patience; await Task.Delay(25))
        {
            if (process.HasExited)
            {
                await process.WaitForExitAsync(); // and for the rest of its output
                throw new InvalidOperationException($"{name} ended while starting:\n{process.Output}");
            }

            try
            {
                if (await ready(client, CancellationToken.None))
                    return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or SocketException)
            {
                // Not listening yet, too busy starting to answer, or gone in the moment in which it was connected to.
            }
        }

        throw new InvalidOperationException($"{name} was not ready within {patience.TotalSeconds:0} s:\n{process.Output}");
    }
}
