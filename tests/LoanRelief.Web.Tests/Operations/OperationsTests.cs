using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Desk;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Operations;

public sealed class OperationsTests(Azurite azurite) : HouseTests(azurite)
{
    [Fact]
    public async Task The_clock_counts_the_cases_that_wait_for_their_turn()
    {
        await HaveCaseAsync();
        var clock = (await GetAsync("/api/operations/clock")).Is(HttpStatusCode.OK).Json;
        Assert.Equal(("2026-01-05T10:00:00+08:00", "2026-01-05", 0, true, 1), ((string?)clock["now"], (string?)clock["today"], (int?)clock["speed"], (bool?)clock["simulated"], (int?)clock["overdue"]));
        await House.WorkAsync(Case);
        Assert.Equal(0, (int?)(await GetAsync("/api/operations/clock")).Json["overdue"]);
    }

    [Theory, InlineData("suspend"), InlineData("terminate")]
    public async Task A_case_that_an_operator_has_stopped_is_counted_as_stopped_and_not_as_overdue(string act)
    {
        await HaveCaseAsync("JJ-2");
        await HaveCaseAsync();
        var path = $"/api/operations/orchestrations/{Case}";
        (await PostAsync($"{path}/{act}", new JsonObject { ["by"] = "operator-1", ["reason"] = "r" })).Is(HttpStatusCode.OK);
        Assert.Equal((1, 1), await WaitingAsync());

        (await PostAsync($"{path}/restart", new JsonObject { ["by"] = "operator-1", ["reason"] = "r" })).Is(HttpStatusCode.OK);
        Assert.Equal((2, 0), await WaitingAsync());

        async Task<(int?, int?)> WaitingAsync()
        {
            var clock = (await GetAsync("/api/operations/clock")).Is(HttpStatusCode.OK).Json;
            return ((int?)clock["overdue"], (int?)clock["stopped"]);
        }
    }

    [Fact]
    public async Task A_deadline_that_went_by_while_a_case_was_stopped_is_missed_when_the_case_is_driven_again()
    {
        await HaveCaseAsync();
        await House.WorkAsync(Case);
        var path = $"/api/operations/orchestrations/{Case}";
        (await PostAsync($"{path}/suspend", new JsonObject { ["by"] = "operator-1", ["reason"] = "r" })).Is(HttpStatusCode.OK);
        (await MoveAsync("2026-02-26T00:00:00+08:00")).Is(HttpStatusCode.OK);
        Assert.False((bool)(await GetAsync($"/api/cases/{Case}")).Json["contactBreached"]!);

        (await PostAsync($"{path}/resume", new JsonObject { ["by"] = "operator-1", ["reason"] = "r" })).Is(HttpStatusCode.OK);
        await House.WorkAsync(Case);
        Assert.True((bool)(await GetAsync($"/api/cases/{Case}")).Json["contactBreached"]!);
    }

    [Fact]
    public async Task A_simulated_clock_moves_forward_and_deadlines_come()
    {
        await HaveCaseAsync();
        await House.WorkAsync(Case);
        var moved = (await MoveAsync("2026-02-16T00:00:00+08:00")).Is(HttpStatusCode.OK).Json;
        Assert.Equal(("2026-02-16T00:00:00+08:00", 1), ((string?)moved["now"], (int?)moved["overdue"]));
        await House.WorkAsync(Case);
        Assert.True((bool)(await GetAsync($"/api/cases/{Case}")).Json["contactBreached"]!);
    }

