using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Cases;

public sealed class ReportFactTests(Azurite azurite) : HouseTests(azurite)
{
    [Fact]
    public async Task A_fact_is_answered_with_the_case_after_it()
    {
        await HaveCaseAsync();
        var after = (await ReportContactAsync()).Is(HttpStatusCode.OK);
        Assert.Equal("\"v2\"", after.Headers["ETag"]);
        Assert.Equal((await GetAsync($"/api/cases/{Case}")).Text, after.Text);
        Assert.Equal("2026-01-05", (string?)after.Json["contactedOn"]);
    }

    [Fact]
    public async Task A_fact_that_does_not_fit_the_stage_is_a_conflict_that_says_what_would()
    {
        await HaveCaseAsync();
        var early = (await ReportAsync("signature", new JsonObject { ["by"] = "mgr-lin", ["contractNumber"] = "HT-1", ["signedOn"] = "2026-01-05" }))
            .IsProblem(HttpStatusCode.Conflict, "not-now");
        Assert.Equal(["not-in-this-stage@"], early.Errors);
        Assert.Equal(["contact", "withdrawal", "hold"], early.Json["accepted"]!.AsArray().Select(fact => (string)fact!));
        Assert.Contains("contactBorrower", early.Json["openTasks"]!.AsArray().Select(task => (string)task!["kind"]!));
    }

