using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Jobs;
using LoanRelief.Desk.Loans;
using LoanRelief.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LoanRelief.Tables.Tests.Kit;

/// <summary>The stores as a host gets them, on tables of their own, through a proxy that counts and interrupts.</summary>
public sealed class Stores : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Stores(StorageProxy proxy, ServiceProvider services) => (Proxy, _services) = (proxy, services);

    public StorageProxy Proxy { get; }

    public ICaseStore Cases => _services.GetRequiredService<ICaseStore>();

    public ILoanStore Loans => _services.GetRequiredService<ILoanStore>();

    public IInstitutionStore Institutions => _services.GetRequiredService<IInstitutionStore>();

    public IJobStore Jobs => _services.GetRequiredService<IJobStore>();

    public static async Task<Stores> StartAsync(Azurite azurite)
    {
        var proxy = await StorageProxy.StartAsync(azurite);
        var services = new ServiceCollection().AddTables(proxy.ConnectionString, $"T{Guid.NewGuid():N}").BuildServiceProvider();
        await services.GetRequiredService<TablesSetup>().EnsureAsync(TestContext.Current.CancellationToken);
        return new(proxy, services);
    }

    /// <summary>What reached storage while something ran.</summary>
    public async Task<StorageCounts> CountAsync(Func<Task> run)
    {
        var before = Proxy.Counts;
        await run();
        return Proxy.Counts - before;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Proxy.DisposeAsync();
    }
}
