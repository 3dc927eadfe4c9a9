using System.Collections.Concurrent;
using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Jobs;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;
using LoanRelief.Local.Pump;
using LoanRelief.Tables;
using LoanRelief.Testing;
using LoanRelief.Testing.SampleBook;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LoanRelief.Local.Tests.Pump;

/// <summary>The pump over real stores, without the rest of the host; time stands still.</summary>
internal sealed class PumpHouse : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = BeijingTime.At(new(2026, 1, 5), new(10, 0));
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServiceProvider _services;
    private readonly string _prefix;

    private PumpHouse(ServiceProvider services, string prefix) => (_services, _prefix) = (services, prefix);

    public FakeChannel Channel => _services.GetRequiredService<FakeChannel>();

    public static Task<PumpHouse> StartAsync(Azurite azurite) => StartAsync(azurite, $"P{Guid.NewGuid():N}");

    /// <summary>Another process on the same tables, once this one has ended.</summary>
    public async Task<PumpHouse> StartAgainAsync(Azurite azurite)
    {
        await DisposeAsync();
        return await StartAsync(azurite, _prefix);
    }

    /// <summary>Another process on the same tables, beside this one.</summary>
    public Task<PumpHouse> StartBesideAsync(Azurite azurite) => StartAsync(azurite, _prefix);

    /// <summary>What the pump does every minute.</summary>
    public Task RecallStoppedAsync() => _services.GetRequiredService<CasePump>().RecallStoppedAsync(Cancellation);

    /// <summary>As it would be had another process resumed the case and then gone.</summary>
    public async Task ResumeInTablesAsync(CaseId id)
    {
        var store = _services.GetRequiredService<IOrchestrationStore>();
        var stored = await store.FindAsync(id, Cancellation);
        await store.PutAsync(stored, stored.Orchestration with { Halt = null }, null, Cancellation);
    }

    /// <summary>A case of a loan of its own, whose first event has gone out unless the channel is broken.</summary>
    public async Task<CaseId> OpenAsync(int number, bool isHeard = true)
    {
        var loan = SampleLoans.Story with
        {
            Institution = SampleInstitutions.All[0].Id,
            Number = Identifier.Parse<LoanNumber>($"JJ-{number}"),
            DrawnOn = new(2025, 3, 20),
            Maturity = new(2026, 3, 20),
        };
        await _services.GetRequiredService<IInstitutionStore>().PutAsync(SampleInstitutions.All[0], Cancellation);
        await _services.GetRequiredService<ILoanStore>().PutAsync(null, loan, new(null, null), Cancellation);
        var opened = await _services.GetRequiredService<CaseDesk>().OpenAsync(loan.Institution, loan.Number, CaseTrigger.Institution, new("mgr-lin"), Cancellation);
        var id = Assert.IsType<DeskAnswer.Done>(opened).Case.State.Id;
        if (isHeard)
            await HearAsync(id, "contact.requested");
        return id;
    }

    /// <summary>The borrower was reached, so that somebody has to be asked what the borrower wants.</summary>
    public async Task ReachAsync(CaseId id) => Assert.IsType<DeskAnswer.Done>(await _services.GetRequiredService<CaseDesk>()
        .ReportAsync(id, new ContactFact(ContactChannel.Visit, Reached: true, Evidence: "visit-1"), new("mgr-lin"), null, Cancellation));

    public async Task ActAsync(CaseId id, OperatorAction action) =>
        Assert.IsType<OperatorAnswer.Done>(await _services.GetRequiredService<OrchestrationDesk>().ActAsync(id, action, "operator-1", "r", Cancellation));

    public Task<int> RunWatchdogAsync() => _services.GetRequiredService<Watchdog>().RunAsync(TimeSpan.Zero, Cancellation);

    public async Task<OrchestrationDetails> ShowAsync(CaseId id) => (await _services.GetRequiredService<OrchestrationReader>().ShowAsync(id, Cancellation))!;

    /// <summary>Waits until an event about the case has gone out.</summary>
    public Task HearAsync(CaseId id, string type) => UntilAsync(() => Task.FromResult(Heard(id).Any(heard => heard.EndsWith(type, StringComparison.Ordinal))));

    public IEnumerable<string> Heard(CaseId id) => Channel.Sent.Where(sent => sent.Subject == id.ToString()).Select(sent => sent.Type);

    /// <summary>Lets the pump do for another case, from its opening on, what it would have done for any.</summary>
    public async Task LiveOnAsync(int number)
    {
        var other = await OpenAsync(number);
        await ReachAsync(other);
        await HearAsync(other, "intent.requested");
    }

    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var since = DateTime.UtcNow; !await isSo(); await Task.Delay(20, Cancellation))
            Assert.True(DateTime.UtcNow - since < Patience, "It did not come about.");
    }

    public async ValueTask DisposeAsync()
    {
        await _services.GetRequiredService<CasePump>().StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<PumpHouse> StartAsync(Azurite azurite, string prefix)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddTables(azurite.ConnectionString, prefix)
            .AddDesk(BusinessClock.Simulated(Now, speed: 0), CasePolicy.Default, BusinessCalendar.China)
            .AddSingleton<FakeChannel>()
            .AddSingleton<IEventChannel>(services => services.GetRequiredService<FakeChannel>())
            .AddSingleton<FailedRounds>()
            .AddSingleton<CasePump>()
            .AddSingleton<ICaseSignal>(services => services.GetRequiredService<CasePump>())
            .AddSingleton<ICaseRuntime>(services => services.GetRequiredService<CasePump>())
            .BuildServiceProvider();
        await services.GetRequiredService<TablesSetup>().EnsureAsync(Cancellation);
        await services.GetRequiredService<CasePump>().StartAsync(Cancellation);
        return new(services, prefix);
    }
}

/// <summary>Keeps what was sent, or throws.</summary>
internal sealed class FakeChannel : IEventChannel
{
    public Exception? Failure { get; set; }

    public ConcurrentQueue<OutgoingEvent> Sent { get; } = [];

    public Task<Delivery> DeliverAsync(Institution institution, OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            throw Failure;
        Sent.Enqueue(outgoing);
        return Task.FromResult(new Delivery(DeliveryStatus.Delivered, "taken"));
    }
}