    [Fact]
    public async Task A_fact_that_a_rule_stands_against_names_every_reason_and_changes_nothing()
    {
        await HaveApprovalAsync();
        var refused = (await ReportAsync("approval", new JsonObject { ["by"] = "MGR-LIN", ["decision"] = "refuse", ["level"] = "branch" }))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "refused");
        Assert.Equal(["preparer-may-not-approve@by", "level-too-low@level", "reason-needed@reason"], refused.Errors);
        var level = refused.Json["errors"]![1]!;
        Assert.Equal(("branch", "creditDepartment"), ((string?)level["values"]!["seen"], (string?)level["values"]!["wanted"]));
        Assert.Equal("\"v4\"", (await GetAsync($"/api/cases/{Case}")).Headers["ETag"]);
    }

    [Fact]
    public async Task A_closed_case_takes_nothing()
    {
        await HaveCaseAsync();
        await ReportAsync("withdrawal", new JsonObject { ["by"] = "mgr-lin", ["reason"] = "mistake" });
        var late = (await ReportContactAsync()).IsProblem(HttpStatusCode.Conflict, "not-now");
        Assert.Equal(["case-closed@"], late.Errors);
        Assert.Empty(late.Json["accepted"]!.AsArray());
    }

    [Fact]
    public async Task A_caller_that_has_seen_an_older_version_is_told_the_present_one()
    {
        await HaveCaseAsync();
        await ReportContactAsync();
        var stale = (await ReportAsync("intent", Bodies.Intent(), ("If-Match", "\"v1\""))).IsProblem(HttpStatusCode.PreconditionFailed, "stale");
        Assert.Equal("\"v2\"", stale.Headers["ETag"]);
        (await ReportAsync("intent", Bodies.Intent(), ("If-Match", stale.Headers["ETag"]))).Is(HttpStatusCode.OK);
    }

    [Theory, InlineData("\"v9\""), InlineData("W/\"v1\""), InlineData("\"abc\"")]
    public async Task A_tag_that_is_not_of_the_present_version_matches_nothing(string tag)
    {
        await HaveCaseAsync();
        (await ReportAsync("contact", Bodies.Contact(), ("If-Match", tag))).IsProblem(HttpStatusCode.PreconditionFailed, "stale");
    }

    [Theory, InlineData("v1"), InlineData(""), InlineData("\"v1\", \"v2\"")]
    public async Task A_tag_of_another_form_is_refused(string tag)
    {
        await HaveCaseAsync();
        Assert.Equal(["expected-entity-tag@If-Match"], (await ReportAsync("contact", Bodies.Contact(), ("If-Match", tag))).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
    }

    [Theory, InlineData("*"), InlineData("\"v1\"")]
    public async Task A_tag_of_the_present_version_matches(string tag)
    {
        await HaveCaseAsync();
        (await ReportAsync("contact", Bodies.Contact(), ("If-Match", tag))).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_changes_nothing_even_with_a_tag_that_has_grown_old()
    {
        await HaveCaseAsync();
        (string, string)[] headers = [("Idempotency-Key", "contact-1"), ("If-Match", "\"v1\"")];
        (await ReportAsync("contact", Bodies.Contact(), headers)).Is(HttpStatusCode.OK);
        var again = (await ReportAsync("contact", Bodies.Contact(), headers)).Is(HttpStatusCode.OK);
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        Assert.Equal("\"v2\"", again.Headers["ETag"]);
    }

    [Fact]
    public async Task A_key_is_good_for_one_fact_only()
    {
        await HaveCaseAsync();
        await ReportAsync("contact", Bodies.Contact(), ("Idempotency-Key", "K"));
        (await ReportAsync("intent", Bodies.Intent(), ("Idempotency-Key", "K"))).IsProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_fact_that_was_refused_may_be_sent_again_with_its_key_when_it_fits()
    {
        await HaveCaseAsync();
        (await ReportAsync("intent", Bodies.Intent(), ("Idempotency-Key", "K"))).IsProblem(HttpStatusCode.Conflict, "not-now");
        await ReportContactAsync();
        var now = (await ReportAsync("intent", Bodies.Intent(), ("Idempotency-Key", "K"))).Is(HttpStatusCode.OK);
        Assert.False(now.Headers.ContainsKey("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_fact_about_a_case_that_was_never_opened_is_about_nothing() =>
        (await ReportContactAsync()).IsProblem(HttpStatusCode.NotFound, "case-unknown");

    [Fact]
    public async Task Terms_that_can_not_be_are_refused_with_the_path_of_the_member()
    {
        await HaveCaseAsync();
        await ReportContactAsync();
        var intent = Bodies.Intent("extend");
        intent["changes"] = new JsonArray(new JsonObject { ["type"] = "extension", ["newMaturity"] = "2030-01-01" });
        Assert.Equal(["extension-cap@changes[0].newMaturity"], (await ReportAsync("intent", intent)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
    }

    [Fact]
    public async Task Hold_and_release_pause_a_case()
    {
        await HaveCaseAsync();
        var held = (await ReportAsync("hold", new JsonObject { ["by"] = "mgr-lin", ["reason"] = "in hospital", ["until"] = "2026-01-20" })).Is(HttpStatusCode.OK).Json;
        Assert.Equal(("in hospital", "2026-01-20"), ((string?)held["hold"]!["reason"], (string?)held["hold"]!["until"]));
        Assert.Contains("release", held["accepted"]!.AsArray().Select(fact => (string)fact!));
        var released = (await ReportAsync("release", new JsonObject { ["by"] = "mgr-lin" })).Is(HttpStatusCode.OK).Json;
        Assert.Null(released["hold"]);
    }

    [Fact]
    public async Task Every_guarantor_is_shown_with_its_answer()
    {
        await HaveApprovalAsync(loan => loan["guarantors"] = Guarantors("G-1", "G-2"));
        await ReportAsync("approval", new JsonObject { ["by"] = "dir-chen", ["decision"] = "approve", ["level"] = "creditDepartment" });
        var consented = await ReportAsync("guarantor-consent", new JsonObject { ["by"] = "mgr-lin", ["guarantor"] = "G-2", ["consents"] = true, ["evidence"] = "doc-7" });
        Assert.Equal([("G-1", false), ("G-2", true)], consented.Is(HttpStatusCode.OK).Json["guarantors"]!.AsArray().Select(each => ((string)each!["reference"]!, (bool)each["consented"]!)));
    }

    private static JsonArray Guarantors(params string[] references) =>
        [.. references.Select(reference => new JsonObject { ["reference"] = reference, ["name"] = "周大明", ["kind"] = "guarantor" })];

    private async Task HaveApprovalAsync(Action<JsonObject>? change = null)
    {
        await HaveCaseAsync(change: change);
        await ReportContactAsync();
        await ReportAsync("intent", Bodies.Intent());
        (await ReportAsync("documents", Bodies.Documents("application", "business-licence"))).Is(HttpStatusCode.OK);
    }
}
