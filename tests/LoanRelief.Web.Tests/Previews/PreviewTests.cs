using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Previews;

public sealed class PreviewTests(Azurite azurite) : HouseTests(azurite)
{
    [Fact]
    public async Task A_rate_cut_of_a_tenth_saves_what_the_worked_example_says()
    {
        // 2,000,000.00 at 4.35%, 2022-12-30 to 2023-06-30, bullet, ACT/360: 43,983.33; at 3.915%: 39,585.00.
        var body = Body("""[{ "type": "rateCut", "share": 0.1, "from": "2022-12-30" }]""", "2022-12-30");
        var loan = body["loan"]!;
        (loan["repaymentMethod"], loan["drawnOn"], loan["maturity"]) = ("bullet", "2022-12-30", "2023-06-30");
        var preview = (await PostAsync("/api/previews", body)).Is(HttpStatusCode.OK).Json;
        Assert.Equal(43983.33m, (decimal?)preview["before"]!["totalInterest"]);
        Assert.Equal(39585.00m, (decimal?)preview["after"]!["totalInterest"]);
        Assert.Equal(4398.33m, (decimal?)preview["relief"]!["totals"]!["interest"]!["relief"]);
        Assert.Equal(0.03915m, (decimal?)preview["newRate"]);
    }

    [Fact]
    public async Task It_is_worked_out_for_today_when_no_day_is_given()
    {
        var preview = (await PostAsync("/api/previews", Body("""[{ "type": "renewal", "newMaturity": "2027-03-20" }]"""))).Is(HttpStatusCode.OK).Json;
        Assert.Equal("2026-01-05", (string?)preview["asOf"]);
        Assert.Equal("2027-03-20", (string?)preview["newMaturity"]);
        Assert.Equal("PREVIEW", (string?)preview["renewal"]!["settles"]);
    }

    [Fact]
    public async Task Nothing_is_stored()
    {
        var body = Body("""[{ "type": "renewal", "newMaturity": "2027-03-20" }]""");
        (body["loan"]!["institution"], body["loan"]!["number"]) = (Institution, Loan);
        (await PostAsync("/api/previews", body)).Is(HttpStatusCode.OK);
        (await GetAsync($"/api/institutions/{Institution}/loans/{Loan}")).IsProblem(HttpStatusCode.NotFound, "loan-unknown");
    }

    [Fact]
    public async Task Changes_that_do_not_go_together_are_refused()
    {
        var body = Body("""[{ "type": "renewal", "newMaturity": "2027-03-20" }, { "type": "extension", "newMaturity": "2026-09-20" }]""");
        Assert.Equal(["conflicting-changes@changes[1]"], (await PostAsync("/api/previews", body)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
    }

    [Fact]
    public async Task A_loan_that_makes_no_sense_is_refused_with_the_path_of_the_member()
    {
        var body = Body("""[{ "type": "renewal", "newMaturity": "2027-03-20" }]""");
        body["loan"]!["outstanding"] = 3000000;
        Assert.Equal(["outstanding-above-principal@loan.outstanding"], (await PostAsync("/api/previews", body)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
    }

    [Fact]
    public async Task At_least_one_change_is_needed() =>
        Assert.Equal(["list-length@changes"], (await PostAsync("/api/previews", Body("[]"))).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("2026-03-20")]
    [InlineData("2026-06-01")]
    public async Task Any_day_gives_an_answer(string asOf)
    {
        var reply = await PostAsync("/api/previews", Body("""[{ "type": "penaltyWaiver", "share": 0.5 }]""", asOf));
        Assert.True(reply.Status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, reply.Text + House.Log.Text);
    }

    private static JsonObject Body(string changes, string? asOf = null)
    {
        var body = new JsonObject { ["loan"] = Bodies.Loan(), ["changes"] = JsonNode.Parse(changes) };
        if (asOf is not null)
            body["asOf"] = asOf;
        return body;
    }
}
