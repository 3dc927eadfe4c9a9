using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Policies;

/// <summary>A pack that is none, or can not be meant, is refused with the JSON path and what was expected there, and nothing of it is stored.</summary>
public sealed class BadPolicyTests(Azurite azurite) : HouseTests(azurite)
{
    private const string Path = "/api/policies/sample";

    [Fact]
    public async Task The_pack_that_the_others_differ_from_is_taken() => (await PutAsync(Path, Pack())).Is(HttpStatusCode.Created);

    [Fact]
    public Task What_is_no_pack_is_named() => RefusedAsync(HttpStatusCode.BadRequest, "invalid-request",
    [
        ("id", "\"Sample\"", "expected-policy-id@id", "lower-case letters"),
        ("title", "\"减息\"", "expected-object@title", "JSON object"),
        ("title.en", null, "member-missing@title.en", "required"),
        ("title.zh", "\" \"", "text-length@title.zh", "1 to 1000 characters"),
        ("authority", "null", "null-not-allowed@authority", "null"),
        ("effectiveFrom", "\"2025-02-29\"", "expected-date@effectiveFrom", "such as 2026-01-15"), // no leap year
        ("effectiveFrom", "\"2025-1-1\"", "expected-date@effectiveFrom", "such as 2026-01-15"),
        ("effectiveUntil", "20261231", "expected-date@effectiveUntil", "such as 2026-01-15"),
        ("contact", "1", "expected-object@contact", "JSON object"),
        ("contact.monthsAhead", "1.5", "expected-whole-number@contact.monthsAhead", "whole number"),
        ("contact.minimumDays", "1e28", "expected-whole-number@contact.minimumDays", "whole number"),
        ("contact.days", "30", "unknown-member@contact.days", "monthsAhead, minimumDays"),
        ("scope", "{}", "expected-list@scope", "JSON array"),
        ("scope[0].type", "\"moonPhase\"", "expected-one-of@scope[0].type", "borrowerKinds"),
        ("scope[0].type", null, "expected-one-of@scope[0].type", "borrowerKinds"),
        ("scope[0].anyOf", "[]", "list-length@scope[0].anyOf", "1 to 4000"),
        ("scope[1].anyOf[0]", "\"smallFirm\"", "expected-one-of@scope[1].anyOf[0]", "smallOrMicroFirm"),
        ("measures[0].offers", "[]", "list-length@measures[0].offers", "1 to 10"),
        ("measures[0].offers[0]", "null", "null-not-allowed@measures[0].offers[0]", "null"),
        ("measures[0].offers[0].type", "3", "expected-one-of@measures[0].offers[0].type", "rateCut"),
        ("measures[0].offers[0].months", "\"6\"", "expected-whole-number@measures[0].offers[0].months", "whole number"),
        ("measures[1].offers[0].share", "\"10%\"", "expected-number@measures[1].offers[0].share", "number"),
        ("measures[1].offers[1].cap", "4.35", "expected-rate@measures[1].offers[1].cap", "4.35% is 0.0435"),
        ("measures[1].offers[1].cap", "-0.01", "expected-rate@measures[1].offers[1].cap", "between 0 and 1"),
        ("measures[0].conditions[1].amount", "0.001", "expected-amount@measures[0].conditions[1].amount", "two decimals"),
        ("measures[0].conditions[1].amount", "1e28", "expected-amount@measures[0].conditions[1].amount", "yuan"),
        ("measures[0].window.form", "\"2026-01-01\"", "unknown-member@measures[0].window.form", "from, to"),
        ("measures[0].automatic", "\"yes\"", "expected-boolean@measures[0].automatic", "true or false"),
        ("duties[0].lead", "\"银行\"", "expected-list@duties[0].lead", "JSON array"),
        ("classification[0].effect", "\"worse\"", "expected-one-of@classification[0].effect", "atBest"),
        ("classification[0].atBest", "\"good\"", "expected-one-of@classification[0].atBest", "specialMention"),
        ("version", "\"1\"", "expected-whole-number@version", "whole number"),
        ("color", "\"red\"", "unknown-member@color", "measures"),
    ]);

