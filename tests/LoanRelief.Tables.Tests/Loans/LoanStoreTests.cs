using System.Text.Json;
using LoanRelief.Desk;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Loans;

public sealed class LoanStoreTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly DateOnly Day = new(2025, 2, 3);

    private static readonly LoanWatch NoWatch = new(null, null);

    [Fact]
    public async Task A_loan_is_read_as_it_was_stored_by_one_point_read()
    {
        var loan = Samples.Loan(Samples.Bank, Samples.Number(1));
        Assert.Null(await Stores.Loans.FindAsync(Samples.Bank, loan.Number, Cancellation));

        var stored = await Stores.Loans.PutAsync(null, loan, new(Day, Day.AddDays(1)), Cancellation);
        StoredLoan? found = null;
        var counts = await Stores.CountAsync(async () => found = await Stores.Loans.FindAsync(Samples.Bank, loan.Number, Cancellation));

        Assert.Equal(Json(stored), Json(found));
        Assert.Equal((Json(loan), new LoanWatch(Day, Day.AddDays(1))), (Json(found!.Loan), found.Watch));
        Assert.Equal(new StorageCounts(PointReads: 1, 0, 0, 0, 0, 0), counts);
    }

    [Fact]
    public async Task Who_has_not_seen_the_last_change_changes_nothing()
    {
        var loan = Samples.Loan(Samples.Bank, Samples.Number(1));
        var first = await Stores.Loans.PutAsync(null, loan, new(Day, Day), Cancellation);
        var second = await Stores.Loans.PutAsync(first, loan with { Renewals = 1 }, new(Day, null), Cancellation);

        await Assert.ThrowsAsync<ConflictException>(() => Stores.Loans.PutAsync(null, loan, new(Day.AddDays(-9), null), Cancellation));
        await Assert.ThrowsAsync<ConflictException>(() => Stores.Loans.PutAsync(first, loan, new(Day.AddDays(-9), null), Cancellation));

        Assert.Equal(Json(second), Json(await Stores.Loans.FindAsync(Samples.Bank, loan.Number, Cancellation)));
        Assert.Equal([(loan.Number, Day)], await ToScanAsync(Day));
        Assert.Empty(await ToRemindAsync(Day));
    }

    [Fact]
    public async Task Putting_is_one_transaction_and_a_write_for_each_day_that_comes_or_goes()
    {
        var loan = Samples.Loan(Samples.Bank, Samples.Number(1));
        StoredLoan? stored = null;

        Assert.Equal(3, await PutAsync(new(Day, Day))); // and one for the maturity, which stays
        Assert.Equal(0, await PutAsync(new(Day, Day)));
        Assert.Equal(2, await PutAsync(new(Day, Day.AddDays(1))));
        Assert.Equal(1, await PutAsync(new(null, Day.AddDays(1))));
        Assert.Equal(1, await PutAsync(NoWatch));
        Assert.Equal(0, await PutAsync(NoWatch));

        async Task<int> PutAsync(LoanWatch watch)
        {
            var counts = await Stores.CountAsync(async () => stored = await Stores.Loans.PutAsync(stored, loan, watch, Cancellation));
            Assert.Equal((1, 1, 0), (counts.Transactions, counts.TransactionOperations, counts.Queries + counts.PointReads));
            return counts.SingleWrites;
        }
    }

    [Fact]
    public async Task Loans_to_look_at_come_day_by_day_up_to_the_day_asked_for()
    {
        var loans = Enumerable.Range(0, 60)
            .Select(n => (Loan: Samples.Loan(Samples.Bank, Samples.Number(n)), Watch: new LoanWatch(n % 5 == 0 ? null : Day.AddDays(n * 7 % 20), n % 3 == 0 ? null : Day.AddDays(n * 3 % 20))))
            .ToList();
        await Parallel.ForEachAsync(loans, Cancellation, async (each, _) => await Stores.Loans.PutAsync(null, each.Loan, each.Watch, Cancellation));

        foreach (var upTo in new[] { Day.AddDays(-1), Day, Day.AddDays(9), DateOnly.MaxValue })
        {
            Assert.Equal(Expected(watch => watch.ScanOn, upTo), await ToScanAsync(upTo));
            Assert.Equal(Expected(watch => watch.RemindOn, upTo), await ToRemindAsync(upTo));
        }

        List<(LoanNumber, DateOnly)> Expected(Func<LoanWatch, DateOnly?> on, DateOnly upTo) =>
        [
            .. loans.Where(each => on(each.Watch) <= upTo)
                .Select(each => (each.Loan.Number, On: on(each.Watch)!.Value))
                .OrderBy(due => due.On).ThenBy(due => due.Number.Value, StringComparer.Ordinal),
        ];
    }

    [Fact]
    public async Task Loans_that_are_looked_at_while_the_list_is_read_come_once_each()
    {
        const int Loans = 1_100; // more than a page of a query
        await Parallel.ForAsync(0, Loans, Cancellation, async (n, _) =>
            await Stores.Loans.PutAsync(null, Samples.Loan(Samples.Bank, Samples.Number(n)), new(Day, null), Cancellation));

        var seen = new List<LoanNumber>();
        await foreach (var due in Stores.Loans.ToScanAsync(Samples.Bank, Day, Cancellation))
        {
            seen.Add(due.Number);
            if (seen.Count % 10 != 0)
                continue;
            var stored = await Stores.Loans.FindAsync(Samples.Bank, due.Number, Cancellation);
            await Stores.Loans.PutAsync(stored, stored!.Loan, NoWatch, Cancellation);
        }

        Assert.Equal(Enumerable.Range(0, Loans).Select(Samples.Number), seen);
        Assert.Equal(Loans - Loans / 10, (await ToScanAsync(Day)).Count);
    }

    [Fact]
    public async Task Loans_that_mature_come_day_by_day_within_the_window_and_stand_at_every_maturity_that_they_have_had()
    {
        var loans = Enumerable.Range(0, 40).Select(n => Samples.Loan(Samples.Bank, Samples.Number(n), Day.AddDays(n * 7 % 40))).ToList();
        foreach (var loan in loans)
            await Stores.Loans.PutAsync(null, loan, NoWatch, Cancellation);
        await Stores.Loans.PutAsync(null, Samples.Loan(Identifier.Parse<InstitutionId>("icbc-wencheng-2"), Samples.Number(1), Day), NoWatch, Cancellation);
        foreach (var (from, to) in new[] { (Day, Day), (Day.AddDays(-5), Day.AddDays(-1)), (Day.AddDays(3), Day.AddDays(29)), (DateOnly.MinValue, DateOnly.MaxValue) })
        {
            var expected = loans.Where(loan => loan.Maturity >= from && loan.Maturity <= to).OrderBy(loan => loan.Maturity).Select(loan => new MaturityEntry(loan.Maturity, loan.Number)).ToList();
            Assert.Equal(expected, await MaturingAsync(from, to));
            foreach (var (entry, n) in expected.Select((entry, n) => (entry, n)))
                Assert.Equal(expected.Skip(n + 1), await MaturingAsync(from, to, entry));
        }

        var stored = (await Stores.Loans.FindAsync(Samples.Bank, Samples.Number(0), Cancellation))!;
        foreach (var maturity in new[] { Day.AddDays(100), Day.AddDays(50), Day })
            stored = await Stores.Loans.PutAsync(stored, stored.Loan with { Maturity = maturity }, NoWatch, Cancellation);

        Assert.Equal([Day.AddDays(50), Day.AddDays(100)], stored.PastMaturities.Order());
        Assert.Equal([Day, Day.AddDays(50), Day.AddDays(100)], (await MaturingAsync(DateOnly.MinValue, DateOnly.MaxValue)).Where(entry => entry.Loan == stored.Loan.Number).Select(entry => entry.On));
    }

    [Theory]
    [InlineData("icbc-wencheng~JJ2024-0001/due/2025-03-10/30")]
    [InlineData("any / text # of ? a \\ caller\n续贷")]
    public async Task An_event_that_was_given_up_waits_until_it_is_removed(string key)
    {
        var loan = Samples.Loan(Samples.Bank, Samples.Number(1));
        var outgoing = new OutgoingEvent(
            key, "loanrelief.due-date.reminder", "icbc-wencheng~JJ2024-0001", Samples.Start, JsonElement.Parse("""{"days":30,"text":"到期提醒"}"""));
        Assert.Null(await Stores.Loans.FindDeadLetterAsync(Samples.Bank, loan.Number, key, Cancellation));

        await Stores.Loans.GiveUpAsync(loan, outgoing, "503", Cancellation);
        await Stores.Loans.GiveUpAsync(loan, outgoing, "504", Cancellation);

        Assert.Equal(new DeadLetter(key, outgoing.Type, outgoing.Subject, outgoing.Time, "504"), Assert.Single(await DeadAsync()));
        Assert.Equal(Json(outgoing), Json(await Stores.Loans.FindDeadLetterAsync(Samples.Bank, loan.Number, key, Cancellation)));
        Assert.Null(await Stores.Loans.FindDeadLetterAsync(Samples.Bank, Samples.Number(2), key, Cancellation));

        await Stores.Loans.RemoveDeadLetterAsync(Samples.Bank, loan.Number, key, Cancellation);
        await Stores.Loans.RemoveDeadLetterAsync(Samples.Bank, loan.Number, key, Cancellation);
        Assert.Empty(await DeadAsync());
    }

    private Task<List<MaturityEntry>> MaturingAsync(DateOnly from, DateOnly to, MaturityEntry? after = null) =>
        Stores.Loans.MaturingAsync(Samples.Bank, from, to, after, Cancellation).ToListAsync(Cancellation).AsTask();

    private Task<List<(LoanNumber, DateOnly)>> ToScanAsync(DateOnly upTo) => HoldAsync(Stores, Stores.Loans.ToScanAsync(Samples.Bank, upTo, Cancellation));

    private Task<List<(LoanNumber, DateOnly)>> ToRemindAsync(DateOnly upTo) => HoldAsync(Stores, Stores.Loans.ToRemindAsync(Samples.Bank, upTo, Cancellation));

    /// <summary>What is left when each loan has been asked.</summary>
    private static async Task<List<(LoanNumber, DateOnly)>> HoldAsync(Stores stores, IAsyncEnumerable<DueLoan> dues)
    {
        var hold = new List<(LoanNumber, DateOnly)>();
        await foreach (var due in dues)
        {
            if (await stores.Loans.FindAsync(Samples.Bank, due, Cancellation) is not null)
                hold.Add((due.Number, due.On));
        }

        return hold;
    }

    private async Task<List<DeadLetter>> DeadAsync() => await Stores.Loans.DeadLettersAsync(Samples.Bank, Cancellation).ToListAsync(Cancellation);
}
