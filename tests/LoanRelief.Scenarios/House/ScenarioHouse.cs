using System.Globalization;
using LoanRelief.Scenarios.Client;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Scenarios.House;

/// <summary>
/// What the scenarios run against: the host at <c>LOANRELIEF_BASE_ADDRESS</c>, or one that is started here on storage of
/// its own, the local host or, with <c>LOANRELIEF_HOST=functions</c>, the Functions host. Either way it is known by HTTP and webhooks only, and its clock stands still until it is moved.
/// </summary>
/// <remarks>One clock for all, so the scenarios run one after the other and take loans that mature relative to the present.</remarks>
[CollectionDefinition]
[TestClassOrderer(typeof(FixedDatesFirst))]
public sealed class ScenarioHouse : ICollectionFixture<ScenarioHouse>, IAsyncLifetime
{
    private const string Variable = "LOANRELIEF_BASE_ADDRESS";

    private Azurite? _azurite;
    private HostPlant? _host;
    private int _loans;
    private int _banks;

    public ReliefApi Api { get; private set; } = null!;

    public BusinessTime Time { get; private set; } = null!;

    public WebhookReceiver Webhook { get; private set; } = null!;

    /// <summary>Of this run, so that a host may serve many.</summary>
    public string BankName { get; } = string.Create(CultureInfo.InvariantCulture, $"wencheng-{DateTime.UtcNow.Ticks:x}");

    /// <summary>Errors that the host has logged so far; of the Functions host, whose lines have no level, and of one that was started elsewhere nothing is known.</summary>
    public IEnumerable<string> Errors => _host?.Output.Split('\n').Where(line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)) ?? [];

    public string NextBank() => string.Create(CultureInfo.InvariantCulture, $"{BankName}-{++_banks}");

    public int NextLoan() => ++_loans;

    public async ValueTask InitializeAsync()
    {
        Api = new(await AddressAsync());
        Time = new(Api);
        await Time.ReadAsync();
        Webhook = await WebhookReceiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Webhook is not null)
        {
            // A host that lives on is not to call in vain.
            await new Bank(Api, Time, Webhook, BankName, NextLoan).DeregisterWebhookAsync();
            await Webhook.DisposeAsync();
        }

        Api?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        if (_azurite is not null)
            await _azurite.DisposeAsync();
    }

    private async Task<Uri> AddressAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address)
            return new(address);
        _azurite = HostKinds.Wanted.Storage();
        await _azurite.InitializeAsync();
        _host = await HostKinds.Wanted.StartAsync(_azurite, _azurite.ConnectionString, FrozenClock.At(FrozenClock.Start));
        return _host.BaseAddress;
    }
}
