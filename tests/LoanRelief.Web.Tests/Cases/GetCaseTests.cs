using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Cases;

public sealed class GetCaseTests(Azurite azurite) : HouseTests(azurite)
{
    [Fact]
    public async Task A_case_shows_its_tasks_in_the_order_in_which_they_come_due()
    {
        var opened = await HaveCaseAsync();
        var tasks = opened["openTasks"]!.AsArray();
        Assert.Equal(["contactBorrower", "contactDeadline", "lastDay"], tasks.Select(task => (string)task!["kind"]!));
        Assert.Equal((string?)tasks[0]!["dueAt"], (string?)opened["nextDeadline"]);
        Assert.Equal("2026-02-15T00:00:00+08:00", (string?)tasks[1]!["dueAt"]);
        Assert.Equal("2026-03-19", (string?)opened["lastDay"]);
    }

    [Fact]
    public async Task A_case_speaks_the_language_of_the_caller()
    {
        await HaveCaseAsync();
        var chinese = await GetAsync($"/api/cases/{Case}", ("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8"));
        Assert.Equal("提前沟通", (string?)chinese.Json["stageTitle"]);
        Assert.Equal("与借款人沟通并留存凭证", (string?)chinese.Json["openTasks"]![0]!["title"]);
        Assert.Equal("zh-Hans", chinese.Headers["Content-Language"]);
        var english = await GetAsync($"/api/cases/{Case}");
        Assert.Equal("Contact", (string?)english.Json["stageTitle"]);
        Assert.Equal("Accept-Language", english.Headers["Vary"]);
    }

    [Fact]
    public async Task A_caller_that_has_the_present_version_is_not_sent_it_again()
    {
        await HaveCaseAsync();
        var same = (await GetAsync($"/api/cases/{Case}", ("If-None-Match", "\"v1\""))).Is(HttpStatusCode.NotModified);
        Assert.Equal("\"v1\"", same.Headers["ETag"]);
        (await GetAsync($"/api/cases/{Case}", ("If-None-Match", "\"v0\", W/\"v1\""))).Is(HttpStatusCode.NotModified);
        (await GetAsync($"/api/cases/{Case}", ("If-None-Match", "*"))).Is(HttpStatusCode.NotModified);
        (await GetAsync($"/api/cases/{Case}", ("If-None-Match", "\"v2\""))).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Names_of_people_stay_in_the_loan()
    {
        await HaveCaseAsync(change: loan => loan["guarantors"] = new JsonArray(new JsonObject { ["reference"] = "G-1", ["name"] = "周大明" }));
        await ReportContactAsync();
        await PutAsync($"/api/institutions/{Institution}/loans/{Loan}", Changed());
        foreach (var path in new[] { $"/api/cases/{Case}", $"/api/cases/{Case}/history", "/api/cases" })
        {
            var reply = (await GetAsync(path)).Is(HttpStatusCode.OK);
            Assert.DoesNotContain("周大明", reply.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("文成某食品", reply.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_history_tells_step_by_step_what_happened_and_who_said_so()
    {
        await HaveCaseAsync();
        await ReportContactAsync();
        var steps = (await GetAsync($"/api/cases/{Case}/history")).Is(HttpStatusCode.OK).Json["steps"]!.AsArray();
        Assert.Equal([(1, "open", "mgr-lin"), (2, "contact", "mgr-lin")], steps.Select(step => ((int)step!["number"]!, (string)step["cause"]!, (string)step["by"]!)));
        var events = steps[1]!["events"]!.AsArray();
        Assert.Equal(("Contact attempted", "contact-attempted", "phone"), ((string?)events[0]!["title"], (string?)events[0]!["details"]!["type"], (string?)events[0]!["details"]!["channel"]));
        Assert.Equal("2026-01-05T10:00:00+08:00", (string?)steps[1]!["at"]);
    }

    [Fact]
    public async Task The_opening_names_the_policy_and_the_maturity_instead_of_quoting_them()
    {
        await HaveCaseAsync();
        var history = (await GetAsync($"/api/cases/{Case}/history")).Json;
        var opening = history["steps"]![0]!["events"]![0]!["details"]!;
        Assert.Equal("""{"type":"case-opened","id":"wencheng-rcb~JJ2025-0001~1","packs":[{"id":"asset-classification-2023","version":1},{"id":"general-rules-of-loans","version":1},{"id":"jingui-2024-13","version":1}],"lender":"bank","trigger":"institution","contactDeadline":{"date":"2026-02-14","provisional":false},"maturity":"2026-03-20","outstanding":2000000.00,"policy":{"id":"default","version":1}}""", opening.ToJsonString());
    }

    [Theory, InlineData("en", "As it was proposed"), InlineData("zh", "方案拟定的还款计划")]
    public async Task Schedules_are_versions_with_their_sums_and_differences(string language, string title)
    {
        await HaveCaseAsync();
        foreach (var (fact, body) in new[] { ("contact", Bodies.Contact()), ("intent", Bodies.Intent()), ("documents", Bodies.Documents("application", "business-licence", "financial-statements", "tax-record")) })
            (await ReportAsync(fact, body)).Is(HttpStatusCode.OK);

        var versions = (await GetAsync($"/api/cases/{Case}/schedules", ("Accept-Language", language))).Is(HttpStatusCode.OK).Json["versions"]!.AsArray();

        Assert.Equal(["1 opened", "2 proposed"], versions.Select(each => $"{each!["number"]} {each["reason"]}"));
        Assert.Equal((title, "2000000.00"), ((string?)versions[1]!["reasonTitle"], versions[1]!["totals"]!["principal"]!.ToJsonString()));
        Assert.Contains(versions[1]!["differences"]!.AsArray(), row => row!["before"] is null && row["after"]!["dueDate"] is not null);
    }

    [Fact]
    public async Task What_was_never_opened_is_not_found()
    {
        (await GetAsync($"/api/cases/{Case}")).IsProblem(HttpStatusCode.NotFound, "case-unknown");
        (await GetAsync($"/api/cases/{Case}/history")).IsProblem(HttpStatusCode.NotFound, "case-unknown");
        (await GetAsync($"/api/cases/{Case}/schedules")).IsProblem(HttpStatusCode.NotFound, "case-unknown");
    }

    [Theory, InlineData("nonsense"), InlineData("a~b"), InlineData("wencheng-rcb~JJ~0"), InlineData("wencheng-rcb~JJ~01")]
    public async Task An_id_of_another_form_is_refused(string id) =>
        Assert.Equal(["expected-case-id@id"], (await GetAsync($"/api/cases/{id}")).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);

    private static JsonObject Changed()
    {
        var loan = Bodies.Loan();
        loan["outstanding"] = 1500000;
        return loan;
    }
}
