using System.Text.Json;
using System.Text.Json.Nodes;
using LoanRelief.Domain.Policies;
using LoanRelief.Web.Tests.Kit;
using LoanRelief.Web.Tests.OpenApi;

namespace LoanRelief.Web.Tests.Fuzz;

/// <summary>Valid bodies: for each operation the example of the OpenAPI document, and where that says little, richer ones.</summary>
internal static class Samples
{
    private const string AsOf = "2026-02-02";

    public static IReadOnlyList<JsonNode> Of(ApiOperation operation) => [operation.BodyExample!, .. Richer(operation.Id)];

    /// <summary>A loan with everything that a loan can have.</summary>
    public static JsonObject FullLoan() => Bodies.Parse(
        """
        {
          "borrower": {
            "reference": "C-42", "name": "文成某食品有限公司", "kind": "smallOrMicroFirm", "industry": "食品制造", "district": "文成县", "exclusions": [],
            "standing": { "operatesLawfully": true, "hasOngoingBusiness": true, "hasGoodCredit": true, "meetsLendingStandard": true }
          },
          "product": "workingCapital",
          "principal": 2000000.00, "outstanding": 1200000.00, "interestArrears": 1234.56, "rate": 0.0435, "penaltyUplift": 0.5,
          "dayCount": "actual365Fixed", "repaymentMethod": "equalPrincipal", "periodMonths": 3, "firstDueDate": "2025-06-20", "holidayRule": "roll",
          "drawnOn": "2025-03-20", "maturity": "2026-09-20", "originalMaturity": "2026-03-20", "class": "normal",
          "guarantors": [{ "reference": "G-1", "name": "某担保有限公司", "kind": "guaranteeCompany" }, { "reference": "G-2", "name": "周大明", "kind": "mortgagor" }],
          "renewalOf": "JJ2024-0001", "renewals": 1, "restructurings": 0,
          "guaranteeFee": { "amount": 2000000.00, "rate": 0.0125, "from": "2025-03-20", "to": "2026-09-20" },
          "bridgeFee": { "amount": 1200000.00, "rate": 0.06, "from": "2026-01-15", "to": "2026-03-15" }
        }
        """);

    private static IEnumerable<JsonNode> Richer(string operation) => operation switch
    {
        "PutLoan" => [FullLoan()],
        "PreviewRelief" => Changes.Select(changes => new JsonObject { ["loan"] = FullLoan(), ["asOf"] = AsOf, ["changes"] = JsonNode.Parse(changes) }),
        "GiveAdvice" => [new JsonObject { ["loan"] = FullLoan(), ["asOf"] = AsOf, ["attested"] = new JsonArray("incomeLost", "affected"), ["lender"] = "bank" }],
        "PutPolicy" => PolicyPacks.Shipped.Select(Renamed),
        "ReportIntent" => Changes.Take(2).Select((changes, n) => new JsonObject
        {
            ["by"] = "mgr-lin",
            ["kind"] = n == 0 ? "renew" : "extend",
            ["changes"] = JsonNode.Parse(changes),
            ["attested"] = new JsonArray("affected"),
        }),
        _ => [],
    };

    /// <summary>Every kind of change, and those together that go together.</summary>
    private static readonly string[] Changes =
    [
        """[{ "type": "renewal", "newMaturity": "2027-03-20", "newLoanNumber": "JJ2026-0117", "on": "2026-03-19", "rate": 0.0415, "repaymentMethod": "bullet" }]""",
        """[{ "type": "extension", "newMaturity": "2026-12-20" }]""",
        """[{ "type": "deferral", "months": 3, "part": "principalAndInterest", "term": "keep", "interest": "spread" }]""",
        """[{ "type": "deferral", "until": "2026-08-20", "part": "principal", "term": "lengthen", "interest": "atEnd" }, { "type": "penaltyWaiver", "share": 0.5 }]""",
        """[{ "type": "deferral", "months": 6, "part": "principalAndInterest", "interest": "capitalise" }, { "type": "rateCut", "newRate": 0.039, "mode": "rebateAfterCollection", "from": "2026-02-10", "until": "2026-09-01" }]""",
        """
        [
          { "type": "rateCut", "share": 0.1 }, { "type": "guaranteeFeeCap", "cap": 0.008, "from": "2026-02-02", "until": "2026-08-01" }, { "type": "guaranteeFeeWaiver", "share": 0.5 },
          { "type": "guaranteeFeeSubsidy", "subsidy": 0.002 }, { "type": "bridgeFeeWaiver", "share": 1 }
        ]
        """,
    ];

    /// <summary>The pack under the name that the example's path has, in force today and for the example's loan, so that it is asked.</summary>
    private static JsonObject Renamed(PolicyPack pack)
    {
        var json = JsonSerializer.SerializeToNode(pack, PolicyPacks.JsonOptions)!.AsObject();
        (json["id"], json["effectiveFrom"], json["scope"]) = ("general-rules-of-loans", "2020-01-01", new JsonArray());
        json.Remove("effectiveUntil");
        foreach (var measure in json["measures"]!.AsArray())
            measure!.AsObject().Remove("window");
        return json;
    }
}
