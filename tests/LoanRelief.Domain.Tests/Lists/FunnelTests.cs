using System.Globalization;
using System.Runtime.CompilerServices;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Lists;

public class FunnelTests
{
    private static readonly InstitutionId Bank = Identifier.Parse<InstitutionId>("wencheng-rcb");
    private static readonly DistrictCode Wencheng = Identifier.Parse<DistrictCode>("330328");
    private static readonly DistrictCode Ruian = Identifier.Parse<DistrictCode>("330381");

    /// <summary>Seed 003, one firm for ten thousand: 走访 318 万家, 推荐 67 万家, 授信 63 万家, 放款 1.7 万亿元; 外贸企业 4.4 万家.</summary>
    [Fact]
    public void Zhejiang_s_funnel_foots_with_foreign_trade_as_a_sector_of_its_own()
    {
        var tally = new FunnelTally();
        for (var n = 0; n < 318; n++)
        {
            var (district, foreignTrade, day) = (n % 2 == 0 ? Wencheng : Ruian, n < 4, new DateOnly(2025, 1, 1).AddDays(n % 90));
            tally.Add(Code(n), Record(FunnelStage.Visited, day, district, "C1492", foreignTrade));
            if (n < 67)
                tally.Add(Code(n), Record(FunnelStage.Recommended, day, district, "C1492", foreignTrade));
            if (n < 63)
            {
                tally.Add(Code(n), Record(FunnelStage.Credit, day, district, "C1492", foreignTrade, 3_000_000m));
                tally.Add(Code(n), Record(FunnelStage.Disbursed, day, district, "C1492", foreignTrade, n < 62 ? 2_700_000m : 2_600_000m));
            }
        }

        var funnel = tally.Count();

        Assert.Equal([318, 67, 63, 63], Firms(funnel.Total));
        Assert.Equal(Money.FromYuan(170_000_000m), funnel.Total.Disbursed.Amount);
        var sectors = funnel.By(cell => cell.Sector, StringComparer.Ordinal).ToDictionary(each => each.Key, each => each.Figures);
        Assert.Equal([314, 63, 59, 59], Firms(sectors["C"]));
        Assert.Equal([4, 4, 4, 4], Firms(sectors[FunnelCell.ForeignTrade]));
        Assert.Equal(Money.FromYuan(10_800_000m), sectors[FunnelCell.ForeignTrade].Disbursed.Amount);
        var districts = funnel.By(cell => cell.District.Value, StringComparer.Ordinal).Select(each => each.Figures).ToList();
        Assert.Equal([[159, 34, 32, 32], [159, 33, 31, 31]], districts.Select(Firms));
        Assert.Equal((4, funnel.Total), (funnel.Cells.Count, FunnelFigures.Sum(districts)));
        Assert.Equal(0, funnel.Total.Credit.WithoutEarlier + funnel.Total.Recommended.WithoutEarlier + funnel.Total.Disbursed.WithoutEarlier);
    }

    [Fact]
    public void A_firm_counts_once_in_each_stage_and_all_that_it_got_counts()
    {
        var tally = new FunnelTally();
        foreach (var day in new[] { 3, 17, 29 })
            tally.Add(Code(1), Record(FunnelStage.Disbursed, new(2025, 3, day), Wencheng, "C", amount: 100.01m));

        Assert.Equal(new StageFigure(1, 1, Money.FromYuan(300.03m)), tally.Count().Total.Disbursed);
    }

    [Fact]
    public void A_stage_without_the_one_before_is_shown_unless_that_came_earlier()
    {
        var tally = new FunnelTally();
        tally.Add(Code(1), Record(FunnelStage.Credit, new(2025, 3, 1), Wencheng, "C", amount: 1m));
        tally.Add(Code(2), Record(FunnelStage.Recommended, new(2025, 3, 1), Wencheng, "C"));
        tally.Add(Code(3), Record(FunnelStage.Visited, new(2025, 3, 1), Wencheng, "C"));

        Assert.Equal([Code(1), Code(2)], tally.WithoutEarlier);
        tally.CameBefore(Code(2), FunnelStage.Visited);
        var funnel = tally.Count();
        Assert.Equal((1, 1), (funnel.Total.Credit.Firms, funnel.Total.Credit.WithoutEarlier));
        Assert.Equal((1, 0), (funnel.Total.Recommended.Firms, funnel.Total.Recommended.WithoutEarlier));
        Assert.Equal((1, 0), (funnel.Total.Visited.Firms, funnel.Total.Visited.WithoutEarlier));
    }

