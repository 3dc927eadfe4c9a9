using System.Collections.Concurrent;
using LoanRelief.Desk;
using LoanRelief.Desk.Batches;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Chunks;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace LoanRelief.Tables.Tests.Desk;

/// <summary>A process that dies in the middle of a batch is taken over by another, which ends it as the first would have.</summary>
public sealed class BatchCrashTests(Azurite azurite) : ICaseSignal, IEventChannel
{
    private static readonly MeasureId Cut = new(Identifier.Parse<PolicyPackId>("yubei-2022-16"), "2-rate-cut");

    private readonly ConcurrentDictionary<string, int> _sent = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_storage_call_it_ends_like_one_that_was_not(bool automatic)
    {
        await using var calm = await Stores.StartAsync(azurite);
        var id = await PrepareAsync(calm, automatic);
        var calls = (await calm.CountAsync(() => FinishAsync(calm))).Calls;
        var expected = await EndAsync(calm, id);
        var events = _sent.Keys.Order().ToList();
        Assert.True(calls > 20);

        for (var call = 2; call < calls; call += calls / 7)
        {
            _sent.Clear();
            await using var first = await Stores.StartAsync(azurite);
            id = await PrepareAsync(first, automatic);
            var seen = 0;
            var done = call % 2 == 0;
            Func<StorageRequest, Task<ProxyVerdict>> die = _ => Task.FromResult(Interlocked.Increment(ref seen) < call ? ProxyVerdict.Pass : ProxyVerdict.Drop);
            (first.Proxy.Before, first.Proxy.After) = (done ? null : die, done ? die : null);
            await using var dying = Start(first);
            var work = FinishAsync(dying);
            while (!work.IsCompleted && seen < call)
                await Task.Delay(1, Cancellation);

            await using var next = await Stores.StartAsync(azurite, first.Prefix);
            await FinishAsync(next);
            Assert.Equal(expected, await EndAsync(next, id));
            Assert.Equal(events, _sent.Keys.Order());
        }
    }

    void ICaseSignal.Changed(CaseId id, DateTimeOffset? dueAt)
    {
    }

    Task<Delivery> IEventChannel.DeliverAsync(Institution institution, OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        _sent.AddOrUpdate(outgoing.Id, 1, (_, times) => times + 1);
        return Task.FromResult(new Delivery(DeliveryStatus.Delivered, "200"));
    }

    private ServiceProvider Start(Stores stores) => new ServiceCollection()
        .AddDesk(BusinessClock.Simulated(Samples.Start, speed: 0), CasePolicy.Default, BusinessCalendar.China)
        .AddSingleton(stores.Cases).AddSingleton(stores.Loans).AddSingleton(stores.Institutions).AddSingleton(stores.Jobs).AddSingleton(stores.Policies)
        .AddSingleton(stores.Calendars).AddSingleton(stores.Batches).AddSingleton(stores.Imports).AddSingleton(stores.Firms).AddSingleton(stores.Inquiries)
        .AddSingleton<ICaseSignal>(this).AddSingleton<IEventChannel>(this)
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .BuildServiceProvider();

    /// <summary>Loans of every verdict.</summary>
    private async Task<Guid> PrepareAsync(Stores stores, bool automatic)
    {
        await using var services = Start(stores);
        await stores.Institutions.PutAsync(Samples.Institution(Samples.Bank), Cancellation);
        var policies = services.GetRequiredService<PolicyDesk>();
        await policies.PutAsync(PolicyPacks.Shipped.Single(pack => pack.Id == Cut.Policy) with { EffectiveUntil = new(2026, 12, 31) }, null, Cancellation);
        var loans = services.GetRequiredService<LoanDesk>();
        foreach (var number in Enumerable.Range(1, 5))
        {
            var loan = Samples.Loan(Samples.Bank, Samples.Number(number));
            await loans.PutAsync(loan with { Borrower = loan.Borrower with { District = "渝北区", Kind = number == 3 ? BorrowerKind.Individual : loan.Borrower.Kind } }, Cancellation);
        }

        await services.GetRequiredService<CaseDesk>().OpenAsync(Samples.Bank, Samples.Number(2), CaseTrigger.Institution, new("mgr-lin"), Cancellation);
        var measure = automatic
            ? new BatchMeasure(null, null, new(Cut, [Attestation.Affected]))
            : new BatchMeasure(new(IntentKind.Renew), new(ContactChannel.Phone, Reached: true, "notice"), null);
        var desk = services.GetRequiredService<BatchDesk>();
        var taken = Assert.IsType<BatchAnswer.Taken>(
            await desk.PrepareAsync(Samples.Bank, [.. Enumerable.Range(1, 6).Select(Samples.Number)], measure, new("mgr-lin"), Cancellation));
        if (automatic)
            await desk.ApproveAsync(Samples.Bank, taken.Batch.Id, "dir-chen", Cancellation);
        return taken.Batch.Id;
    }

    private async Task FinishAsync(Stores stores)
    {
        await using var services = Start(stores);
        await FinishAsync(services);
    }

    private static async Task FinishAsync(ServiceProvider services)
    {
        var work = services.GetServices<IChunkedWork>().Single(each => each.Name == BatchWork.WorkName);
        while (await work.DoChunkAsync(Samples.Bank, Cancellation))
        {
        }
    }

    /// <summary>The batch, its verdicts, and the history of every case, as one text that is the same for every run.</summary>
    private static async Task<string> EndAsync(Stores stores, Guid id)
    {
        var batch = (await stores.Batches.FindAsync(Samples.Bank, id, Cancellation))!.Work;
        var lines = new List<string> { $"{batch.State} {StoreTests.Json(batch.Verdicts.OrderBy(each => each.Key))}" };
        lines.AddRange((await stores.Batches.VerdictsAsync(batch, 0, Cancellation)).Select(StoreTests.Json));
        foreach (var number in Enumerable.Range(1, 6).Select(Samples.Number))
        {
            var known = await stores.Cases.CasesOfAsync(Samples.Bank, number, Cancellation);
            lines.Add($"{number}: {known.Cases}");
            if (known.Last is { } last)
                lines.AddRange((await stores.Cases.HistoryAsync(last, Cancellation).ToListAsync(Cancellation)).Select(step => $"{step.Number} {step.Cause} {step.By}"));
            if (await stores.Batches.FindGrantAsync(Samples.Bank, number, Cut, Cancellation) is { } grant)
                lines.Add($"{grant.Measure} {grant.NewRate} {grant.By} {grant.ApprovedBy}");
        }

        Assert.Empty(await stores.Batches.OpenAsync(Cancellation).ToListAsync(Cancellation));
        return string.Join('\n', lines);
    }
}
