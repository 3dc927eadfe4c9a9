using System.Net;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Coverage;

public sealed class CoverageTests(Azurite azurite) : HouseTests(azurite)
{
    private const string Path = $"/api/institutions/{Institution}/scan-coverage";
    private const string March = "from=2026-03-01&to=2026-03-31";

    [Fact]
    public async Task The_count_names_every_reason_in_the_language_of_the_caller()
    {
        await HaveCaseAsync();
        await HaveLoanAsync("JJ-2");
        await HaveLoanAsync("JJ-3", loan => loan["outstanding"] = 0);

        var coverage = (await GetAsync($"{Path}?{March}", ("Accept-Language", "zh"))).Is(HttpStatusCode.OK).Json;

        Assert.Equal((3, 1, 2), ((int)coverage["loans"]!["count"]!, (int)coverage["withCase"]!["count"]!, (int)coverage["withoutCase"]!["count"]!));
        Assert.Equal((4_000_000m, 2_000_000m), ((decimal)coverage["loans"]!["outstanding"]!, (decimal)coverage["withoutCase"]!["outstanding"]!));
        Assert.Equal(
            ["settled 立案前已结清 1", "moved 立案前到期日已调整 0", "ahead 尚未到立案日 1", "due 等待下一次扫描 0", "otherCaseOpen 另一到期日的案件尚未结案 0", "unexplained 未立案且无原因：请告知本程序的运维人员 0"],
            coverage["reasons"]!.AsArray().Select(reason => $"{reason!["verdict"]} {reason["title"]} {reason["count"]}"));
        Assert.Null(coverage["scannedUpTo"]);
    }

    [Fact]
    public async Task The_loans_behind_it_are_listed_page_by_page()
    {
        await HaveCaseAsync();
        await HaveLoanAsync("JJ-2");
        await HaveLoanAsync("JJ-3");

        var first = (await GetAsync($"{Path}/loans?{March}&pageSize=2")).Is(HttpStatusCode.OK);
        var second = (await GetAsync(first.Headers["Link"].Split('<', '>')[1])).Is(HttpStatusCode.OK);

        Assert.Equal(["JJ-2 ahead", "JJ-3 ahead"], Loans(first));
        Assert.Equal([$"{Loan} caseOpened"], Loans(second));
        Assert.Equal(Case, (string?)second.Json["loans"]![0]!["case"]);
        Assert.Equal("2026-01-30", (string?)first.Json["loans"]![0]!["scanOn"]);
        Assert.False(second.Headers.ContainsKey("Link"));
        Assert.Equal([$"{Loan} caseOpened"], Loans(await GetAsync($"{Path}/loans?{March}&verdict=caseOpened")));
    }

    [Fact]
    public async Task Without_a_window_it_is_the_31_days_from_today()
    {
        await HaveInstitutionAsync();
        var coverage = (await GetAsync(Path)).Is(HttpStatusCode.OK).Json;
        Assert.Equal(("2026-01-05", "2026-02-04"), ((string?)coverage["from"], (string?)coverage["to"]));
        Assert.Equal("9999-12-31", (string?)(await GetAsync($"{Path}?from=9999-12-20")).Is(HttpStatusCode.OK).Json["to"]);
    }

    [Theory]
    [InlineData("from=2026-03-01&to=2026-04-01", "window-too-long@to")]
    [InlineData("from=2026-03-01&to=2026-02-28", "window-backwards@to")]
    [InlineData("from=2026-3-1", "expected-date@from")]
    [InlineData("from=2026-03-01T00:00:00Z", "expected-date@from")]
    public async Task A_window_that_can_not_be_is_refused(string query, string error)
    {
        foreach (var path in new[] { Path, $"{Path}/loans" })
            Assert.Equal([error], (await GetAsync($"{path}?{query}")).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("2026-04-01~JJ-1")]
    [InlineData("2026-03-01~")]
    public async Task A_continuation_of_another_list_is_refused(string continuation) =>
        Assert.Equal(["continuation-unknown@continuation"],
            (await GetAsync($"{Path}/loans?{March}&continuation={continuation}")).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);

    private static IEnumerable<string> Loans(Reply reply) => reply.Json["loans"]!.AsArray().Select(loan => $"{loan!["loanNumber"]} {loan["verdict"]}");
}
