using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Desk.Batches;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace LoanRelief.Web.Tests.Batches;

public sealed class BatchTests(Azurite azurite) : HouseTests(azurite)
{
    private const string Path = $"/api/institutions/{Institution}/case-batches";

    [Fact]
    public async Task Each_loan_of_a_list_gets_a_verdict_of_its_own_and_the_figures_foot()
    {
        await HaveLoanAsync("JJ-1");
        await HaveLoanAsync("JJ-2", loan => loan["product"] = "fixedAsset");
        await HaveCaseAsync("JJ-3");
        await HaveLoanAsync("JJ-4", loan => loan["outstanding"] = 0);
        var taken = (await PostAsync(Path, Renewals("JJ-1", "JJ-2", "JJ-3", "JJ-4", "JJ-5"))).Is(HttpStatusCode.Accepted);

        Assert.Equal($"{Path}/{taken.Json["id"]}", taken.Headers["Location"]);
        Assert.Equal(("running", "Under way", 5, 5), State(taken.Json));
        Assert.Empty((await RowsAsync(taken.Json)));

        await House.DoBatchesAsync();
        var batch = (await GetAsync(taken.Headers["Location"])).Is(HttpStatusCode.OK).Json;
        Assert.Equal(("completed", "Completed", 5, 0), State(batch));
        Assert.Equal(["opened 1", "granted 0", "notEligible 1", "hasCase 1", "alreadyGranted 0", "refused 2"], Verdicts(batch));

        var rows = await RowsAsync(batch);
        Assert.Equal(["1 JJ-1 opened", "2 JJ-2 notEligible", "3 JJ-3 hasCase", "4 JJ-4 refused", "5 JJ-5 refused"], rows.Select(Row));
        Assert.Equal([$"{Institution}~JJ-1~1", null, $"{Institution}~JJ-3~1", null, null], rows.Select(row => (string?)row["case"]));
        // Which condition, what was seen, what is wanted, and where that stands.
        var reason = rows[1]["reasons"]!.AsArray().First(each => (string?)each!["values"]!["seen"] == "fixedAsset")!["values"]!;
        Assert.Equal("金规〔2024〕13号", (string?)reason["document"]);
        Assert.Contains("workingCapital", (string?)reason["wanted"], StringComparison.Ordinal);
        Assert.Equal("loan-not-in-book", (string?)rows[4]["reasons"]![0]!["code"]);
        Assert.Equal("contact", (string?)(await GetAsync($"/api/cases/{Institution}~JJ-1~1")).Json["stage"]);
    }

