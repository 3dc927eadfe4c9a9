using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Lists;

public sealed class FunnelTests(Azurite azurite) : ListTests(azurite)
{
    private const string Funnel = $"/api/institutions/{Institution}/funnel";
    private const string December = "from=2025-12-01&to=2025-12-31";
    private const string Header = "creditCode,stage,on,district,sector,foreignTrade,amount";

    [Fact]
    public async Task The_funnel_is_counted_by_district_and_sector_and_every_figure_leads_to_its_firms()
    {
        await HaveInstitutionAsync();
        await RecordAsync(
            $"{Code},visited,2025-12-01,330328,C1492,false,", $"{Code},recommended,2025-12-02,330328,C1492,false,",
            $"{Code},credit,2025-12-10,330328,C1492,false,3000000.00", $"{Code},disbursed,2025-12-11,330328,C1492,false,1000000.00",
            $"{Code},disbursed,2025-12-20,330328,C1492,false,200000.50", $"{OtherCode},credit,2025-12-31,330381,F51,true,500000.00");

        var funnel = (await GetAsync($"{Funnel}?{December}", ("Accept-Language", "zh"))).Is(HttpStatusCode.OK).Json;

        Assert.Equal(["走访 1 0 ", "推荐 1 0 ", "授信 2 1 3500000.00", "放款 1 0 1200000.50"], Stages(funnel["stages"]));
        Assert.Equal(["330328 C 制造业", "330381 foreignTrade 外贸"], funnel["rows"]!.AsArray().Select(row => $"{row!["district"]} {row["sector"]} {row["sectorTitle"]}"));
        Assert.Equal(["走访 0 0 ", "推荐 0 0 ", "授信 1 1 500000.00", "放款 0 0 0.00"], Stages(funnel["rows"]![1]!["stages"]));
        Assert.Equal(["330328", "330381"], funnel["districts"]!.AsArray().Select(district => (string?)district!["district"]));
        Assert.Equal(["C", "foreignTrade"], funnel["sectors"]!.AsArray().Select(sector => (string?)sector!["sector"]));

        var first = (await GetAsync($"{Funnel}/firms?{December}&stage=credit&pageSize=1")).Is(HttpStatusCode.OK);
        var second = (await GetAsync(first.Headers["Link"].Split('<', '>')[1])).Is(HttpStatusCode.OK);
        Assert.Equal([$"{Code} 2025-12-10 330328 C 3000000.00 False", $"{OtherCode} 2025-12-31 330381 foreignTrade 500000.00 True"], [.. Firms(first), .. Firms(second)]);
        Assert.False(second.Headers.ContainsKey("Link"));
        Assert.Equal([$"{OtherCode} 2025-12-31 330381 foreignTrade 500000.00 True"], Firms(await GetAsync($"{Funnel}/firms?{December}&stage=credit&withoutEarlier=true&sector=foreignTrade&district=330381")));
    }

