using System.Collections.Concurrent;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Loans;

/// <summary>Many loans at once are stored as each by itself would be, at a fraction of the calls.</summary>
public sealed class LoanBatchTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly DateOnly Day = new(2025, 2, 3);

    [Fact]
    public async Task Each_is_there_with_its_days()
    {
        var changes = Book(700);

        Assert.All(await PutAsync(changes), Assert.True);

        var found = await Stores.Loans.FindManyAsync(Samples.Bank, [.. changes.Select(change => change.Loan.Number), Samples.Number(9_999)], Cancellation);
        Assert.Equal(changes.Count, found.Count);
        Assert.All(changes, change => Assert.Equal((Json(change.Loan), change.Watch), (Json(found[change.Loan.Number].Loan), found[change.Loan.Number].Watch)));
        Assert.Equal(Json(found[Samples.Number(1)]), Json(await Stores.Loans.FindAsync(Samples.Bank, Samples.Number(1), Cancellation)));
        Assert.Equal(changes.Select(change => (change.Loan.Number, change.Watch.ScanOn)).OrderBy(ByNumber, StringComparer.Ordinal), await ToScanAsync());
    }

    [Fact]
    public async Task Loans_that_share_a_partition_or_a_day_share_a_transaction()
    {
        var changes = Book(700);
        var partitions = changes.Select(change => Keys.Bucket(Samples.Bank, change.Loan.Number)).Distinct().Count();

        var counts = await Stores.CountAsync(() => PutAsync(changes));

        // Seven days to scan and five to remind on, of which none has more than two hundred rows, and one maturity for all.
        Assert.InRange(counts.Calls, partitions, partitions + 7 + 5 * 2 + 7);
        Assert.Equal(0, counts.PointReads + counts.Queries);
    }

    [Fact]
    public async Task Whoever_has_not_seen_the_last_change_is_told_and_the_others_are_stored()
    {
        await PutAsync(Book(300));
        var seen = await Stores.Loans.FindManyAsync(Samples.Bank, [.. Book(300).Select(change => change.Loan.Number)], Cancellation);
        await Stores.Loans.PutAsync(seen[Samples.Number(7)], seen[Samples.Number(7)].Loan with { Renewals = 1 }, new(Day.AddDays(30), null), Cancellation);

        var changes = Book(400).Select(change => change with
        {
            Before = seen.GetValueOrDefault(change.Loan.Number),
            Loan = change.Loan with { Renewals = 2 },
            Watch = new(Day.AddDays(40), null),
        }).ToList();
        changes[9] = changes[9] with { Before = null };
        var stored = await PutAsync(changes);

        Assert.Equal([7, 9], Enumerable.Range(0, 400).Where(n => !stored[n]));
        var now = await Stores.Loans.FindManyAsync(Samples.Bank, [.. changes.Select(change => change.Loan.Number)], Cancellation);
        Assert.Equal([1, 0], new[] { 7, 9 }.Select(n => now[Samples.Number(n)].Loan.Renewals));
        Assert.Equal(398, now.Values.Count(loan => loan.Loan.Renewals == 2));
        Assert.Equal(now.Values.Select(loan => (loan.Loan.Number, loan.Watch.ScanOn)).OrderBy(ByNumber, StringComparer.Ordinal), await ToScanAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Broken_off_at_any_call_and_repeated_it_ends_like_one_that_was_not(bool callIsDone)
    {
        var changes = Book(6);
        for (var call = 1; ; call++)
        {
            await using var first = await Stores.StartAsync(Azurite);
            var calls = 0;
            Func<StorageRequest, Task<ProxyVerdict>> refuse = _ => Task.FromResult(Interlocked.Increment(ref calls) < call ? ProxyVerdict.Pass : ProxyVerdict.Drop);
            (first.Proxy.Before, first.Proxy.After) = (callIsDone ? null : refuse, callIsDone ? refuse : null);
            var put = first.Loans.PutManyAsync(Samples.Bank, changes, Cancellation);
            while (!put.IsCompleted && calls < call)
                await Task.Delay(1, Cancellation);
            if (calls < call)
                break;

            await using var next = await Stores.StartAsync(Azurite, first.Prefix);
            await next.Loans.PutManyAsync(Samples.Bank, changes, Cancellation);
            var found = await next.Loans.FindManyAsync(Samples.Bank, [.. changes.Select(change => change.Loan.Number)], Cancellation);
            Assert.Equal(changes.Select(change => Json(change.Loan)), changes.Select(change => Json(found[change.Loan.Number].Loan)));
            Assert.Equal(changes.Select(change => (change.Loan.Number, change.Watch.ScanOn)).OrderBy(ByNumber, StringComparer.Ordinal), await ToScanAsync(next));
        }
    }

    [Fact]
    public async Task Loans_whose_answer_got_lost_are_stored_once_and_known_as_stored()
    {
        var lost = new ConcurrentDictionary<string, bool>();
        Stores.Proxy.After = request => Task.FromResult(
            request.Kind == StorageRequestKind.Transaction && lost.TryAdd(request.Body, true) ? ProxyVerdict.Drop : ProxyVerdict.Pass);

        Assert.All(await PutAsync(Book(40)), Assert.True);

        Assert.True(lost.Count > 20);
    }

    /// <summary>New loans, to be scanned on seven days and reminded on five.</summary>
    private static List<LoanChange> Book(int loans) =>
        [.. Enumerable.Range(0, loans).Select(n => new LoanChange(null, Samples.Loan(Samples.Bank, Samples.Number(n)), new(Day.AddDays(n % 7), Day.AddDays(n % 5))))];

    private static string ByNumber((LoanNumber Number, DateOnly? On) each) => each.Number.Value;

    private Task<IReadOnlyList<bool>> PutAsync(IReadOnlyList<LoanChange> changes) => Stores.Loans.PutManyAsync(Samples.Bank, changes, Cancellation);

    private async Task<List<(LoanNumber, DateOnly?)>> ToScanAsync(Stores? stores = null)
    {
        var hold = new List<(LoanNumber, DateOnly?)>();
        await foreach (var due in (stores ?? Stores).Loans.ToScanAsync(Samples.Bank, DateOnly.MaxValue, Cancellation))
        {
            if (await (stores ?? Stores).Loans.FindAsync(Samples.Bank, due, Cancellation) is not null)
                hold.Add((due.Number, due.On));
        }

        return [.. hold.OrderBy(ByNumber, StringComparer.Ordinal)];
    }
}
