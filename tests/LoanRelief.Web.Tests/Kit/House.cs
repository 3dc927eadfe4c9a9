using LoanRelief.Desk;
using LoanRelief.Desk.Batches;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Chunks;
using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Jobs;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Desk.Telemetry;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;
using LoanRelief.Tables;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace LoanRelief.Web.Tests.Kit;

/// <summary>The HTTP surface on a real Kestrel, over real stores on tables of its own; time stands still unless it is moved.</summary>
public sealed class House : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = BeijingTime.At(new(2026, 1, 5), new(10, 0));

    private readonly WebApplication _app;

    private readonly ContractHandler _contract = new(new SocketsHttpHandler());

    private House(WebApplication app, LogBook log)
    {
        (_app, Log) = (app, log);
        Client = new(_contract) { BaseAddress = new(app.Urls.Single()) };
    }

    /// <summary>Fails the test on any answer that is not as the OpenAPI document says.</summary>
    public HttpClient Client { get; }

    /// <summary>Operations by name and the statuses that they have answered with.</summary>
    public IEnumerable<(string Operation, int Status)> Seen => _contract.Seen.Keys;

    public LogBook Log { get; }

    public FakeRuntime Runtime => _app.Services.GetRequiredService<FakeRuntime>();

    /// <summary>What hosts say of rounds.</summary>
    public RoundFailures RoundFailures => _app.Services.GetRequiredService<RoundFailures>();

    public FakeChannel Channel => _app.Services.GetRequiredService<FakeChannel>();

    public static async Task<House> StartAsync(Azurite azurite, Action<IServiceCollection>? change = null, string? connectionString = null, bool realClock = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var log = new LogBook();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Services
            .AddTables(connectionString ?? azurite.ConnectionString, $"W{Guid.NewGuid():N}")
            .AddDesk(realClock ? BusinessClock.Real() : BusinessClock.Simulated(Start, speed: 0), CasePolicy.Default, BusinessCalendar.China)
            .AddSingleton<FakeChannel>()
            .AddSingleton<IEventChannel>(services => services.GetRequiredService<FakeChannel>())
            .AddSingleton<ICaseSignal, NoSignal>()
            .AddSingleton<FakeRuntime>()
            .AddSingleton<ICaseRuntime>(services => services.GetRequiredService<FakeRuntime>())
            .AddLoanReliefWeb(options => options.UnavailableFor = failure => failure is Azure.RequestFailedException { Status: 0 or >= 500 } ? TimeSpan.FromSeconds(5) : null);
        change?.Invoke(builder.Services);
        var app = builder.Build().MapLoanRelief();
        if (connectionString is null)
            await app.Services.GetRequiredService<TablesSetup>().EnsureAsync(TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, log);
    }

    /// <summary>What is mapped: method, path, name.</summary>
    public IEnumerable<string> MappedEndpoints =>
        from endpoint in ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select $"{method} {endpoint.RoutePattern.RawText} {endpoint.Metadata.GetMetadata<EndpointNameMetadata>()!.EndpointName}";

    /// <summary>As it is stored, with what is never shown.</summary>
    public Task<Institution?> InstitutionAsync(string id) =>
        _app.Services.GetRequiredService<IInstitutionStore>().FindAsync(Identifier.Parse<InstitutionId>(id), TestContext.Current.CancellationToken);

    /// <summary>Does what the pump would do for a case until nothing is due any more.</summary>
    public async Task WorkAsync(string caseId)
    {
        var work = _app.Services.GetRequiredService<CaseWork>();
        var clock = _app.Services.GetRequiredService<BusinessClock>();
        while (await work.DoRoundAsync(Identifier.Parse<CaseId>(caseId), TimeSpan.Zero, TestContext.Current.CancellationToken) is { NextDue: { } due } && due <= clock.GetUtcNow())
        {
        }
    }

    /// <summary>Does what a host would do for the imports until nothing is left to do.</summary>
    public Task StoreImportsAsync() => WorkInChunksAsync(ImportWork.WorkName);

    /// <summary>Does what a host would do for the batches until nothing is left to do.</summary>
    public Task DoBatchesAsync() => WorkInChunksAsync(BatchWork.WorkName);

    /// <summary>One chunk of each institution.</summary>
    /// <returns>Whether there is more to do at once.</returns>
    public async Task<bool> DoChunkAsync(string work)
    {
        var (chunked, more) = (_app.Services.GetServices<IChunkedWork>().Single(each => each.Name == work), false);
        foreach (var institution in await chunked.OpenAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken))
            more |= await chunked.DoChunkAsync(institution, TestContext.Current.CancellationToken);
        return more;
    }

    private async Task WorkInChunksAsync(string work)
    {
        while (await DoChunkAsync(work))
        {
        }
    }

    public async Task<IReadOnlyList<WorkId>> OpenImportsAsync() =>
        await _app.Services.GetRequiredService<IImportStore>().OpenAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    /// <summary>Whether a daily job has something to do before its time.</summary>
    public Task<bool> IsWantedAsync(string job) =>
        _app.Services.GetRequiredService<DailyJobs>().All.Single(each => each.Name == job).IsWantedAsync(TestContext.Current.CancellationToken);

    /// <summary>Counts what there is, as the hosts do now and then.</summary>
    public Task TakeCensusAsync() =>
        _app.Services.GetRequiredService<CaseCensus>().TakeAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class NoSignal : ICaseSignal
    {
        public void Changed(CaseId id, DateTimeOffset? dueAt)
        {
        }
    }
}

/// <summary>A channel that answers as told.</summary>
public sealed class FakeChannel : IEventChannel
{
    public DeliveryStatus Status { get; set; } = DeliveryStatus.Delivered;

    public List<OutgoingEvent> Sent { get; } = [];

    public Task<Delivery> DeliverAsync(Institution institution, OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        // The reminders of a day go out side by side.
        lock (Sent)
            Sent.Add(outgoing);
        return Task.FromResult(new Delivery(Status, Status.ToString()));
    }
}

/// <summary>A runtime that keeps what it was told, or can not be reached.</summary>
public sealed class FakeRuntime : ICaseRuntime
{
    /// <summary>Acts and cases, in order.</summary>
    public List<string> Told { get; } = [];

    /// <summary>What it says about every case.</summary>
    public RuntimeInstance? Instance { get; set; }

    /// <summary>What an act fails with.</summary>
    public Exception? Failure { get; set; }

    public Task<RuntimeInstance?> FindAsync(CaseId id, CancellationToken cancellationToken) => Task.FromResult(Instance);

    public Task SuspendAsync(CaseId id, CancellationToken cancellationToken) => TellAsync($"suspend {id}");

    public Task ResumeAsync(CaseId id, CancellationToken cancellationToken) => TellAsync($"resume {id}");

    public Task TerminateAsync(CaseId id, CancellationToken cancellationToken) => TellAsync($"terminate {id}");

    public Task RestartAsync(CaseId id, CancellationToken cancellationToken) => TellAsync($"restart {id}");

    private Task TellAsync(string told)
    {
        Told.Add(told);
        return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
    }
}