    [Fact]
    public async Task A_firm_is_screened_out_before_it_is_visited_and_no_day_lies_ahead()
    {
        await HaveAuthorityAsync();
        await HaveInstitutionAsync();
        await SendListAsync($"/api/institutions/{Authority}/exclusion-lists/zombie-2025", $"creditCode,kind,source,validFrom\n{Code},zombie,x,2025-12-02\n");

        var stored = (await SendListAsync($"/api/institutions/{Institution}/funnel-records", string.Join('\n',
            Header, $"{Code},visited,2025-12-01,330328,C,,", $"{Code},visited,2025-12-02,330328,C,,", $"{Code},credit,2025-12-03,330328,C,,100.00",
            $"{OtherCode},visited,2026-01-06,330328,C,,", $"{OtherCode},visited,2026-01-05,33032,U,,1"))).Is(HttpStatusCode.OK).Json;

        Assert.Equal((5, 2, 0, 0), Counts(stored));
        Assert.Equal(
            [$"3 on-exclusion-list@creditCode {Code}", "5 in-the-future@on 2026-01-06", "6 expected-district-code@district 33032", "6 expected-sector-code@sector U"],
            Errors(stored));
        Assert.Contains($"{Authority}/zombie-2025", (string)stored["rejected"]![0]!["errors"]![0]!["title"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_recorded_by_mistake_is_taken_back_and_a_wrong_day_is_put_right_and_counts_follow()
    {
        await HaveLoanAsync(change: WithCode);
        await RecordAsync($"{Code},visited,2025-12-01,330328,C,,", $"{Code},credit,2025-12-10,330328,C,,3000000.00", $"{OtherCode},visited,2025-12-01,330328,C,,");
        var list = string.Join('\n',
            $"{Header},withdrawn", $"{OtherCode},visited,2025-12-01,330328,C,,,true",
            $"{Code},credit,2025-12-10,330328,C,,3000000.00,true", $"{Code},credit,2025-12-12,330328,C,,3000000.00,", $"{Code},disbursed,2025-12-13,330328,C,,1.00,true");

        var stored = (await SendListAsync($"/api/institutions/{Institution}/funnel-records", list)).Is(HttpStatusCode.OK).Json;
        Assert.Equal((4, 1, 2, 0), Counts(stored));
        Assert.Equal(["5 record-unknown@on 2025-12-13"], Errors(stored));
        Assert.Equal((4, 0, 0, 3), Counts((await SendListAsync($"/api/institutions/{Institution}/funnel-records", list)).Json));

        Assert.Equal(["Visited 1 0 ", "Recommended 0 0 ", "Credit granted 1 1 3000000.00", "Disbursed 0 0 0.00"], Stages((await GetAsync($"{Funnel}?{December}")).Json["stages"]));
        Assert.Equal([$"{Code} 2025-12-12 330328 C 3000000.00 True"], Firms(await GetAsync($"{Funnel}/firms?{December}&stage=credit")));
        Assert.Equal(["2025-12-01", "2025-12-12"], (await ListingsAsync())["records"]!.AsArray().Select(record => (string?)record!["on"]));

        // It had been right after all.
        await RecordAsync($"{OtherCode},visited,2025-12-01,330328,C,,");
        Assert.Equal(2, (int?)(await GetAsync($"{Funnel}?{December}")).Json["stages"]![0]!["firms"]);
    }

    [Fact]
    public async Task What_an_authority_recorded_is_seen_of_own_borrowers_only()
    {
        await HaveAuthorityAsync();
        await HaveLoanAsync(change: WithCode);
        (await SendListAsync($"/api/institutions/{Authority}/funnel-records", $"{Header}\n{Code},recommended,2025-12-02,330328,C,,\n{OtherCode},recommended,2025-12-02,330328,C,,\n")).Is(HttpStatusCode.OK);

        Assert.Equal(0, (int?)(await GetAsync($"{Funnel}?{December}")).Json["stages"]![1]!["firms"]);
        Assert.Equal(2, (int?)(await GetAsync($"/api/institutions/{Authority}/funnel?{December}")).Json["stages"]![1]!["firms"]);
        var record = Assert.Single((await ListingsAsync())["records"]!.AsArray())!;
        Assert.Equal((Authority, "recommended", "2025-12-02"), ((string?)record["by"], (string?)record["stage"], (string?)record["on"]));
    }

    [Theory]
    [InlineData("from=2025-01-01&to=2026-01-02", "window-too-long@to")]
    [InlineData("from=2026-01-05&to=2026-01-04", "window-backwards@to")]
    [InlineData("sector=c", "not-allowed@sector")]
    [InlineData("withoutEarlier=yes", "expected-boolean@withoutEarlier")]
    [InlineData("continuation=wencheng-rcb~2025-12-01~91330328MA2CPQ4R41", "continuation-unknown@continuation")]
    public async Task What_can_not_be_counted_is_refused(string query, string error) =>
        Assert.Equal([error], (await GetAsync($"{Funnel}/firms?{query}")).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);

    private async Task RecordAsync(params string[] rows) =>
        Assert.Equal("[]", (await SendListAsync($"/api/institutions/{Institution}/funnel-records", string.Join('\n', rows.Prepend(Header)))).Is(HttpStatusCode.OK).Json["rejected"]!.ToJsonString());

    private static IEnumerable<string> Stages(JsonNode? stages) => stages!.AsArray().Select(stage => $"{stage!["title"]} {stage["firms"]} {stage["withoutEarlier"]} {stage["amount"]}");

    private static IEnumerable<string> Firms(Reply reply) =>
        reply.Json["firms"]!.AsArray().Select(firm => $"{firm!["creditCode"]} {firm["on"]} {firm["district"]} {firm["sector"]} {firm["amount"]} {(bool)firm["withoutEarlier"]!}");
}