    [Fact]
    public Task What_a_pack_can_not_mean_is_named() => RefusedAsync(HttpStatusCode.UnprocessableEntity, "refused",
    [
        ("effectiveUntil", "\"2025-12-31\"", "end-before-start@effectiveUntil", "before 2026-01-01"),
        ("contact.monthsAhead", "0", "out-of-range@contact.monthsAhead", "1 to 12"),
        ("contact.monthsAhead", "13", "out-of-range@contact.monthsAhead", "1 to 12"),
        ("contact.minimumDays", "-1", "out-of-range@contact.minimumDays", "0 to 400"),
        ("scope[0].anyOf[0]", "\" \"", "required@scope[0].anyOf[0]", "required"),
        ("scope[0].code", "\"Not a code\"", "code-form@scope[0].code", "lower-case words"),
        ("measures[0].window", "{}", "period-empty@measures[0].window", "first day"),
        ("measures[0].window.to", "\"2025-12-31\"", "end-before-start@measures[0].window.to", "before 2026-01-01"),
        ("measures[0].offers[0].months", "0", "out-of-range@measures[0].offers[0].months", "1 to 120"),
        ("measures[0].offers[0].months", "1200", "out-of-range@measures[0].offers[0].months", "1 to 120"), // a hundred years
        ("measures[0].offers[0].latest", "\"2026-12-31\"", "at-most-one-of@measures[0].offers[0]", "months, latest"),
        ("measures[0].conditions[0].from", "\"2027-12-31\"", "end-before-start@measures[0].conditions[0].to", "before 2027-12-31"),
        ("measures[0].conditions[1].amount", "0", "not-positive@measures[0].conditions[1].amount", "above zero"),
        ("measures[0].conditions[1].amount", "10000000000.01", "amount-too-large@measures[0].conditions[1].amount", "10000000000.00"),
        ("measures[1].offers[0].share", "0", "share-out-of-range@measures[1].offers[0].share", "10% is 0.10"),
        ("measures[1].offers[0].share", "10", "share-out-of-range@measures[1].offers[0].share", "10% is 0.10"),
        ("measures[1].offers[1].cap", "0.37", "rate-too-high@measures[1].offers[1].cap", "36%"),
        ("measures[1].offers[1].cap", "0.0080001", "rate-too-precise@measures[1].offers[1].cap", "6 decimals"),
        ("measures[1].offers[1]", "{\"type\":\"rateCut\",\"share\":0.2}", "duplicate-offer@measures[1].offers[1]", "before"),
        ("measures[1].id", "\"deferral\"", "duplicate-id@measures[1].id", "deferral"),
        ("measures[2].conditions[0].cap.shortTermShare", "-1", "out-of-range@measures[2].conditions[0].cap.shortTermShare", "0 to 5"),
        ("measures[2].conditions[0].cap.longTermMonths", "1200", "out-of-range@measures[2].conditions[0].cap.longTermMonths", "0 to 600"),
        ("duties[0].lead[0]", "\"\"", "required@duties[0].lead[0]", "required"),
        ("classification[0].atBest", null, "belongs-to-effect@classification[0].atBest", "effect"),
        ("classification[1].observation.months", "0", "out-of-range@classification[1].observation.months", "1 to 120"),
        ("classification[1].observation.payments", "121", "out-of-range@classification[1].observation.payments", "0 to 120"),
    ]);

    [Fact]
    public async Task A_limit_on_the_last_of_all_days_is_none()
    {
        (await PutAsync(Path, Pack().With("measures[1].offers[0].lastDay", "\"9999-12-31\""))).Is(HttpStatusCode.Created);

        var loan = Bodies.Loan();
        loan["guaranteeFee"] = Bodies.Parse("""{ "amount": 2000000.00, "rate": 0.0125, "from": "2025-03-20", "to": "2026-03-20" }""");
        var advice = (await PostAsync("/api/advice", new JsonObject { ["loan"] = loan, ["asOf"] = "2026-02-25" })).Is(HttpStatusCode.OK).Json;

        // 23 days at 3.915% instead of 4.35% are 555.83, at 0.8% instead of 1.25% of guarantee fee 575.00.
        var cut = advice["measures"]!.AsArray().Single(measure => (string?)measure!["measure"] == "cut")!;
        Assert.Equal(1130.83m, (decimal)cut["saves"]!);
    }

    /// <param name="table">Where something else stands, and what; the error, and words that say what was expected.</param>
    private async Task RefusedAsync(HttpStatusCode status, string slug, (string Path, string? Value, string Error, string Expected)[] table)
    {
        foreach (var (path, value, error, expected) in table)
        {
            var reply = (await PutAsync(Path, Pack().With(path, value))).IsProblem(status, slug);
            Assert.Equal([error], reply.Errors);
            Assert.Contains(expected, (string?)reply.Json["errors"]![0]!["title"], StringComparison.Ordinal);
        }

        (await GetAsync(Path)).Is(HttpStatusCode.NotFound);
    }

    private static JsonObject Pack() => Bodies.Parse(
        """
        {
          "id": "sample", "title": { "zh": "示例", "en": "Sample" }, "authority": "x", "jurisdiction": "文成县", "source": "test",
          "effectiveFrom": "2026-01-01", "effectiveUntil": "2026-12-31",
          "contact": { "monthsAhead": 1, "minimumDays": 30 },
          "scope": [{ "type": "districts", "anyOf": ["文成县"] }, { "type": "borrowerKinds", "anyOf": ["smallOrMicroFirm"] }],
          "measures": [
            {
              "id": "deferral", "article": "一", "title": { "zh": "延期", "en": "Deferral" }, "offers": [{ "type": "deferral", "months": 6 }], "automatic": false,
              "window": { "from": "2026-01-01", "to": "2026-12-31" },
              "conditions": [{ "type": "maturity", "from": "2026-01-01", "to": "2026-12-31" }, { "type": "outstandingAtMost", "amount": 10000000.00 }]
            },
            {
              "id": "cut", "article": "二", "title": { "zh": "减息", "en": "Cut" },
              "offers": [{ "type": "rateCut", "share": 0.1 }, { "type": "guaranteeFeeCap", "cap": 0.008 }]
            },
            {
              "id": "extension", "article": "三", "title": { "zh": "展期", "en": "Extension" }, "offers": [{ "type": "extension", "months": 6 }],
              "conditions": [
                { "type": "extensionCapLeft", "cap": { "shortTermShare": 1, "mediumTermShare": 0.5, "longTermMonths": 36, "shortTermMonths": 12, "mediumTermMonths": 60 } }
              ]
            }
          ],
          "duties": [{ "id": "d", "article": "四", "title": { "zh": "沟通", "en": "Contact" }, "summary": { "zh": "沟通", "en": "Contact" }, "lead": ["银行"] }],
          "classification": [
            { "id": "c1", "article": "五", "text": { "zh": "关注", "en": "Special mention" }, "effect": "atBest", "atBest": "specialMention" },
            { "id": "c2", "article": "六", "text": { "zh": "重组", "en": "Restructured" }, "effect": "restructuring", "observation": { "months": 12, "payments": 3 } }
          ]
        }
        """);
}
