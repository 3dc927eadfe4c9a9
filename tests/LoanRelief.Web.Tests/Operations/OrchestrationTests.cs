using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Desk;
using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Loans;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Operations;

public sealed class OrchestrationTests(Azurite azurite) : HouseTests(azurite)
{
    private const string Path = $"/api/operations/orchestrations/{Case}";

    [Fact]
    public async Task An_open_case_that_nobody_touched_is_running()
    {
        await HaveCaseAsync();
        await House.WorkAsync(Case);
        await MoveAsync("2026-01-17T08:00:00+08:00");

        var entry = Assert.Single(await ListAsync(""));
        var stored = (await GetAsync($"/api/cases/{Case}")).Json;
        Assert.Equal((Case, Institution, "contact", "running", 12), (
            (string?)entry["case"], (string?)entry["institution"], (string?)entry["stage"], (string?)entry["status"], (int?)entry["ageDays"]));
        Assert.Equal(((string?)stored["openedAt"], (string?)stored["nextDeadline"]), ((string?)entry["openedAt"], (string?)entry["nextDeadline"]));
        Assert.Null(entry["lastError"]);
        var details = (await GetAsync(Path)).Is(HttpStatusCode.OK).Json;
        Assert.Empty(details["acts"]!.AsArray());
        Assert.Null(details["runtime"]);
    }

    [Fact]
    public async Task What_the_runtime_says_about_one_case_stands_beside_what_the_tables_say()
    {
        await HaveCaseAsync();
        House.Runtime.Instance = new(RuntimeStatus.Failed)
        {
            CreatedAt = new(2026, 1, 5, 2, 0, 0, TimeSpan.Zero),
            UpdatedAt = new(2026, 1, 6, 2, 0, 0, TimeSpan.Zero),
            CustomStatus = """{"stage":"contact"}""",
            Failure = "NonDeterministicOrchestrationException: history does not fit",
        };

        var runtime = (await GetAsync(Path)).Is(HttpStatusCode.OK).Json["runtime"]!;

        Assert.Equal(("failed", "2026-01-05T10:00:00+08:00", "2026-01-06T10:00:00+08:00", """{"stage":"contact"}""", "NonDeterministicOrchestrationException: history does not fit"), (
            (string?)runtime["status"], (string?)runtime["createdAt"], (string?)runtime["updatedAt"], (string?)runtime["customStatus"], (string?)runtime["failure"]));
    }

    [Fact]
    public async Task Each_act_leaves_who_did_it_when_and_why()
    {
        await HaveCaseAsync();
        Assert.Equal("suspended", (string?)(await ActAsync("suspend", "receiver is down")).Is(HttpStatusCode.OK).Json["status"]);
        await MoveAsync("2026-01-06T09:30:00+08:00");
        Assert.Equal("running", (string?)(await ActAsync("resume", "receiver is up")).Is(HttpStatusCode.OK).Json["status"]);
        Assert.Equal("terminated", (string?)(await ActAsync("terminate", "imported by mistake")).Is(HttpStatusCode.OK).Json["status"]);
        var restarted = (await ActAsync("restart", "no mistake")).Is(HttpStatusCode.OK).Json;

        Assert.Equal("running", (string?)restarted["status"]);
        Assert.Equal(
            [
                "suspend by operator-1 at 2026-01-05T10:00:00+08:00: receiver is down",
                "resume by operator-1 at 2026-01-06T09:30:00+08:00: receiver is up",
                "terminate by operator-1 at 2026-01-06T09:30:00+08:00: imported by mistake",
                "restart by operator-1 at 2026-01-06T09:30:00+08:00: no mistake",
            ],
            restarted["acts"]!.AsArray().Select(act => $"{act!["action"]} by {act["by"]} at {act["at"]}: {act["reason"]}"));
        Assert.Equal([$"suspend {Case}", $"resume {Case}", $"terminate {Case}", $"restart {Case}"], House.Runtime.Told);
    }

    [Theory, InlineData("suspend"), InlineData("terminate")]
    public async Task An_act_that_is_repeated_is_carried_out_again_and_not_traced_again(string act)
    {
        await HaveCaseAsync();
        var first = (await ActAsync(act)).Is(HttpStatusCode.OK);
        var again = (await ActAsync(act, "another reason")).Is(HttpStatusCode.OK);

        Assert.Equal(first.Json.ToJsonString(), again.Json.ToJsonString());
        Assert.Single(again.Json["acts"]!.AsArray());
        Assert.Equal([$"{act} {Case}", $"{act} {Case}"], House.Runtime.Told);
    }

    [Fact]
    public async Task To_resume_what_runs_is_no_act()
    {
        await HaveCaseAsync();
        Assert.Empty((await ActAsync("resume")).Is(HttpStatusCode.OK).Json["acts"]!.AsArray());
    }