    [Fact]
    public async Task With_the_evidence_of_a_contact_the_cases_go_on_and_who_prepared_them_may_not_approve()
    {
        await HaveLoanAsync();
        var body = Renewals(Loan);
        body["relief"]!["kind"] = "extend";
        body["relief"]!["contact"] = new JsonObject { ["channel"] = "weChat", ["evidence"] = "group-notice-1" };
        await DoneAsync(body);

        var screening = (await GetAsync($"/api/cases/{Case}")).Json;
        Assert.Equal(("screening", "2026-01-05"), ((string?)screening["stage"], (string?)screening["contactedOn"]));
        (await ReportAsync("documents", Bodies.Documents("application", "business-licence"))).Is(HttpStatusCode.OK);
        var approval = new JsonObject { ["by"] = "mgr-lin", ["decision"] = "approve", ["level"] = "creditCommittee" };
        Assert.Equal(["preparer-may-not-approve@by"], (await ReportAsync("approval", approval)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
        approval["by"] = "dir-chen";
        (await ReportAsync("approval", approval)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_filter_finds_the_loans_of_the_book_that_mature_in_the_window_and_are_like_this()
    {
        await HaveLoanAsync("JJ-1");
        await HaveLoanAsync("JJ-2", loan => loan["maturity"] = "2026-04-01");
        await HaveLoanAsync("JJ-3", loan => loan["borrower"]!["district"] = "瑞安市");
        await HaveLoanAsync("JJ-4", loan => loan["borrower"]!["industry"] = "零售");
        await HaveLoanAsync("JJ-5", loan => loan["outstanding"] = 0);
        await HaveLoanAsync("JJ-6", loan => loan["maturity"] = "2026-03-10");
        // Moved out of the window: found where it was, and not one of them.
        await HaveLoanAsync("JJ-7");
        (await PutAsync($"/api/institutions/{Institution}/loans/JJ-7", Bodies.LoanMaturing("2026-09-20"))).Is(HttpStatusCode.OK);
        var body = Renewals();
        body["filter"] = new JsonObject { ["maturityFrom"] = "2026-03-01", ["maturityTo"] = "2026-03-31", ["districts"] = new JsonArray("文成县"), ["industries"] = new JsonArray("食品制造", "餐饮") };

        var batch = await DoneAsync(body);

        Assert.Equal(["1 JJ-6 opened", "2 JJ-1 opened"], (await RowsAsync(batch)).Select(Row));
    }

    [Fact]
    public async Task An_automatic_measure_is_granted_once_a_second_person_has_approved_it_and_only_once()
    {
        await HaveAutomaticCutAsync();
        await HaveLoanAsync("JJ-1", InYubei);
        await HaveLoanAsync("JJ-2");
        await HaveCaseAsync("JJ-3", InYubei);
        var taken = (await PostAsync(Path, Cuts("JJ-1", "JJ-2", "JJ-3"))).Is(HttpStatusCode.Accepted);
        Assert.Equal(("awaitingApproval", "Waits for a second person's approval", 3, 3), State(taken.Json));
        await House.DoBatchesAsync();
        Assert.Empty(await RowsAsync(taken.Json));

        Assert.Equal(["preparer-may-not-approve@by"], (await ApproveAsync(taken, " MGR-LIN")).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
        Assert.Equal("dir-chen", (string?)(await ApproveAsync(taken, "dir-chen")).Is(HttpStatusCode.OK).Json["approvedBy"]);
        (await ApproveAsync(taken, "dir-chen")).Is(HttpStatusCode.OK);
        (await ApproveAsync(taken, "dir-wang")).IsProblem(HttpStatusCode.Conflict, "batch-not-now");

        await House.DoBatchesAsync();
        var rows = await RowsAsync(taken.Json);
        Assert.Equal(["1 JJ-1 granted", "2 JJ-2 notEligible", "3 JJ-3 hasCase"], rows.Select(Row));
        Assert.True((decimal)rows[0]["relief"]! > 0);
        var sent = Assert.Single(House.Channel.Sent, sent => sent.Type == "loanrelief.relief.granted");
        Assert.Equal(($"{Institution}~JJ-1/grant/yubei-2022-16/2-rate-cut", 0.03915m), (sent.Id, sent.Data.GetProperty("newRate").GetDecimal()));
        Assert.Equal(2, sent.Data.GetProperty("policy").GetProperty("version").GetInt32());
        Assert.DoesNotContain("有限公司", sent.Data.ToString(), StringComparison.Ordinal);

        var again = (await PostAsync(Path, Cuts("JJ-1"))).Is(HttpStatusCode.Accepted);
        await ApproveAsync(again, "dir-chen");
        await House.DoBatchesAsync();
        var already = Assert.Single(await RowsAsync(again.Json));
        Assert.Equal("1 JJ-1 alreadyGranted", Row(already));
        Assert.Equal((string?)rows[0]["grants"], (string?)already["grants"]);
        Assert.Single(House.Channel.Sent, sent => sent.Type == "loanrelief.relief.granted");
    }

    [Fact]
    public async Task A_granted_row_leads_to_the_terms_that_the_loan_was_granted()
    {
        await HaveAutomaticCutAsync();
        await HaveLoanAsync("JJ-1", InYubei);
        await HaveLoanAsync("JJ-2");
        var taken = (await PostAsync(Path, Cuts("JJ-1", "JJ-2"))).Is(HttpStatusCode.Accepted);
        (await ApproveAsync(taken, "dir-chen")).Is(HttpStatusCode.OK);
        await House.DoBatchesAsync();
        var rows = await RowsAsync(taken.Json);
        Assert.Null(rows[1]["grants"]);

        var grant = Assert.Single((await GetAsync((string)rows[0]["grants"]!, ("Accept-Language", "zh"))).Is(HttpStatusCode.OK).Json["grants"]!.AsArray())!;

        Assert.Equal(("2-rate-cut", "渝北金〔2022〕16号", 2), ((string?)grant["measure"]!["measure"], (string?)grant["measure"]!["document"], (int?)grant["measure"]!["policy"]!["version"]));
        Assert.Equal(("mgr-lin", "dir-chen", taken.Headers["Location"]), ((string?)grant["by"], (string?)grant["approvedBy"], (string?)grant["batch"]));
        Assert.Equal((0.03915m, (decimal)rows[0]["relief"]!), ((decimal)grant["newRate"]!, (decimal)grant["relief"]!["total"]!["relief"]!));
        Assert.Equal("rateCut", (string?)Assert.Single(grant["changes"]!.AsArray())!["type"]);

        Assert.Empty((await GetAsync($"/api/institutions/{Institution}/loans/JJ-2/grants")).Is(HttpStatusCode.OK).Json["grants"]!.AsArray());
        // The loan of one institution is no loan of another.
        (await PutAsync("/api/institutions/another-bank", Bodies.Institution())).Is(HttpStatusCode.Created);
        (await GetAsync("/api/institutions/another-bank/loans/JJ-1/grants")).IsProblem(HttpStatusCode.NotFound, "loan-unknown");
    }

    [Fact]
    public async Task What_has_not_begun_of_a_batch_that_is_cancelled_is_left_undone()
    {
        var numbers = await HaveLoansAsync(250);
        var taken = (await PostAsync(Path, Renewals(numbers))).Is(HttpStatusCode.Accepted);
        Assert.True(await House.DoChunkAsync(BatchWork.WorkName));

        var cancelled = (await SendAsync(HttpMethod.Post, $"{taken.Headers["Location"]}/cancel", null)).Is(HttpStatusCode.OK).Json;
        Assert.True((bool)cancelled["cancelAsked"]!);
        await House.DoBatchesAsync();

        var batch = (await GetAsync(taken.Headers["Location"])).Json;
        Assert.Equal(("cancelled", "Cancelled", 250, 150), State(batch));
        Assert.Equal(100, (int)batch["verdicts"]![0]!["count"]!);
        (await GetAsync($"/api/cases/{Institution}~{numbers[99]}~1")).Is(HttpStatusCode.OK);
        (await GetAsync($"/api/cases/{Institution}~{numbers[100]}~1")).Is(HttpStatusCode.NotFound);
        (await SendAsync(HttpMethod.Post, $"{taken.Headers["Location"]}/cancel", null)).Is(HttpStatusCode.OK);

        Assert.Equal(Enumerable.Range(1, 100), (await RowsAsync(batch, "?pageSize=30")).Select(row => (int)row["row"]!));
        Assert.Empty(await RowsAsync(batch, "?verdict=refused"));
    }

    [Fact]
    public async Task A_batch_that_waits_for_approval_can_be_cancelled_and_then_not_be_approved()
    {
        await HaveAutomaticCutAsync();
        await HaveLoanAsync("JJ-1", InYubei);
        var taken = (await PostAsync(Path, Cuts("JJ-1"))).Is(HttpStatusCode.Accepted);

        Assert.Equal(("cancelled", "Cancelled", 1, 1), State((await SendAsync(HttpMethod.Post, $"{taken.Headers["Location"]}/cancel", null)).Is(HttpStatusCode.OK).Json));
        Assert.Equal("It is: Cancelled.", (string?)(await ApproveAsync(taken, "dir-chen")).IsProblem(HttpStatusCode.Conflict, "batch-not-now").Json["detail"]);
        await House.DoBatchesAsync();
        Assert.DoesNotContain(House.Channel.Sent, sent => sent.Type == "loanrelief.relief.granted");
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_is_the_same_batch_and_another_body_is_refused()
    {
        await HaveLoanAsync("JJ-1");
        var first = (await PostAsync(Path, Renewals("JJ-1"), ("Idempotency-Key", "k-1"))).Is(HttpStatusCode.Accepted);
        await House.DoBatchesAsync();
        var again = (await PostAsync(Path, Renewals("JJ-1"), ("Idempotency-Key", "k-1"))).Is(HttpStatusCode.Accepted);

        Assert.Equal((first.Headers["Location"], "true"), (again.Headers["Location"], again.Headers["Idempotency-Replayed"]));
        Assert.Equal("completed", (string?)again.Json["state"]);
        (await PostAsync(Path, Renewals("JJ-2"), ("Idempotency-Key", "k-1"))).IsProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Fact]
    public async Task What_can_not_be_is_refused_with_every_reason_and_nothing_of_it_is_stored()
    {
        await HaveLoanAsync("JJ-1");
        foreach (var (change, errors) in new (Action<JsonObject>, string[])[]
        {
            (body => body.Remove("loans"), ["exactly-one-of@loans"]),
            (body => body["filter"] = Window("2026-03-01", "2026-03-31"), ["exactly-one-of@filter"]),
            (body => body.Remove("relief"), ["exactly-one-of@relief"]),
            (body => body["relief"]!["kind"] = "repay", ["not-allowed@relief.kind"]),
            (body => body["loans"] = new JsonArray("JJ-1", "JJ-2", "JJ-1"), ["given-twice@loans[2]"]),
            (body => { body.Remove("loans"); body["filter"] = Window("2026-03-01", "2026-04-01"); }, ["window-too-long@filter.maturityTo"]),
            (body => { body.Remove("loans"); body["filter"] = Window("2026-03-01", "2026-02-28"); }, ["window-backwards@filter.maturityTo"]),
            (body => { body.Remove("loans"); body["filter"] = Window("2027-03-01", "2027-03-31"); }, ["no-loan-selected@filter"]),
            (body => { body.Remove("relief"); body["automatic"] = Automatic("yubei-2022-16", "2-rate-cut"); }, ["policy-not-in-force@automatic.measure"]),
            (body => { body.Remove("relief"); body["automatic"] = Automatic("general-rules-of-loans", "none"); }, ["measure-unknown@automatic.measure"]),
            (body => { body.Remove("relief"); body["automatic"] = Automatic("general-rules-of-loans", "extension"); }, ["measure-not-automatic@automatic.measure"]),
        })
        {
            var body = Renewals("JJ-1");
            change(body);
            Assert.Equal(errors, (await PostAsync(Path, body)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
        }

        Assert.Equal(["list-length@loans"], (await PostAsync(Path, Renewals([.. Enumerable.Range(1, BatchLimits.Listed + 1).Select(n => $"JJ-{n}")]))).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
        (await PostAsync("/api/institutions/another-bank/case-batches", Renewals("JJ-1"))).IsProblem(HttpStatusCode.NotFound, "institution-unknown");
        Assert.False(await House.DoChunkAsync(BatchWork.WorkName));
        (await GetAsync($"/api/cases/{Institution}~JJ-1~1")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task More_loans_than_a_batch_may_have_are_refused_before_anything_is_stored()
    {
        await using var house = await House.StartAsync(Azurite, services => services.Replace(ServiceDescriptor.Singleton(new BatchLimits { Rows = 2 })));
        await SendAsync(house, HttpMethod.Put, $"/api/institutions/{Institution}", Bodies.Institution());
        foreach (var number in new[] { "JJ-1", "JJ-2", "JJ-3" })
            (await SendAsync(house, HttpMethod.Put, $"/api/institutions/{Institution}/loans/{number}", Bodies.Loan())).Is(HttpStatusCode.Created);
        var body = Renewals();
        body["filter"] = Window("2026-03-01", "2026-03-31");

        Assert.Equal(["too-many-rows@filter"], (await SendAsync(house, HttpMethod.Post, Path, body)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
        Assert.False(await house.DoChunkAsync(BatchWork.WorkName));
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/rows")]
    [InlineData("POST", "/cancel")]
    [InlineData("POST", "/approval")]
    public async Task A_batch_that_nobody_knows_is_not_there_and_what_is_asked_wrongly_is_refused(string method, string below)
    {
        var body = below == "/approval" ? """{ "by": "dir-chen" }""" : null;
        foreach (var id in new[] { $"{Guid.NewGuid()}", "the-first" })
            (await SendAsync(HttpMethod.Parse(method), $"{Path}/{id}{below}", body)).IsProblem(HttpStatusCode.NotFound, "batch-unknown");
        (await SendAsync(HttpMethod.Parse(method), $"{Path}/{Guid.NewGuid()}{below}?surplus=1", body)).IsProblem(HttpStatusCode.BadRequest, "invalid-request");
        (await SendAsync(HttpMethod.Parse(method), $"/api/institutions/-/case-batches/{Guid.NewGuid()}{below}", body)).IsProblem(HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task When_the_storage_fails_every_answer_is_a_problem()
    {
        foreach (var (failure, status) in new (Exception, HttpStatusCode)[]
        {
            (new InvalidOperationException("broken"), HttpStatusCode.InternalServerError), (new Azure.RequestFailedException("away"), HttpStatusCode.ServiceUnavailable),
        })
        {
            await using var broken = await House.StartAsync(Azurite, services => BrokenStores.Use(services, failure));
            (await SendAsync(broken, HttpMethod.Post, Path, Renewals("JJ-1"))).Is(status);
            var batch = $"{Path}/{Guid.NewGuid()}";
            foreach (var (method, below, body) in new[]
            {
                (HttpMethod.Get, "", null), (HttpMethod.Get, "/rows", null), (HttpMethod.Post, "/cancel", null),
                (HttpMethod.Post, "/approval", new JsonObject { ["by"] = "dir-chen" }),
            })
            {
                (await SendAsync(broken, method, batch + below, body)).Is(status);
            }
        }
    }

    private static JsonObject Renewals(params string[] loans)
    {
        var body = new JsonObject { ["by"] = "mgr-lin", ["relief"] = new JsonObject { ["kind"] = "renew" } };
        if (loans.Length > 0)
            body["loans"] = new JsonArray([.. loans.Select(loan => (JsonNode)loan)]);
        return body;
    }

    private static JsonObject Cuts(params string[] loans)
    {
        var body = Renewals(loans);
        body.Remove("relief");
        body["automatic"] = Automatic("yubei-2022-16", "2-rate-cut");
        return body;
    }

    private static JsonObject Automatic(string policy, string measure) => new()
    {
        ["measure"] = new JsonObject { ["policy"] = policy, ["measure"] = measure },
        ["attested"] = new JsonArray("affected"),
    };

    private static JsonObject Window(string from, string to) => new() { ["maturityFrom"] = from, ["maturityTo"] = to };

    private static void InYubei(JsonObject loan) => loan["borrower"]!["district"] = "渝北区";

    /// <summary>渝北金〔2022〕16号（二）, as if it were in force still.</summary>
    private async Task HaveAutomaticCutAsync()
    {
        var pack = (await GetAsync("/api/policies/yubei-2022-16")).Is(HttpStatusCode.OK).Json.AsObject();
        pack["effectiveUntil"] = "2026-12-31";
        (await PutAsync("/api/policies/yubei-2022-16", pack)).Is(HttpStatusCode.OK);
    }

    private async Task<string[]> HaveLoansAsync(int count)
    {
        await HaveInstitutionAsync();
        string[] numbers = [.. Enumerable.Range(1, count).Select(n => $"JJ-{n:D4}")];
        await Parallel.ForEachAsync(numbers, Cancellation, async (number, _) =>
            (await PutAsync($"/api/institutions/{Institution}/loans/{number}", Bodies.Loan())).Is(HttpStatusCode.Created));
        return numbers;
    }

    private async Task<JsonNode> DoneAsync(JsonObject body)
    {
        var taken = (await PostAsync(Path, body)).Is(HttpStatusCode.Accepted);
        await House.DoBatchesAsync();
        return (await GetAsync(taken.Headers["Location"])).Is(HttpStatusCode.OK).Json;
    }

    private Task<Reply> ApproveAsync(Reply taken, string by) => PostAsync($"{taken.Headers["Location"]}/approval", new JsonObject { ["by"] = by });

    private async Task<List<JsonNode>> RowsAsync(JsonNode batch, string query = "")
    {
        var rows = new List<JsonNode>();
        for (var path = $"{batch["rowsPath"]}{query}"; ;)
        {
            var reply = (await GetAsync(path)).Is(HttpStatusCode.OK);
            rows.AddRange(reply.Json["rows"]!.AsArray().Select(row => row!));
            if (!reply.Headers.TryGetValue("Link", out var link))
                return rows;
            path = link.Split('<', '>')[1];
        }
    }

    private static async Task<Reply> SendAsync(House house, HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var response = await house.Client.SendAsync(request, Cancellation);
        return await Reply.OfAsync(response);
    }

    private static string Row(JsonNode row) => $"{row["row"]} {row["loanNumber"]} {row["verdict"]}";

    private static (string?, string?, int, int) State(JsonNode batch) =>
        ((string?)batch["state"], (string?)batch["stateTitle"], (int)batch["rows"]!, (int)batch["remaining"]!);

    /// <summary>They add up to the loans that have one.</summary>
    private static IEnumerable<string> Verdicts(JsonNode batch)
    {
        var verdicts = batch["verdicts"]!.AsArray();
        Assert.Equal((int)batch["rows"]! - (int)batch["remaining"]!, verdicts.Sum(verdict => (int)verdict!["count"]!));
        return verdicts.Select(verdict => $"{verdict!["verdict"]} {verdict["count"]}");
    }
}
