using Azure.Data.Tables;
using LoanRelief.Desk.Batches;
using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Jobs;
using LoanRelief.Desk.Lists;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Policies;
using LoanRelief.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LoanRelief.Tables.Tests.Kit;

/// <summary>The stores as a host gets them, on tables of their own, through a proxy that counts and interrupts.</summary>
internal sealed class Stores : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Stores(StorageProxy proxy, ServiceProvider services, string prefix) => (Proxy, _services, Prefix) = (proxy, services, prefix);

    /// <summary>Of the names of the tables.</summary>
    public string Prefix { get; }

    public StorageProxy Proxy { get; }

    public ICaseStore Cases => _services.GetRequiredService<ICaseStore>();

    public ILoanStore Loans => _services.GetRequiredService<ILoanStore>();

    public IInstitutionStore Institutions => _services.GetRequiredService<IInstitutionStore>();

    public IPolicyStore Policies => _services.GetRequiredService<IPolicyStore>();

    public ICalendarStore Calendars => _services.GetRequiredService<ICalendarStore>();

    public IImportStore Imports => _services.GetRequiredService<IImportStore>();

    public IOrchestrationStore Orchestrations => _services.GetRequiredService<IOrchestrationStore>();

    public IBatchStore Batches => _services.GetRequiredService<IBatchStore>();

    public IFirmStore Firms => _services.GetRequiredService<IFirmStore>();

    public IInquiryStore Inquiries => _services.GetRequiredService<IInquiryStore>();

    public IJobStore Jobs => _services.GetRequiredService<IJobStore>();

    /// <param name="prefix">Of tables that are there, as another process would find them; new tables without it.</param>
    public static async Task<Stores> StartAsync(Azurite azurite, string? prefix = null)
    {
        var proxy = await StorageProxy.StartAsync(azurite);
        var tables = prefix ?? $"T{Guid.NewGuid():N}";
        var services = new ServiceCollection().AddTables(proxy.ConnectionString, tables).BuildServiceProvider();
        var stores = new Stores(proxy, services, tables);
        if (prefix is null)
            await stores.SetUpAsync();
        return stores;
    }

    /// <summary>What a host does when it starts.</summary>
    public Task SetUpAsync() => _services.GetRequiredService<TablesSetup>().EnsureAsync(TestContext.Current.CancellationToken);

    /// <summary>Stores the case as far as it has come, a first step at least, as the next of its loan.</summary>
    public async Task<StoredCase> OpenAsync(CaseWalk walk)
    {
        var (id, cancellation) = (walk.State.Id, TestContext.Current.CancellationToken);
        return await Cases.OpenAsync(await Cases.CasesOfAsync(id.Institution, id.Loan, cancellation), walk.LastStep, walk.State, cancellation);
    }

    /// <summary>Opens the case and walks with it, storing each step, until something is so or the case has come to its end.</summary>
    public async Task<StoredCase> WalkAsync(CaseWalk walk, Func<CaseState, bool> reached)
    {
        var stored = await OpenAsync(walk);
        while (!reached(walk.State) && walk.Next())
            stored = await Cases.AppendAsync(stored, [walk.LastStep], walk.State, TestContext.Current.CancellationToken);
        return stored;
    }

    /// <summary>Closes an open case at once.</summary>
    public Task<StoredCase> CloseAsync(StoredCase stored)
    {
        var context = new CaseContext(stored.State.ChangedAt, "借款人", BusinessCalendar.China, PolicyPacks.Shipped);
        var closed = (Verdict.Accepted)ReliefCase.Report(stored.State, new WithdrawalFact("不需要了"), context);
        return Cases.AppendAsync(stored, [closed.Step], closed.After, TestContext.Current.CancellationToken);
    }

    /// <summary>What reached storage while something ran.</summary>
    public async Task<StorageCounts> CountAsync(Func<Task> run)
    {
        var before = Proxy.Counts;
        await run();
        return Proxy.Counts - before;
    }

    /// <summary>Does the work and lets it hang for ever at a call, as if the program had ended there.</summary>
    /// <param name="call">Which one, from 1.</param>
    /// <param name="callIsDone">Whether storage still does it.</param>
    /// <returns>Whether it got that far; if not, the work is done.</returns>
    public async Task<bool> EndsAtAsync(int call, bool callIsDone, Func<Task> work)
    {
        var calls = 0;
        var ended = new TaskCompletionSource();
        if (callIsDone)
        {
            Proxy.Before = request => ended.Task.IsCompleted ? HangAsync() : Task.FromResult(ProxyVerdict.Pass);
            Proxy.After = EndAsync;
        }
        else
        {
            Proxy.Before = EndAsync;
        }

        var working = work();
        await await Task.WhenAny(working, ended.Task);
        return ended.Task.IsCompleted;

        Task<ProxyVerdict> EndAsync(StorageRequest request)
        {
            if (!ended.Task.IsCompleted && Interlocked.Increment(ref calls) < call)
                return Task.FromResult(ProxyVerdict.Pass);
            ended.TrySetResult();
            return HangAsync();
        }

        static async Task<ProxyVerdict> HangAsync()
        {
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
            return ProxyVerdict.Drop;
        }
    }

    /// <summary>All rows of some tables, without what says when and by which attempt they were written.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(Azurite azurite, params string[] tables)
    {
        var rows = new List<string>();
        foreach (var table in tables)
        {
            await foreach (var row in RowsOf(azurite, table))
            {
                var said = row.Where(each => each.Key is not ("odata.etag" or "Timestamp" or "Commit")).OrderBy(each => each.Key, StringComparer.Ordinal);
                rows.Add($"{table}: {string.Join(", ", said.Select(each => $"{each.Key}={each.Value}"))}");
            }
        }

        return rows;
    }

    /// <summary>All rows of a table as they are in the storage itself.</summary>
    public IAsyncEnumerable<TableEntity> RowsOf(Azurite azurite, string table) => new TableServiceClient(azurite.ConnectionString)
        .GetTableClient(Prefix + table)
        .QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Proxy.DisposeAsync();
    }
}