    [Fact]
    public async Task What_was_terminated_can_only_be_restarted_and_that_is_said()
    {
        await HaveCaseAsync();
        await ActAsync("terminate");
        foreach (var act in new[] { "suspend", "resume" })
        {
            var conflict = (await ActAsync(act)).IsProblem(HttpStatusCode.Conflict, "orchestration-terminated");
            Assert.Equal($"The orchestration of case {Case} has been terminated: restart it instead.", (string?)conflict.Json["detail"]);
            Assert.Equal(Case, (string?)conflict.Json["case"]);
        }

        Assert.Equal([$"terminate {Case}"], House.Runtime.Told);
        (await ActAsync("restart")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Where_nothing_is_left_to_drive_there_is_nothing_to_do()
    {
        await HaveCaseAsync();
        await PostAsync($"/api/cases/{Case}/facts/withdrawal", new JsonObject { ["by"] = "mgr-lin", ["reason"] = "no need" });
        // Closed, and the events about it are still to be sent.
        (await ActAsync("suspend")).Is(HttpStatusCode.OK);
        (await ActAsync("resume")).Is(HttpStatusCode.OK);

        await House.WorkAsync(Case);
        (await ActAsync("suspend")).IsProblem(HttpStatusCode.Conflict, "orchestration-completed");
        Assert.Equal("completed", (string?)(await GetAsync(Path)).Json["status"]);
        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task An_act_that_the_runtime_could_not_do_is_traced_and_carried_out_when_it_is_repeated()
    {
        await HaveCaseAsync();
        House.Runtime.Failure = new ConflictException("Not ended in time.");
        (await ActAsync("restart")).IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable");

        House.Runtime.Failure = null;
        Assert.Equal(2, (await ActAsync("restart")).Is(HttpStatusCode.OK).Json["acts"]!.AsArray().Count);
        Assert.Equal([$"restart {Case}", $"restart {Case}"], House.Runtime.Told);
    }

    [Fact]
    public async Task Many_operators_at_once_leave_a_trace_each()
    {
        await HaveCaseAsync();
        var replies = await Task.WhenAll(Enumerable.Range(1, 4).Select(n => ActAsync("restart", $"reason {n}")));

        Assert.All(replies, reply => reply.Is(HttpStatusCode.OK));
        var acts = (await GetAsync(Path)).Json["acts"]!.AsArray().Select(act => (string)act!["reason"]!);
        Assert.Equal(["reason 1", "reason 2", "reason 3", "reason 4"], acts.Order());
    }

    [Fact]
    public async Task What_rounds_fail_with_is_shown_until_one_succeeds_and_holds_nothing_that_anybody_wrote()
    {
        await HaveCaseAsync();
        var error = House.RoundFailures.Describe(Thrown(() => DateOnly.Parse("张三 110101199001011234", null)));
        await FailAsync(3, error);

        var entry = Assert.Single(await ListAsync("status=failing"));
        Assert.Equal((Case, "failing", 3), ((string?)entry["case"], (string?)entry["status"], (int?)entry["lastError"]!["failedRounds"]));
        Assert.Equal("InvalidOperationException < FormatException in Web.Tests.Operations.OrchestrationTests.Thrown", (string?)entry["lastError"]!["error"]);
        Assert.Empty(await ListAsync("status=running"));

        await House.RoundFailures.RecoveredAsync(Identifier.Parse<CaseId>(Case), Cancellation);
        Assert.Empty(await ListAsync("status=failing"));
        Assert.Null(Assert.Single(await ListAsync("status=running"))["lastError"]);
    }

    [Fact]
    public void A_failure_of_the_storage_has_its_code() =>
        Assert.Equal(
            "AggregateException < RequestFailedException 503 ServerBusy",
            House.RoundFailures.Describe(new AggregateException(new Azure.RequestFailedException(503, "what the storage wrote", "ServerBusy", null))));

    [Fact]
    public async Task A_restart_forgets_what_rounds_failed_with_and_a_suspension_does_not()
    {
        await HaveCaseAsync();
        await FailAsync(1, "IOException");
        Assert.Equal("IOException", (string?)(await ActAsync("suspend")).Json["lastError"]!["error"]);
        Assert.Equal("failing", (string?)(await ActAsync("resume")).Json["status"]);
        Assert.Null((await ActAsync("restart")).Json["lastError"]);
    }

    [Fact]
    public async Task The_list_is_narrowed_by_status_stage_and_institution()
    {
        await HaveCaseAsync();
        await HaveCaseAsync("JJ-2");
        await PostAsync($"/api/cases/{Institution}~JJ-2~1/facts/contact", new JsonObject { ["by"] = "mgr-lin", ["channel"] = "visit", ["reached"] = true, ["evidence"] = "v" });
        await HaveCaseAsync("JJ-3");
        await PostAsync($"/api/operations/orchestrations/{Institution}~JJ-2~1/suspend", Act("r"));
        await PostAsync($"/api/operations/orchestrations/{Institution}~JJ-3~1/suspend", Act("r"));

        Assert.Equal(["JJ-3", Loan], await NumbersAsync("stage=contact"));
        Assert.Equal([Loan], await NumbersAsync("status=running"));
        Assert.Equal(["JJ-2", "JJ-3"], await NumbersAsync("status=suspended"));
        Assert.Equal(["JJ-2"], await NumbersAsync("status=suspended&stage=intent"));
        Assert.Equal(["JJ-2", "JJ-3"], await NumbersAsync($"status=suspended&institution={Institution}"));
        Assert.Empty(await NumbersAsync("status=suspended&institution=another-bank"));
        Assert.Empty(await NumbersAsync("status=terminated"));
    }

    [Theory, InlineData("status=suspended"), InlineData("")]
    public async Task Pages_follow_each_other_by_their_links(string query)
    {
        for (var n = 1; n <= 3; n++)
        {
            await HaveCaseAsync($"JJ-{n}");
            await PostAsync($"/api/operations/orchestrations/{Institution}~JJ-{n}~1/suspend", Act("r"));
        }

        var numbers = new List<string>();
        for (var path = $"/api/operations/orchestrations?pageSize=1&{query}"; path is not null;)
        {
            var page = (await GetAsync(path)).Is(HttpStatusCode.OK);
            numbers.AddRange(page.Json["orchestrations"]!.AsArray().Select(each => (string)each!["loanNumber"]!));
            path = page.Headers.GetValueOrDefault("Link") is { } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.Equal(["JJ-1", "JJ-2", "JJ-3"], numbers.Order());
    }

    [Theory]
    [InlineData("status=completed", "closed-not-listed@status")]
    [InlineData("stage=closed", "closed-not-listed@stage")]
    [InlineData("pageSize=201", "out-of-range@pageSize")]
    [InlineData("status=suspended&continuation=bm9uc2Vuc2U", "continuation-unknown@continuation")]
    [InlineData("status=suspended&continuation=!", "continuation-unknown@continuation")]
    public async Task What_can_not_be_listed_is_said(string query, string error) =>
        Assert.Equal([error], (await GetAsync($"/api/operations/orchestrations?{query}")).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);

    [Fact]
    public async Task A_continuation_belongs_to_its_list()
    {
        await HaveCaseAsync("JJ-1");
        await HaveCaseAsync("JJ-2");
        foreach (var number in new[] { "JJ-1", "JJ-2" })
            await PostAsync($"/api/operations/orchestrations/{Institution}~{number}~1/suspend", Act("r"));
        var continuation = (string)(await GetAsync("/api/operations/orchestrations?status=suspended&pageSize=1")).Json["continuation"]!;

        (await GetAsync($"/api/operations/orchestrations?status=terminated&continuation={continuation}")).IsProblem(HttpStatusCode.BadRequest, "invalid-request");
        (await GetAsync($"/api/operations/orchestrations?status=suspended&institution=another-bank&continuation={continuation}")).IsProblem(HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task In_Chinese_it_speaks_Chinese()
    {
        await HaveCaseAsync();
        await ActAsync("terminate");
        Assert.Equal("已终止", (string?)(await GetAsync(Path, ("Accept-Language", "zh"))).Json["statusTitle"]);
    }

    private static Exception Thrown(Action action)
    {
        try
        {
            try
            {
                action();
            }
            catch (FormatException inner)
            {
                throw new InvalidOperationException("Loan of 张三 can not be read", inner);
            }
        }
        catch (InvalidOperationException outer)
        {
            return outer;
        }

        throw new InvalidOperationException("Nothing was thrown.");
    }

    private Task FailAsync(int rounds, string error) => House.RoundFailures.FailedAsync(Identifier.Parse<CaseId>(Case), rounds, error, Cancellation);

    private Task<Reply> ActAsync(string act, string reason = "r") => PostAsync($"{Path}/{act}", Act(reason));

    private static JsonObject Act(string reason) => new() { ["by"] = "operator-1", ["reason"] = reason };

    private Task<Reply> MoveAsync(string to) => PostAsync("/api/operations/clock", new JsonObject { ["to"] = to });

    private async Task<IEnumerable<string>> NumbersAsync(string query) => (await ListAsync(query)).Select(entry => (string)entry["loanNumber"]!);

    private async Task<IReadOnlyList<JsonNode>> ListAsync(string query) =>
        [.. (await GetAsync($"/api/operations/orchestrations?{query}")).Is(HttpStatusCode.OK).Json["orchestrations"]!.AsArray().Select(entry => entry!)];
}
