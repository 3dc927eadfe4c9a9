using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Previews;

/// <summary>Changes that can not be, and days for which nothing can be worked out: refused with the field, never with a figure.</summary>
/// <remarks>The loan: 2,000,000 yuan at 4.35%, 2025-03-20 to 2026-03-20; a guarantee fee of 1.25%. Asked on 2026-02-02.</remarks>
public sealed class BadChangeTests(Azurite azurite) : HouseTests(azurite)
{
    private static readonly (string Change, string[] Errors)[] Changes =
    [
        ("""{ "type": "renewal", "newMaturity": "2027-02-29" }""", ["expected-date@changes[0].newMaturity"]), // no leap year
        ("""{ "type": "renewal", "newMaturity": "2026-03-20" }""", ["maturity-not-later@changes[0].newMaturity"]),
        ("""{ "type": "renewal", "newMaturity": "2126-03-20" }""", ["term-too-long@changes[0].newMaturity"]), // a hundred years
        ("""{ "type": "renewal", "newMaturity": "9999-12-31" }""", ["term-too-long@changes[0].newMaturity"]),
        ("""{ "type": "renewal", "newMaturity": "2027-03-20", "rate": 0.37 }""", ["rate-too-high@changes[0].rate"]),
        ("""{ "type": "renewal", "newMaturity": "2027-03-20", "rate": 4.35 }""", ["expected-rate@changes[0].rate"]),
        ("""{ "type": "renewal", "newMaturity": "2027-03-20", "rate": 0.0415000001 }""", ["rate-too-precise@changes[0].rate"]),
        ("""{ "type": "renewal", "newMaturity": "2027-03-20", "on": "2026-02-01" }""", ["out-of-range@changes[0].on"]),
        ("""{ "type": "renewal", "newMaturity": "2027-03-20", "on": "0001-01-01" }""", ["out-of-range@changes[0].on"]),
        ("""{ "type": "renewal", "newMaturity": "2027-03-20", "newLoanNumber": "PREVIEW" }""", ["renews-itself@changes[0].newLoanNumber"]),
        ("""{ "type": "extension", "newMaturity": "2026-03-19" }""", ["maturity-not-later@changes[0].newMaturity"]),
        ("""{ "type": "extension", "newMaturity": "2027-03-21" }""", ["extension-cap@changes[0].newMaturity"]), // 贷款通则 §12: as long again
        ("""{ "type": "extension", "newMaturity": "2126-03-20" }""", ["term-too-long@changes[0].newMaturity", "extension-cap@changes[0].newMaturity"]),
        ("""{ "type": "deferral" }""", ["exactly-one-of@changes[0]"]),
        ("""{ "type": "deferral", "months": 3, "until": "2026-06-20" }""", ["exactly-one-of@changes[0]"]),
        ("""{ "type": "deferral", "months": -1 }""", ["out-of-range@changes[0].months"]),
        ("""{ "type": "deferral", "months": 1200 }""", ["out-of-range@changes[0].months"]),
        ("""{ "type": "deferral", "months": 2147483648 }""", ["expected-whole-number@changes[0].months"]),
        ("""{ "type": "deferral", "until": "2026-02-01" }""", ["out-of-range@changes[0].until"]),
        ("""{ "type": "deferral", "until": "9999-12-31" }""", ["out-of-range@changes[0].until"]),
        ("""{ "type": "rateCut" }""", ["exactly-one-of@changes[0]"]),
        ("""{ "type": "rateCut", "share": 0.1, "newRate": 0.04 }""", ["exactly-one-of@changes[0]"]),
        ("""{ "type": "rateCut", "share": 0 }""", ["share-out-of-range@changes[0].share"]),
        ("""{ "type": "rateCut", "share": -1e-28 }""", ["share-out-of-range@changes[0].share"]),
        ("""{ "type": "rateCut", "share": 10 }""", ["share-out-of-range@changes[0].share"]), // 10%
        ("""{ "type": "rateCut", "share": 1e400 }""", ["expected-number@changes[0].share"]),
        ("""{ "type": "rateCut", "newRate": 0.0435 }""", ["cut-not-below-rate@changes[0].newRate"]),
        ("""{ "type": "rateCut", "newRate": 0.4 }""", ["rate-too-high@changes[0].newRate", "cut-not-below-rate@changes[0].newRate"]),
        ("""{ "type": "rateCut", "share": 0.1, "from": "2026-02-10", "until": "2026-02-10" }""", ["end-not-after-start@changes[0].until"]),
        ("""{ "type": "rateCut", "share": 0.1, "from": "2026-03-20" }""", ["out-of-range@changes[0].from"]),
        ("""{ "type": "rateCut", "share": 0.1, "from": "0001-01-01" }""", ["out-of-range@changes[0].from"]),
        ("""{ "type": "penaltyWaiver", "share": 0.5 }""", ["no-penalty-to-waive@changes[0]"]),
        ("""{ "type": "penaltyWaiver", "share": 1.01 }""", ["share-out-of-range@changes[0].share", "no-penalty-to-waive@changes[0]"]),
        ("""{ "type": "guaranteeFeeCap", "cap": 0.0125 }""", ["cut-not-below-rate@changes[0].cap"]),
        ("""{ "type": "guaranteeFeeCap", "cap": 1.25 }""", ["expected-rate@changes[0].cap"]),
        ("""{ "type": "guaranteeFeeWaiver", "share": 0 }""", ["share-out-of-range@changes[0].share"]),
        ("""{ "type": "guaranteeFeeWaiver", "from": "2026-03-20" }""", ["outside-fee-period@changes[0]"]),
        ("""{ "type": "guaranteeFeeSubsidy", "subsidy": 0 }""", ["not-positive@changes[0].subsidy"]),
        ("""{ "type": "bridgeFeeWaiver" }""", ["no-bridge-fee@changes[0]"]),
    ];

