using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoanRelief.Domain.Policies;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Policies;

public class PolicyTests(Azurite azurite) : HouseTests(azurite)
{
    private const string Zhejiang = "/api/policies/zhejiang-renewal-2025";

    [Fact]
    public async Task The_shipped_packs_are_there_as_version_1()
    {
        var list = (await GetAsync("/api/policies")).Is(HttpStatusCode.OK).Json["policies"]!.AsArray();

        Assert.Equal(PolicyPacks.Shipped.Select(pack => (pack.Id.Value, 1)), list.Select(each => ((string)each!["id"]!, (int)each["version"]!)));
        // The clock of the house shows 2026-01-05.
        Assert.Equal(["asset-classification-2023", "general-rules-of-loans", "jingui-2024-13"],
            list.Where(each => (bool)each!["inForce"]!).Select(each => (string)each!["id"]!));
    }

    [Fact]
    public async Task A_pack_that_is_put_is_a_new_version_and_the_old_one_stays()
    {
        var pack = (await GetAsync(Zhejiang)).Is(HttpStatusCode.OK).Json.AsObject();
        pack["effectiveUntil"] = "2026-12-31";

        var stored = (await PutAsync(Zhejiang, pack, ("If-Match", "\"v1\""))).Is(HttpStatusCode.OK);

        Assert.Equal(("\"v2\"", $"{Zhejiang}?version=2", 2), (stored.Headers["ETag"], stored.Headers["Location"], (int)stored.Json["version"]!));
        Assert.Equal("2026-12-31", (string?)(await GetAsync(Zhejiang)).Json["effectiveUntil"]);
        Assert.Equal("2025-12-31", (string?)(await GetAsync($"{Zhejiang}?version=1")).Json["effectiveUntil"]);
        (await PutAsync(Zhejiang, pack, ("If-Match", "\"v1\""))).IsProblem(HttpStatusCode.PreconditionFailed, "policy-changed");
        (await GetAsync($"{Zhejiang}?version=3")).IsProblem(HttpStatusCode.NotFound, "policy-unknown");
    }

    [Fact]
    public async Task A_pack_of_a_new_name_is_created()
    {
        var pack = JsonSerializer.SerializeToNode(PolicyPacks.Shipped[0], PolicyPacks.JsonOptions)!.AsObject();
        pack["id"] = "own-rules";

        (await PutAsync("/api/policies/own-rules", pack)).Is(HttpStatusCode.Created);

        Assert.Contains("own-rules", (await GetAsync("/api/policies")).Text, StringComparison.Ordinal);
        Assert.Equal(["path-and-body-differ@id"], (await PutAsync("/api/policies/other-rules", pack)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
        pack["id"] = "schema";
        Assert.Equal(["by-reserved@id"], (await PutAsync("/api/policies/schema", pack)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
        Assert.Equal(["expected-entity-tag@If-Match"], (await PutAsync(Zhejiang, pack, ("If-Match", "v1"))).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_pack_is_named_with_its_path()
    {
        var pack = (await GetAsync(Zhejiang)).Json.AsObject();
        pack["measures"]![0]!["conditions"]![0]!["type"] = "moonPhase";
        pack["measures"]![0]!["color"] = "red";
        Assert.Equal(["expected-one-of@measures[0].conditions[0].type", "unknown-member@measures[0].color"],
            (await PutAsync(Zhejiang, pack)).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);

        pack = (await GetAsync(Zhejiang)).Json.AsObject();
        pack["effectiveUntil"] = "2024-12-31";
        Assert.Equal(["end-before-start@effectiveUntil"], (await PutAsync(Zhejiang, pack)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
    }

    [Fact]
    public async Task The_schema_is_served() =>
        Assert.Equal(PolicyPackSchema.Json, (await GetAsync("/api/policies/schema")).Is(HttpStatusCode.OK).Text);

    [Theory]
    [InlineData("en", "working-capital loans of small firms", "Sign the new contract", "Day on which it is asked for")]
    [InlineData("zh-CN", "小微企业流动资金贷款", "签订新合同", "申请日")]
    public async Task Advice_for_a_loan_says_what_applies_and_why_in_both_languages(string language, string title, string step, string condition)
    {
        await HaveLoanAsync();
        var body = new JsonObject { ["stored"] = new JsonObject { ["institution"] = Institution, ["loanNumber"] = Loan }, ["asOf"] = "2026-02-02" };

        var reply = (await PostAsync("/api/advice", body, ("Accept-Language", language))).Is(HttpStatusCode.OK);

        var measures = reply.Json["measures"]!.AsArray();
        Assert.Equal(["extension true", "renewal true", "renewal-medium false"], measures.Select(each => $"{each!["measure"]} {each["applies"]}").Order());
        var renewal = measures.Single(each => (string?)each!["measure"] == "renewal")!;
        Assert.Equal(("金规〔2024〕13号", "一、二"), ((string?)renewal["document"], (string?)renewal["article"]));
        Assert.True((bool)renewal["classification"]!["mayStayNormal"]!);
        // Maturity 2026-03-20: the last day is the one before, a month before is in the Spring Festival.
        Assert.Equal(("2026-03-19", "2026-02-14"), ((string?)reply.Json["lastDay"], (string?)reply.Json["contactDeadline"]!["date"]));
        Assert.Contains(step, reply.Text, StringComparison.Ordinal);
        Assert.Contains(condition, reply.Text, StringComparison.Ordinal);
        Assert.Contains(title, reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_that_comes_in_is_advised_on_at_once()
    {
        var pack = JsonNode.Parse(
            """
            {
              "id": "wencheng-cut", "title": { "zh": "文成减息", "en": "Wencheng cut" }, "authority": "x", "jurisdiction": "文成县", "effectiveFrom": "2026-01-01", "source": "test",
              "scope": [{ "type": "districts", "anyOf": ["文成县"] }],
              "measures": [{ "id": "cut", "article": "一", "title": { "zh": "减息", "en": "Cut" }, "offers": [{ "type": "rateCut", "share": 0.1 }], "automatic": true }]
            }
            """)!;
        (await PutAsync("/api/policies/wencheng-cut", pack)).Is(HttpStatusCode.Created);

        var first = (await PostAsync("/api/advice", new JsonObject { ["loan"] = Bodies.Loan(), ["asOf"] = "2026-02-25" })).Is(HttpStatusCode.OK).Json["measures"]![0]!;

        // The last period has 24 days from 2026-02-24: 5,800.00. With 23 of them at 3.915% it is 241.67 and 5,002.50.
        Assert.Equal(("cut", 555.83m, "grant"), ((string?)first["measure"], (decimal)first["saves"]!, (string?)first["steps"]![0]!["kind"]));
        Assert.Equal(("5800.00", "5244.17"), (first["cost"]!["before"]!["interest"]!.ToJsonString(), first["cost"]!["after"]!["interest"]!.ToJsonString()));
    }

    [Fact]
    public async Task Advice_is_for_one_loan_that_can_be()
    {
        Assert.Equal(["exactly-one-of@loan"], (await PostAsync("/api/advice", new JsonObject())).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
        var loan = Bodies.Loan();
        loan["outstanding"] = 3000000.00m;
        Assert.Equal(["outstanding-above-principal@loan.outstanding"],
            (await PostAsync("/api/advice", new JsonObject { ["loan"] = loan })).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
        (await PostAsync("/api/advice", new JsonObject { ["stored"] = new JsonObject { ["institution"] = Institution, ["loanNumber"] = "NONE" } }))
            .IsProblem(HttpStatusCode.NotFound, "loan-unknown");
    }
}
