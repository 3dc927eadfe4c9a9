using System.Globalization;
using LoanRelief.Domain.Loans;
using LoanRelief.Testing;

namespace LoanRelief.BookBenchmarks;

/// <summary>The local host as a process of its own, and the banks that use it.</summary>
internal sealed class House : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    private readonly LocalHost _host;
    private readonly HttpClient _http;

    private House(LocalHost host) =>
        (_host, _http) = (host, new() { BaseAddress = host.BaseAddress, Timeout = TimeSpan.FromHours(1) });

    public int ProcessId => _host.ProcessIds[0];

    /// <summary>Starts it with a clock that stands still, so that nothing comes due by itself while something is measured, and waits until it has read which cases are open.</summary>
    /// <param name="storage">Where its tables are: an Azurite, or a proxy before it.</param>
    public static async Task<House> StartAsync(string storage)
    {
        var host = await LocalHost.StartAsync(storage, new Dictionary<string, string>
        {
            ["Clock__Start"] = Book.Now.ToString("O", CultureInfo.InvariantCulture),
            ["Clock__Speed"] = "0",
        });
        while (!host.Output.Contains("open cases are being watched", StringComparison.Ordinal))
            await Task.Delay(LookAgain);
        return new(host);
    }

    /// <summary>A bank that is known from now on.</summary>
    /// <param name="webhook">Where its events go; null for nowhere.</param>
    public async Task<Bank> BankAsync(string name, Uri? webhook = null)
    {
        var bank = new Bank(_http, Identifier.Parse<InstitutionId>(name));
        await bank.RegisterAsync(webhook);
        return bank;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }
}
