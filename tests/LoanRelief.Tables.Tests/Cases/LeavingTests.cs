using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Policies;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Cases;

/// <summary>When many cases move at a time, the rows of their old places go together, a moment after the steps.</summary>
public sealed class LeavingTests(Azurite azurite) : StoreTests(azurite)
{
    private const int Many = 20;

    private static readonly CaseQuery InContact = new() { Institution = Samples.Bank, Stage = Stage.Contact, PageSize = 100 };

    [Fact]
    public async Task Rows_of_cases_that_move_at_a_time_go_in_a_few_calls_and_no_list_shows_them_meanwhile()
    {
        var cases = await OpenManyAsync();
        // Another process finds that their rows hold, and marks them: from then on nobody looks the case up for such a row.
        await using (var other = await Stores.StartAsync(Azurite, Stores.Prefix))
            Assert.Equal(Many, (await other.Cases.ListAsync(InContact, Cancellation)).Cases.Count);
        var deletions = 0;
        Stores.Proxy.Before = call =>
        {
            if (call.Operations.Any(operation => operation.Method == "DELETE"))
                Interlocked.Increment(ref deletions);
            return Task.FromResult(ProxyVerdict.Pass);
        };

        await CloseAsync(cases);

        Assert.InRange(await RowsInContactAsync(), 1, Many);
        Assert.Empty((await Stores.Cases.ListAsync(InContact, Cancellation)).Cases);
        while (await RowsInContactAsync() > 0)
            await Task.Delay(50, Cancellation);
        Assert.InRange(deletions, 1, Many / 2);
    }

    [Fact]
    public async Task What_a_process_takes_with_it_when_it_ends_is_deleted_by_the_next()
    {
        var cases = await OpenManyAsync();
        Stores.Proxy.Before = call => Task.FromResult(call.Operations.Any(operation => operation.Method == "DELETE") ? ProxyVerdict.Drop : ProxyVerdict.Pass);
        await CloseAsync(cases);
        Assert.Equal(Many, await RowsInContactAsync());

        await using var next = await Stores.StartAsync(Azurite, Stores.Prefix);

        Assert.Empty((await next.Cases.ListAsync(InContact, Cancellation)).Cases);
        Assert.Equal(Many, await next.Cases.DueAsync(Samples.Bank, DateTimeOffset.MaxValue, Cancellation).CountAsync(Cancellation));
        Assert.Equal(0, await RowsInContactAsync());
    }

    /// <summary>Cases in their first stage that have sent what they had to send.</summary>
    private async Task<IReadOnlyList<StoredCase>> OpenManyAsync() => await Task.WhenAll(Enumerable.Range(0, Many).Select(async n =>
    {
        var stored = await Stores.OpenAsync(new(Samples.Loan(Samples.Bank, Samples.Number(n)), seed: 1));
        var context = new CaseContext(stored.State.ChangedAt, CaseContext.System, BusinessCalendar.China, PolicyPacks.Shipped);
        var reports = stored.State.PendingEffects.Select(effect => new EffectReport(effect.Key, EffectResult.Delivered, "204"));
        var told = Assert.IsType<Verdict.Accepted>(ReliefCase.RecordDeliveries(stored.State, [.. reports], context));
        return await Stores.Cases.AppendAsync(stored, [told.Step], told.After, Cancellation);
    }));

    private Task CloseAsync(IReadOnlyList<StoredCase> cases) => Task.WhenAll(cases.Select(Stores.CloseAsync));

    /// <summary>In the storage itself.</summary>
    private ValueTask<int> RowsInContactAsync() =>
        Stores.RowsOf(Azurite, "OpenCases").CountAsync(row => row.RowKey.StartsWith("10.contact", StringComparison.Ordinal), Cancellation);
}
