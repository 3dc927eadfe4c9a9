using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Policies;

/// <summary>A policy that asks for an earlier contact than the lender's own month moves the day on which cases are opened.</summary>
/// <remarks>The clock of the house shows Monday 2026-01-05. A case is opened 15 days before the contact deadline.</remarks>
public sealed class EarlierContactTests(Azurite azurite) : HouseTests(azurite)
{
    /// <summary>Three months before is 2026-01-20; by the lender's own rule it would be 03-20, and the case of 03-05.</summary>
    private const string Maturity = "2026-04-20";

    [Fact]
    public async Task A_pack_that_comes_in_counts_for_the_loans_that_are_in_the_book()
    {
        await HaveLoanAsync("JJ-1", loan => loan["maturity"] = Maturity);
        await HaveLoanAsync("JJ-2", loan => (loan["maturity"], loan["borrower"]!["district"]) = (Maturity, "渝北区"));
        await HaveLoanAsync("JJ-3", loan => loan["maturity"] = "2026-04-21"); // deadline 01-21, opened from 01-06
        Assert.Equal(0, await ScanAsync());

        await PutPackAsync("2026-01-01", null, "文成县");

        Assert.Equal(1, await ScanAsync());
        var opened = (await GetAsync($"/api/cases/{Institution}~JJ-1~1")).Is(HttpStatusCode.OK).Json;
        Assert.Equal("2026-01-20", (string?)opened["contactDeadline"]!["date"]);
        var advice = await PostAsync("/api/advice", new JsonObject { ["stored"] = new JsonObject { ["institution"] = Institution, ["loanNumber"] = "JJ-3" } });
        Assert.Equal("2026-01-21", (string?)advice.Json["contactDeadline"]!["date"]);

        await MoveToAsync("2026-01-06");
        Assert.Equal(1, await ScanAsync());
        Assert.Equal(0, await ScanAsync());
    }

    [Fact]
    public async Task A_pack_counts_from_the_first_day_on_which_it_is_in_force_to_the_last()
    {
        await HaveLoanAsync(change: loan => loan["maturity"] = Maturity);
        await PutPackAsync("2026-01-10", "2026-01-31", "文成县");
        Assert.Equal(0, await ScanAsync());

        await HaveLoanAsync("JJ-2", loan => loan["maturity"] = "2026-05-20"); // deadline 02-14, opened from 01-30
        await HaveLoanAsync("JJ-3", loan => loan["maturity"] = "2026-06-20"); // would be opened from 03-05, when the pack is out of force
        await MoveToAsync("2026-01-10");
        Assert.Equal(1, await ScanAsync());
        await MoveToAsync("2026-02-01");
        Assert.Equal(0, await ScanAsync());
        await MoveToAsync("2026-03-06");
        Assert.Equal(0, await ScanAsync());
    }

    [Fact]
    public async Task A_pack_never_joins_a_case_that_is_open()
    {
        await HaveCaseAsync(change: loan => loan["maturity"] = Maturity);

        await PutPackAsync("2026-01-01", null, "文成县");
        await ScanAsync();

        Assert.Equal("2026-03-20", (string?)(await GetAsync($"/api/cases/{Case}")).Json["contactDeadline"]!["date"]);
    }

    private async Task<int> ScanAsync() =>
        (int)(await SendAsync(HttpMethod.Post, "/api/operations/jobs/maturity-scan/runs", null)).Is(HttpStatusCode.OK).Json["counts"]!["opened"]!;

    private async Task MoveToAsync(string day) => (await PostAsync("/api/operations/clock", new JsonObject { ["to"] = $"{day}T09:00:00+08:00" })).Is(HttpStatusCode.OK);

    private async Task PutPackAsync(string from, string? until, string district)
    {
        var pack = Bodies.Parse(
            """
            {
              "id": "early-contact", "title": { "zh": "提前三个月沟通", "en": "Contact three months ahead" }, "authority": "x", "jurisdiction": "x", "source": "test",
              "contact": { "monthsAhead": 3 },
              "duties": [{ "id": "contact", "article": "一", "title": { "zh": "沟通", "en": "Contact" }, "summary": { "zh": "沟通", "en": "Contact" } }]
            }
            """);
        (pack["effectiveFrom"], pack["scope"]) = (from, new JsonArray(new JsonObject { ["type"] = "districts", ["anyOf"] = new JsonArray(district) }));
        if (until is not null)
            pack["effectiveUntil"] = until;
        (await PutAsync("/api/policies/early-contact", pack)).Is(HttpStatusCode.Created);
    }
}