    [Fact]
    public async Task A_change_that_can_not_be_is_refused_with_its_field()
    {
        foreach (var (change, errors) in Changes)
        {
            var reply = await PostAsync("/api/previews", new JsonObject { ["loan"] = Loan(), ["asOf"] = "2026-02-02", ["changes"] = new JsonArray(JsonNode.Parse(change)) });
            Refused(reply);
            Assert.True(errors.SequenceEqual(reply.Errors), $"{change}: {string.Join(", ", reply.Errors)}");
        }
    }

    [Theory]
    [InlineData("\"0001-01-01\"", "before-drawdown@asOf", "out-of-range@asOf")]
    [InlineData("\"2025-03-19\"", "before-drawdown@asOf", null)]
    [InlineData("\"2026-02-29\"", "expected-date@asOf", "expected-date@asOf")]
    [InlineData("\"9999-12-31\"", "out-of-range@asOf", "out-of-range@asOf")]
    [InlineData("20260202", "expected-date@asOf", "expected-date@asOf")]
    public async Task A_day_that_can_not_be_is_refused(string asOf, string ofPreview, string? ofAdvice)
    {
        var changes = new JsonArray(new JsonObject { ["type"] = "bridgeFeeWaiver" });
        var loan = Loan();
        loan["bridgeFee"] = loan["guaranteeFee"]!.DeepClone();
        var preview = await PostAsync("/api/previews", new JsonObject { ["loan"] = loan.DeepClone(), ["asOf"] = JsonNode.Parse(asOf), ["changes"] = changes });
        Refused(preview);
        Assert.Contains(ofPreview, preview.Errors);

        var advice = await PostAsync("/api/advice", new JsonObject { ["loan"] = loan, ["asOf"] = JsonNode.Parse(asOf) });
        if (ofAdvice is null)
            Assert.All(advice.Is(HttpStatusCode.OK).Json["measures"]!.AsArray(), measure => Assert.False((bool)measure!["applies"]!));
        else
            Assert.Equal([ofAdvice], advice.Errors);
    }

    [Theory]
    [InlineData("lender", "\"pawnshop\"", "expected-one-of@lender")]
    [InlineData("attested", "[\"hungry\"]", "expected-one-of@attested[0]")]
    [InlineData("attested", "\"affected\"", "expected-list@attested")]
    [InlineData("stored", "{ \"institution\": \"wencheng-rcb\", \"loanNumber\": \"\" }", "expected-loan-number@stored.loanNumber")]
    [InlineData("changes", "[]", "unknown-member@changes")]
    public async Task Advice_is_refused_with_the_field_that_is_wrong(string member, string value, string error)
    {
        var reply = await PostAsync("/api/advice", new JsonObject { ["loan"] = Loan(), [member] = JsonNode.Parse(value) });

        Assert.Equal([error], reply.IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
    }

    /// <summary>A hundred years in two steps: fifty agreed, and fifty more as a renewal.</summary>
    [Fact]
    public async Task The_longest_loan_foots_and_one_day_more_is_refused()
    {
        var loan = Loan();
        (loan["repaymentMethod"], loan["maturity"]) = ("equalInstalment", "2075-03-20");
        var body = new JsonObject { ["loan"] = loan, ["asOf"] = "2026-02-02", ["changes"] = new JsonArray(new JsonObject { ["type"] = "rateCut", ["share"] = 0.1 }) };

        var preview = (await PostAsync("/api/previews", body)).Is(HttpStatusCode.OK).Json;

        // From the 590 due dates that are left. The outstanding principal is repaid to the fen.
        Assert.Equal(590, preview["after"]!["instalments"]!.AsArray().Count);
        Assert.Equal(2000000m, preview["after"]!["instalments"]!.AsArray().Sum(row => (decimal)row!["principal"]!));
        loan["maturity"] = "2075-03-21";
        Assert.Equal(["term-too-long@loan.maturity"], (await PostAsync("/api/previews", body)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
    }

    private static void Refused(Reply reply) =>
        Assert.True(reply.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, $"{(int)reply.Status}: {reply.Text}");

    private static new JsonObject Loan()
    {
        var loan = Bodies.Loan();
        loan["guaranteeFee"] = Bodies.Parse("""{ "amount": 2000000.00, "rate": 0.0125, "from": "2025-03-20", "to": "2026-03-20" }""");
        return loan;
    }
}
