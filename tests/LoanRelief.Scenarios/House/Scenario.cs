using LoanRelief.Scenarios.Client;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Scenarios.House;

/// <summary>One story at the bank's counter. When it has been told, what must be true of every case is checked.</summary>
[Collection<ScenarioHouse>]
public abstract class Scenario(ScenarioHouse house, bool ownBank = false) : IAsyncLifetime
{
    private WebhookReceiver? _ownWebhook;

    /// <summary>The bank of all scenarios, or one with no other cases and a webhook of its own.</summary>
    protected Bank Bank { get; private set; } = null!;

    protected BusinessTime Time => Bank.Time;

    /// <summary>Set where the webhook was made to fail, so that events had to come again.</summary>
    protected bool EventsMayRepeat { get; set; }

    public async ValueTask InitializeAsync()
    {
        if (ownBank)
            _ownWebhook = await WebhookReceiver.StartAsync();
        Bank = new(house.Api, house.Time, _ownWebhook ?? house.Webhook, ownBank ? house.NextBank() : house.BankName, house.NextLoan);
        await Bank.RegisterAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        // A story that failed has something to say of its own.
        if (TestContext.Current.TestState?.Result != TestResult.Failed)
        {
            foreach (var file in Bank.Files)
                await Books.CheckAsync(Bank, file, EventsMayRepeat);
            Assert.Empty(house.Errors);
        }

        if (_ownWebhook is null)
            return;
        await Bank.DeregisterWebhookAsync();
        await _ownWebhook.DisposeAsync();
    }
}