    [Fact]
    public void A_firm_that_moved_is_counted_where_it_was_last()
    {
        var tally = new FunnelTally();
        tally.Add(Code(1), Record(FunnelStage.Recommended, new(2025, 3, 2), Ruian, "F51"));
        tally.Add(Code(1), Record(FunnelStage.Visited, new(2025, 3, 1), Wencheng, "C14"));

        var cell = Assert.Single(tally.Count().Cells);
        Assert.Equal((new FunnelCell(Ruian, "F"), 1, 1), (cell.Key, cell.Value.Visited.Firms, cell.Value.Recommended.Firms));
    }

    [Fact]
    public void Of_one_day_the_later_stage_says_where_a_firm_is_and_then_whoever_comes_later_by_name()
    {
        var tally = new FunnelTally();
        var (on, other) = (new DateOnly(2025, 3, 1), Identifier.Parse<InstitutionId>("zhejiang-fra"));
        tally.Add(Code(1), Record(FunnelStage.Recommended, on, Wencheng, "C"));
        tally.Add(Code(1), Record(FunnelStage.Visited, on, Ruian, "F"));
        Assert.Equal([new FunnelCell(Wencheng, "C")], tally.Count().Cells.Keys);
        tally.Add(Code(1), Record(FunnelStage.Recommended, on, Ruian, "F") with { By = other });
        tally.Add(Code(1), Record(FunnelStage.Recommended, on, Wencheng, "A"));
        Assert.Equal([new FunnelCell(Ruian, "F")], tally.Count().Cells.Keys);
    }

    [Fact]
    public void No_record_is_held_in_memory_once_it_is_counted()
    {
        var tally = new FunnelTally();
        var record = Add(tally);
        GC.Collect();

        Assert.False(record.TryGetTarget(out _));
        Assert.Equal(1, tally.Count().Total.Visited.Firms);

        // In a frame of its own, which is gone by then.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference<FunnelRecord> Add(FunnelTally tally)
        {
            var record = Record(FunnelStage.Visited, new(2025, 3, 1), Wencheng, "C");
            tally.Add(Code(1), record);
            return new(record);
        }
    }

    [Theory]
    [InlineData(FunnelStage.Visited, "100.00", "amount-without-money")]
    [InlineData(FunnelStage.Credit, null, "required")]
    [InlineData(FunnelStage.Disbursed, "0.00", "not-positive")]
    [InlineData(FunnelStage.Disbursed, "0.01", null)]
    [InlineData(FunnelStage.Recommended, null, null)]
    public void Money_belongs_to_the_stages_that_have_some(FunnelStage stage, string? amount, string? wrong)
    {
        var yuan = amount is null ? (decimal?)null : decimal.Parse(amount, CultureInfo.InvariantCulture);
        Assert.Equal(wrong, new FunnelRow(Code(1), Record(stage, new(2025, 3, 1), Wencheng, "C", amount: yuan)).Check().SingleOrDefault()?.Code);
    }

    [Theory]
    [InlineData("C", "C")]
    [InlineData("C1492", "C")]
    [InlineData("T97", "T")]
    [InlineData("U", null)]
    [InlineData("C1", null)]
    [InlineData("制造业", null)]
    public void A_sector_is_a_section_of_the_standard(string code, string? section) =>
        Assert.Equal(section, SectorCode.TryParse(code, out var sector) ? sector.Section : null);

    private static int[] Firms(FunnelFigures figures) => [figures.Visited.Firms, figures.Recommended.Firms, figures.Credit.Firms, figures.Disbursed.Firms];

    private static FunnelRecord Record(FunnelStage stage, DateOnly on, DistrictCode district, string sector, bool foreignTrade = false, decimal? amount = null) =>
        new(stage, Bank, on, district, Identifier.Parse<SectorCode>(sector), foreignTrade, amount is { } yuan ? Money.FromYuan(yuan) : null);

    /// <summary>The n-th code of its kind that there is.</summary>
    private static CreditCode Code(int n)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"9133032800000{n:D4}");
        return "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(check => CreditCode.TryParse(body + check, out var code) ? code : default).Single(code => code.Value is not null);
    }
}
