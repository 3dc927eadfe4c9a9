using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Cases;

/// <summary>What a case shows of the policies by which it is decided, in both languages.</summary>
public class CasePolicyTests(Azurite azurite) : HouseTests(azurite)
{
    private const string Own = "/api/policies/wencheng-cut";

    [Theory]
    [InlineData("en", "Renewal: working-capital loans of small firms", "A renewed loan may be classified normal")]
    [InlineData("zh-CN", "小微企业流动资金贷款", "续贷贷款可以划为正常类")]
    public async Task A_proposal_shows_the_policies_the_measure_with_its_article_and_what_becomes_of_the_category(string language, string title, string rule)
    {
        await ProposedAsync("renew");

        var shown = (await GetAsync($"/api/cases/{Case}", ("Accept-Language", language))).Is(HttpStatusCode.OK).Json;

        Assert.Equal(["asset-classification-2023 v1", "general-rules-of-loans v1", "jingui-2024-13 v1"], shown["policies"]!.AsArray().Select(each => $"{each!["id"]} v{each["version"]}"));
        foreach (var part in new[] { "screening", "proposal" })
        {
            var measure = Assert.Single(shown[part]!["measures"]!.AsArray())!;
            Assert.Equal(("金规〔2024〕13号", "一、二", 1), ((string?)measure["document"], (string?)measure["article"], (int)measure["policy"]!["version"]!));
            Assert.StartsWith(title, (string?)measure["title"], StringComparison.Ordinal);
        }

        var classification = shown["proposal"]!["classification"]!;
        Assert.Equal(("normal", "normal", true), ((string?)classification["before"], (string?)classification["atBest"], (bool)classification["mayStayNormal"]!));
        Assert.Contains(rule, (string?)Assert.Single(classification["rules"]!.AsArray())!["text"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Loans of this product can not be renewed")]
    [InlineData("zh-CN", "该类贷款不适用无还本续贷")]
    public async Task A_condition_that_is_not_met_shows_what_was_seen_and_wanted_in_the_case_and_in_its_history(string language, string reason)
    {
        await HaveCaseAsync(change: loan => loan["product"] = "fixedAsset");
        (await ReportAsync("contact", Bodies.Contact())).Is(HttpStatusCode.OK);
        (await ReportAsync("intent", Bodies.Intent())).Is(HttpStatusCode.OK);

        var unmet = (await GetAsync($"/api/cases/{Case}", ("Accept-Language", language))).Json["screening"]!["unmet"]!.AsArray();
        var history = (await GetAsync($"/api/cases/{Case}/history", ("Accept-Language", language))).Json["steps"]!.AsArray();

        Assert.Equal(
            ["seen: fixedAsset", "wanted: workingCapital, businessOperation", "document: 金规〔2024〕13号", "article: 一、二"],
            unmet[0]!["values"]!.AsObject().Select(value => $"{value.Key}: {value.Value}"));
        var screened = history[^1]!["events"]!.AsArray().Single(each => (string?)each!["details"]!["type"] == "screened")!;
        Assert.Equal(unmet.ToJsonString(), screened["reasons"]!.ToJsonString());
        Assert.Contains(reason, (string?)unmet[0]!["title"], StringComparison.Ordinal);
        var kept = screened["details"]!["checked"]![0]!;
        Assert.Equal(("jingui-2024-13", 1, "一、二"), ((string?)kept["policy"]!["id"], (int)kept["policy"]!["version"]!, (string?)kept["article"]));
        Assert.Contains(kept["conditions"]!.AsArray(), each => (string?)each!["field"] == "borrower.kind" && (bool)each["met"]!);
    }

    [Fact]
    public async Task An_open_case_is_decided_and_advised_by_the_version_that_it_began_with()
    {
        (await PutAsync(Own, Cut(0.1m))).Is(HttpStatusCode.Created);
        await HaveCaseAsync();
        (await PutAsync(Own, Cut(0.2m))).Is(HttpStatusCode.OK);

        foreach (var (fact, body) in Facts("renew"))
            (await ReportAsync(fact, body)).Is(HttpStatusCode.OK);
        await HaveCaseAsync("JJ-next");

        var proposal = (await GetAsync($"/api/cases/{Case}")).Json["proposal"]!;
        Assert.Equal(("0.03915", 1), (proposal["newRate"]!.ToJsonString(), (int)proposal["measures"]![1]!["policy"]!["version"]!));
        Assert.Equal((1, 2), (await AdvisedByAsync(Loan), await AdvisedByAsync("JJ-next")));
    }

    private async Task<int> AdvisedByAsync(string loan)
    {
        var body = new JsonObject { ["stored"] = new JsonObject { ["institution"] = Institution, ["loanNumber"] = loan } };
        var advice = (await PostAsync("/api/advice", body)).Is(HttpStatusCode.OK).Json;
        return advice["policies"]!.AsArray().Where(each => (string?)each!["id"] == "wencheng-cut").Select(each => (int)each!["version"]!).Single();
    }

    private async Task ProposedAsync(string kind)
    {
        await HaveCaseAsync();
        foreach (var (fact, body) in Facts(kind))
            (await ReportAsync(fact, body)).Is(HttpStatusCode.OK);
    }

    private static (string Fact, JsonObject Body)[] Facts(string kind) =>
        [("contact", Bodies.Contact()), ("intent", Bodies.Intent(kind)), ("documents", Bodies.Documents("application", "business-licence", "financial-statements", "tax-record"))];

    private static JsonObject Cut(decimal share) => Bodies.Parse($$"""
        {
          "id": "wencheng-cut", "title": { "zh": "文成减息", "en": "Wencheng cut" }, "authority": "x", "jurisdiction": "文成县", "effectiveFrom": "2026-01-01", "source": "test",
          "scope": [{ "type": "districts", "anyOf": ["文成县"] }],
          "measures": [{ "id": "cut", "article": "一", "title": { "zh": "减息", "en": "Cut" }, "offers": [{ "type": "rateCut", "share": {{share}} }], "automatic": true }]
        }
        """);
}
