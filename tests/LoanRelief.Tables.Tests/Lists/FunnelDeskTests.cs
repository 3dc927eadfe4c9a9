using LoanRelief.Desk;
using LoanRelief.Desk.Lists;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Lists;

public sealed class FunnelDeskTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly InstitutionId Authority = Identifier.Parse<InstitutionId>("wenzhou-fra");
    private static readonly InstitutionId OtherBank = Identifier.Parse<InstitutionId>("another-bank");
    private static readonly CreditCode First = Identifier.Parse<CreditCode>("91330328MA2CPQ4R41");
    private static readonly CreditCode Second = Identifier.Parse<CreditCode>("92330328MA2CPQ4R51");
    private static readonly DayWindow March = new(new(2025, 3, 1), new(2025, 3, 31));

    [Fact]
    public async Task An_institution_counts_its_own_records_and_an_authority_those_of_all_each_firm_once()
    {
        var desk = await PrepareAsync();

        var own = (await desk.CountAsync(Samples.Bank, March, Cancellation)).Funnel.Total;
        Assert.Equal((0, 0, 2, 1), Firms(own));
        // Recommended by the authority, in February: not without; the other firm was never recommended.
        Assert.Equal((1, Yuan(5_000_000)), (own.Credit.WithoutEarlier, own.Credit.Amount));

        var all = (await desk.CountAsync(Authority, March, Cancellation)).Funnel.Total;
        Assert.Equal((1, 0, 2, 1), Firms(all));
        Assert.Equal(Yuan(6_000_000), all.Credit.Amount);
    }

    [Fact]
    public async Task The_firms_behind_each_figure_come_page_by_page_and_are_as_many_as_it_says()
    {
        var desk = await PrepareAsync();
        var (filter, firms, after) = (new FunnelFilter(FunnelStage.Credit, null, null, WithoutEarlier: false), new List<FunnelFirm>(), default(FunnelPlace?));
        do
        {
            var page = await desk.PageAsync(Authority, March, filter, after, 1, Cancellation);
            firms.AddRange(page.Firms);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal([First, Second], firms.Select(firm => firm.Code).OrderBy(code => code.Value, StringComparer.Ordinal));
        Assert.Equal(Yuan(6_000_000), firms.Sum(firm => firm.Figure.Amount));
        var without = await desk.PageAsync(Samples.Bank, March, filter with { WithoutEarlier = true }, null, 10, Cancellation);
        Assert.Equal([Second], without.Firms.Select(firm => firm.Code));
        Assert.Empty((await desk.PageAsync(Samples.Bank, March, filter with { Sector = "F" }, null, 10, Cancellation)).Firms);
    }

    [Fact]
    public async Task A_count_reads_the_records_of_the_period_and_nothing_else()
    {
        var desk = await PrepareAsync();
        var april = new DayWindow(new(2025, 4, 1), new(2025, 4, 30));
        var counts = await Stores.CountAsync(() => desk.CountAsync(Samples.Bank, april, Cancellation));
        // The institutions, and four stages; no firm came to any of them.
        Assert.Equal((0, 5), (counts.PointReads, counts.Queries));
    }

    [Theory, MemberData(nameof(Endings))]
    public async Task A_list_that_broke_off_anywhere_counts_right_when_it_is_sent_again(int call, bool callIsDone)
    {
        FunnelRow[] rows = [Row(First, FunnelStage.Credit, Samples.Bank, 3, 100), Row(First, FunnelStage.Disbursed, Samples.Bank, 4, 50)];
        await Stores.Institutions.PutAsync(Samples.Institution(Samples.Bank), Cancellation);
        await Stores.EndsAtAsync(call, callIsDone, () => Desk(Stores).PutAsync(rows, Cancellation));

        await using var after = await Stores.StartAsync(Azurite, Stores.Prefix);
        Assert.Equal(2, (await Desk(after).PutAsync(rows, Cancellation)) is var again ? again.Added + again.Unchanged : 0);

        var total = (await Desk(after).CountAsync(Samples.Bank, March, Cancellation)).Funnel.Total;
        Assert.Equal((0, 0, 1, 1), Firms(total));
        Assert.Equal((Yuan(100), Yuan(50)), (total.Credit.Amount, total.Disbursed.Amount));
    }

    [Theory, MemberData(nameof(Endings))]
    public async Task What_is_taken_back_counts_nowhere_wherever_its_list_broke_off_when_it_is_sent_again(int call, bool callIsDone)
    {
        FunnelRow[] rows = [Row(First, FunnelStage.Credit, Samples.Bank, 3, 100), Row(First, FunnelStage.Disbursed, Samples.Bank, 4, 50)];
        await Stores.Institutions.PutAsync(Samples.Institution(Samples.Bank), Cancellation);
        await Desk(Stores).PutAsync(rows, Cancellation);
        FunnelRow[] wrong = [rows[0] with { Withdrawn = true }];
        await Stores.EndsAtAsync(call, callIsDone, () => Desk(Stores).PutAsync(wrong, Cancellation));

        await using var after = await Stores.StartAsync(Azurite, Stores.Prefix);
        await Desk(after).PutAsync(wrong, Cancellation);

        Assert.Equal((0, 0, 0, 1), Firms((await Desk(after).CountAsync(Samples.Bank, March, Cancellation)).Funnel.Total));
        Assert.Equal([rows[0].Record], (await after.Firms.FindAsync(First, Cancellation)).Firm.Withdrawn);
    }

    public static MatrixTheoryData<int, bool> Endings => new([2, 4], [false, true]);

    /// <summary>One firm on its whole way, half of it before March, and one that nobody recommended; a list of each author.</summary>
    private async Task<FunnelDesk> PrepareAsync()
    {
        await Stores.Institutions.PutAsync(Samples.Institution(Samples.Bank), Cancellation);
        await Stores.Institutions.PutAsync(Samples.Institution(OtherBank), Cancellation);
        await Stores.Institutions.PutAsync(Samples.Institution(Authority) with { Kind = InstitutionKind.Authority }, Cancellation);
        var desk = Desk(Stores);
        FunnelRow[] rows =
        [
            Row(First, FunnelStage.Recommended, Authority, 15, month: 2),
            Row(First, FunnelStage.Credit, Samples.Bank, 3, 2_000_000),
            Row(First, FunnelStage.Disbursed, Samples.Bank, 4, 1_000_000),
            Row(First, FunnelStage.Credit, OtherBank, 10, 1_000_000),
            Row(Second, FunnelStage.Visited, Authority, 1),
            Row(Second, FunnelStage.Credit, Samples.Bank, 31, 3_000_000),
        ];
        Assert.Equal(new ListCounts(6, 0, 0), await desk.PutAsync(rows, Cancellation));
        Assert.Equal(new ListCounts(0, 0, 6), await desk.PutAsync(rows, Cancellation));
        return desk;
    }

    private static FunnelDesk Desk(Stores stores) =>
        new(stores.Firms, stores.Institutions, new(stores.Firms, stores.Institutions), BusinessClock.Simulated(Samples.Start, speed: 0));

    private static (int Visited, int Recommended, int Credit, int Disbursed) Firms(FunnelFigures figures) =>
        (figures.Visited.Firms, figures.Recommended.Firms, figures.Credit.Firms, figures.Disbursed.Firms);

    private static FunnelRow Row(CreditCode firm, FunnelStage stage, InstitutionId by, int day, decimal? amount = null, int month = 3) =>
        new(firm, new(stage, by, new(2025, month, day), Identifier.Parse<DistrictCode>("330328"), Identifier.Parse<SectorCode>("C1492"), false, amount is { } yuan ? Yuan(yuan) : null));

    private static Money Yuan(decimal yuan) => Money.FromYuan(yuan);
}
