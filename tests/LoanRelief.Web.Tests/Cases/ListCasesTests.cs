using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Cases;

public sealed class ListCasesTests(Azurite azurite) : HouseTests(azurite)
{
    [Fact]
    public async Task Pages_follow_each_other_by_continuation_and_by_link()
    {
        for (var n = 1; n <= 5; n++)
            await HaveCaseAsync($"JJ-{n}");
        var seen = new List<string>();
        for (var path = $"/api/cases?institution={Institution}&pageSize=2"; path is not null;)
        {
            var page = (await GetAsync(path)).Is(HttpStatusCode.OK);
            seen.AddRange(page.Json["cases"]!.AsArray().Select(each => (string)each!["loanNumber"]!));
            var next = (string?)page.Json["continuation"];
            path = page.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
            Assert.Equal(next is null, path is null);
            Assert.True(path is null || path.Contains($"institution={Institution}&pageSize=2&continuation={Uri.EscapeDataString(next!)}", StringComparison.Ordinal), path);
        }

        Assert.Equal(["JJ-1", "JJ-2", "JJ-3", "JJ-4", "JJ-5"], seen.Order());
    }

    [Fact]
    public async Task Lists_are_by_stage_by_outcome_and_by_deadline()
    {
        await HaveCaseAsync("JJ-open");
        await HaveCaseAsync("JJ-excluded", loan => loan["borrower"]!["exclusions"] = new JsonArray("shell"));
        Assert.Equal(["JJ-open"], await LoansAsync(""));
        Assert.Equal(["JJ-open"], await LoansAsync("?stage=contact"));
        Assert.Equal([], await LoansAsync("?stage=intent"));
        Assert.Equal(["JJ-excluded"], await LoansAsync("?stage=closed"));
        Assert.Equal(["JJ-excluded"], await LoansAsync("?outcome=excluded"));
        Assert.Equal([], await LoansAsync("?outcome=renewed"));
        Assert.Equal(["JJ-open"], await LoansAsync("?deadlineBefore=2026-03-01"));
        Assert.Equal([], await LoansAsync("?deadlineBefore=2026-01-06T00:00:00%2B08:00"));
        Assert.Equal([], await LoansAsync("?institution=another-bank"));
    }

    [Fact]
    public async Task Outcomes_have_titles_too()
    {
        await HaveCaseAsync("JJ-excluded", loan => loan["borrower"]!["exclusions"] = new JsonArray("shell"));
        var closed = (await GetAsync("/api/cases?stage=closed", ("Accept-Language", "zh"))).Json["cases"]![0]!;
        Assert.Equal(("预先剔除", "结案", "listed-shell"), ((string?)closed["outcomeTitle"], (string?)closed["stageTitle"], (string?)closed["reasonCode"]));
    }

    [Theory]
    [InlineData("institution=X", "expected-institution-id@institution")]
    [InlineData("stage=Contact", "expected-one-of@stage")]
    [InlineData("outcome=gone", "expected-one-of@outcome")]
    [InlineData("deadlineBefore=2026-01-06T00:00:00", "expected-instant-or-date@deadlineBefore")]
    [InlineData("deadlineBefore=2026-01-06T00:00:00+08:00", "expected-instant-or-date@deadlineBefore")]
    [InlineData("pageSize=0", "out-of-range@pageSize")]
    [InlineData("pageSize=1001", "out-of-range@pageSize")]
    [InlineData("pageSize=ten", "out-of-range@pageSize")]
    [InlineData("continuation=nonsense", "continuation-unknown@continuation")]
    [InlineData("stage=contact&stage=intent", "given-twice@stage")]
    [InlineData("page=2", "unknown-parameter@page")]
    [InlineData("stage=contact&outcome=renewed", "outcome-of-open-cases@outcome")]
    [InlineData("stage=closed&deadlineBefore=2026-01-01", "deadline-of-closed-cases@deadlineBefore")]
    public async Task A_parameter_that_is_wrong_is_named(string query, string error) =>
        Assert.Equal([error], (await GetAsync($"/api/cases?{query}")).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);

    [Fact]
    public async Task All_wrong_parameters_are_named_at_once() => Assert.Equal(
        ["unknown-parameter@x", "expected-one-of@stage", "out-of-range@pageSize"],
        (await GetAsync("/api/cases?stage=x&pageSize=-1&x=1")).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);

    [Fact]
    public async Task A_continuation_belongs_to_its_parameters()
    {
        await HaveCaseAsync("JJ-1");
        await HaveCaseAsync("JJ-2");
        var next = (string)(await GetAsync("/api/cases?stage=contact&pageSize=1")).Json["continuation"]!;
        Assert.Equal(
            ["continuation-unknown@continuation"],
            (await GetAsync($"/api/cases?stage=intent&pageSize=1&continuation={Uri.EscapeDataString(next)}")).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
    }

    private async Task<IEnumerable<string>> LoansAsync(string query) =>
        (await GetAsync("/api/cases" + query)).Is(HttpStatusCode.OK).Json["cases"]!.AsArray().Select(each => (string)each!["loanNumber"]!);
}
