using LoanRelief.Desk.Lists;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Lists;

public sealed class ExclusionDeskTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly InstitutionId Authority = Identifier.Parse<InstitutionId>("wenzhou-fra");
    private static readonly InstitutionId Stranger = Identifier.Parse<InstitutionId>("another-bank");
    private static readonly CreditCode Code = Identifier.Parse<CreditCode>("91330328MA2CPQ4R41");
    private static readonly DateOnly Day = new(2025, 6, 30);

    public static MatrixTheoryData<int, bool> Endings => new([2, 4], [false, true]);

    private ExclusionDesk Desk => new(Stores.Firms, Stores.Institutions);

    [Fact]
    public async Task An_institution_sees_its_own_entries_and_those_of_authorities()
    {
        await Stores.Institutions.PutAsync(Samples.Institution(Authority) with { Kind = InstitutionKind.Authority }, Cancellation);
        await Stores.Institutions.PutAsync(Samples.Institution(Stranger), Cancellation);
        foreach (var by in new[] { Samples.Bank, Authority, Stranger })
            await Desk.PutAsync([Row(by)], Cancellation);

        Assert.Equal([Samples.Bank, Authority], (await Desk.ListedAsync(Loan(Code), Day, Cancellation)).Select(entry => entry.By));
        Assert.Empty(await Desk.ListedAsync(Loan(Code), Day.AddYears(1), Cancellation));
        Assert.Empty(await Desk.ListedAsync(Loan(null), Day, Cancellation));
        Assert.Empty(await Desk.ListedAsync(Loan(Identifier.Parse<CreditCode>("92330328MA2CPQ4R51")), Day, Cancellation));
    }

    [Fact]
    public async Task The_same_list_again_changes_nothing()
    {
        var rows = new[] { Row(Samples.Bank), Row(Samples.Bank, ExclusionList.Shell), Row(Authority) };
        Assert.Equal(new ListCounts(3, 0, 0), await Desk.PutAsync(rows, Cancellation));
        var before = await Stores.Firms.FindAsync(Code, Cancellation);

        Assert.Equal(new ListCounts(0, 0, 3), await Desk.PutAsync(rows, Cancellation));
        Assert.Equal(before.ETag, (await Stores.Firms.FindAsync(Code, Cancellation)).ETag);

        var ended = Row(Samples.Bank);
        ended = ended with { Entry = ended.Entry with { ValidUntil = new(2025, 3, 31) } };
        Assert.Equal(new ListCounts(0, 1, 0), await Desk.PutAsync([ended], Cancellation));
    }

    /// <summary>Ends the program at each call to the storage in turn; the list is then sent again.</summary>
    [Theory, MemberData(nameof(Endings))]
    public async Task A_list_that_broke_off_anywhere_is_whole_when_it_is_sent_again(int call, bool callIsDone)
    {
        ExclusionRow[] rows = [Row(Samples.Bank), Row(Samples.Bank) with { Firm = Identifier.Parse<CreditCode>("92330328MA2CPQ4R51") }];
        await Stores.EndsAtAsync(call, callIsDone, () => Desk.PutAsync(rows, Cancellation));

        await using var after = await Stores.StartAsync(Azurite, Stores.Prefix);
        var again = await new ExclusionDesk(after.Firms, after.Institutions).PutAsync(rows, Cancellation);

        Assert.Equal((2, 0), (again.Added + again.Unchanged, again.Changed));
        foreach (var row in rows)
            Assert.Equal([row.Entry], (await after.Firms.FindAsync(row.Firm, Cancellation)).Firm.Exclusions);
    }

    [Fact]
    public async Task Lists_about_one_firm_that_come_at_once_are_all_kept()
    {
        var lists = Enumerable.Range(1, 8).Select(n => Identifier.Parse<ListId>($"list-{n}")).ToList();
        await Task.WhenAll(lists.Select(list => Desk.PutAsync([Row(Samples.Bank) with { Entry = Row(Samples.Bank).Entry with { List = list } }], Cancellation)));

        var firm = (await Stores.Firms.FindAsync(Code, Cancellation)).Firm;
        Assert.Equal(lists.Select(list => list.Value), firm.Exclusions.Select(entry => entry.List.Value).Order());
    }

    [Fact]
    public async Task Who_looks_a_borrower_up_makes_one_point_read()
    {
        await Desk.PutAsync([Row(Samples.Bank)], Cancellation);
        var desk = Desk;
        var counts = await Stores.CountAsync(() => desk.ListedAsync(Loan(Code), Day, Cancellation));
        Assert.Equal((1, 1), (counts.PointReads, counts.Calls));
        counts = await Stores.CountAsync(() => desk.ListedAsync(Loan(null), Day, Cancellation));
        Assert.Equal(0, counts.Calls);
    }

    private static ExclusionRow Row(InstitutionId by, ExclusionList kind = ExclusionList.Zombie) =>
        new(Code, new(kind, by, Identifier.Parse<ListId>("zombie-2025"), "市场监管部门在册数据", new(2025, 1, 1), new(2025, 12, 31)));

    private static Loan Loan(CreditCode? code)
    {
        var loan = Samples.Loan(Samples.Bank, Samples.Number(1));
        return loan with { Borrower = loan.Borrower with { CreditCode = code } };
    }
}