    [Fact]
    public async Task A_clock_never_moves_back()
    {
        (await MoveAsync("2026-01-05T09:59:59+08:00")).IsProblem(HttpStatusCode.Conflict, "clock-only-moves-forward");
        Assert.Equal(["expected-instant@to"], (await MoveAsync("2026-02-16T00:00:00")).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
    }

    [Fact]
    public async Task Real_time_can_not_be_moved()
    {
        await using var house = await House.StartAsync(Azurite, realClock: true);
        using var content = new StringContent("""{ "to": "2099-01-01T00:00:00Z" }""", System.Text.Encoding.UTF8, "application/json");
        using var response = await house.Client.PostAsync("/api/operations/clock", content, Cancellation);
        (await Reply.OfAsync(response)).IsProblem(HttpStatusCode.Conflict, "clock-is-real");
    }

    [Fact]
    public async Task An_event_of_a_case_that_was_given_up_can_be_sent_again()
    {
        await HaveCaseAsync();
        House.Channel.Status = DeliveryStatus.Refused;
        await House.WorkAsync(Case);
        var letters = (await GetAsync($"/api/operations/dead-letters?institution={Institution}")).Is(HttpStatusCode.OK).Json["deadLetters"]!.AsArray();
        Assert.Equal([$"{Case}/contact.requested/1"], letters.Select(letter => (string)letter!["key"]!));
        Assert.Equal((string?)letters[0]!["key"], (string?)(await GetAsync($"/api/cases/{Case}")).Json["deadLetters"]![0]!["key"]);
        Assert.Single((await GetAsync("/api/operations/dead-letters")).Json["deadLetters"]!.AsArray());

        House.Channel.Status = DeliveryStatus.Delivered;
        Assert.Equal("queued", (string?)(await RedriveAsync($"{Case}/contact.requested/1")).Is(HttpStatusCode.Accepted).Json["result"]);
        await House.WorkAsync(Case);
        Assert.Equal([$"{Case}/contact.requested/1", $"{Case}/contact.requested/1"], House.Channel.Sent.Select(sent => sent.Id));
        Assert.Empty((await GetAsync("/api/operations/dead-letters")).Json["deadLetters"]!.AsArray());
        (await RedriveAsync($"{Case}/contact.requested/1")).IsProblem(HttpStatusCode.NotFound, "dead-letter-unknown");
    }

    [Fact]
    public async Task A_reminder_that_was_given_up_stays_on_the_list_until_it_is_delivered()
    {
        await HaveLoanAsync(change: loan => loan["maturity"] = "2026-01-12");
        House.Channel.Status = DeliveryStatus.Refused;
        await MoveAsync("2026-01-05T12:00:00+08:00");
        (await RunAsync("due-date-reminders")).Is(HttpStatusCode.OK);
        var key = (string)(await GetAsync("/api/operations/dead-letters")).Json["deadLetters"]![0]!["key"]!;
        Assert.StartsWith($"{Institution}~{Loan}/due/", key, StringComparison.Ordinal);

        (await RedriveAsync(key)).IsProblem(HttpStatusCode.BadGateway, "delivery-failed");
        House.Channel.Status = DeliveryStatus.Delivered;
        Assert.Equal("delivered", (string?)(await RedriveAsync(key)).Is(HttpStatusCode.OK).Json["result"]);
        (await RedriveAsync(key)).IsProblem(HttpStatusCode.NotFound, "dead-letter-unknown");
        Assert.Empty((await GetAsync("/api/operations/dead-letters")).Json["deadLetters"]!.AsArray());
    }

    [Theory, InlineData("nonsense"), InlineData("a~b~1/contact.requested/1"), InlineData("bank~JJ/due/2026-01-01/3"), InlineData("~/")]
    public async Task A_key_of_nothing_is_unknown(string key) => (await RedriveAsync(key)).IsProblem(HttpStatusCode.NotFound, "dead-letter-unknown");

    [Fact]
    public async Task A_job_runs_on_demand_and_leaves_its_mark()
    {
        await HaveLoanAsync();
        var before = (await GetAsync("/api/operations/jobs")).Is(HttpStatusCode.OK).Json["jobs"]!.AsArray();
        Assert.Equal(["calendar-recomputation", "maturity-scan", "due-date-reminders", "inquiry-reminders", "rejected-rows-retention"], before.Select(job => (string)job!["name"]!));
        Assert.Null(before[1]!["completedUpTo"]);

        await MoveAsync("2026-02-01T08:00:00+08:00");
        var ran = (await RunAsync("maturity-scan")).Is(HttpStatusCode.OK).Json;
        Assert.Equal(("2026-02-01", 1), ((string?)ran["completedUpTo"], (int?)ran["counts"]!["opened"]));
        Assert.Equal("scan", (string?)(await GetAsync($"/api/cases/{Case}")).Is(HttpStatusCode.OK).Json["trigger"]);
        Assert.Equal(ran.ToJsonString(), (await GetAsync("/api/operations/jobs")).Json["jobs"]![1]!.ToJsonString());
    }

    [Fact]
    public async Task A_job_that_nobody_knows_can_not_run()
    {
        var unknown = (await RunAsync("coffee")).IsProblem(HttpStatusCode.NotFound, "job-unknown");
        Assert.Equal("Job coffee is not known. Known are: calendar-recomputation, maturity-scan, due-date-reminders, inquiry-reminders, rejected-rows-retention.", (string?)unknown.Json["detail"]);
    }

    private Task<Reply> MoveAsync(string to) => PostAsync("/api/operations/clock", new JsonObject { ["to"] = to });

    private Task<Reply> RunAsync(string job) => SendAsync(HttpMethod.Post, $"/api/operations/jobs/{job}/runs", null);

    private Task<Reply> RedriveAsync(string key) => PostAsync("/api/operations/dead-letters/redrive", new JsonObject { ["key"] = key, ["by"] = "operator-1" });
}
