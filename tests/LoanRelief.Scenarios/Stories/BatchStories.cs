using System.Net;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Stories;

/// <summary>A bank of its own asks for many loans at once (批量).</summary>
public class BatchStories(ScenarioHouse house) : Scenario(house, ownBank: true)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ScenarioHouse _house = house;

    [Fact]
    public async Task Loans_that_can_be_renewed_get_a_case_and_the_others_hear_why_not()
    {
        var first = await Bank.HandOverAsync(Bank.NewLoan(daysToMaturity: 50));
        var second = await Bank.HandOverAsync(Bank.NewLoan(daysToMaturity: 51));
        await Bank.HandOverAsync(Bank.NewLoan(daysToMaturity: 52) with { Product = "fixedAsset" });
        await Bank.OpenAsync(Bank.NewLoan(daysToMaturity: 53));

        var batch = await EndedAsync(await PrepareAsync(Bank, Filter(50, 60), relief: new { Kind = "renew", Contact = new { Channel = "weChat", Evidence = "notice-1" } }));

        Assert.Equal(("completed", 4, 0), (batch.State, batch.Rows, batch.Remaining));
        Assert.Equal(["opened 2", "notEligible 1", "hasCase 1"], batch.Verdicts.Where(each => each.Count > 0).Select(each => $"{each.Verdict} {each.Count}"));
        var rows = (await Bank.Api.GetAsync<RowList>(batch.RowsPath)).Rows;
        Assert.Equal([first.Number, second.Number], rows.Where(row => row.Verdict == "opened").Select(row => row.LoanNumber));
        Assert.Contains("fixedAsset", rows.Single(row => row.Verdict == "notEligible").Reasons.Select(reason => reason.Values.GetValueOrDefault("seen")));

        // From here on each is a case like any other, and who prepared the batch approves none of them.
        await Time.SettleAsync();
        var file = await Bank.HearOfCaseAsync(first);
        Assert.Equal("screening", (await file.ReadAsync()).Stage);
        await file.ReportAsync(AllDocuments);
        Assert.Equal(["preparer-may-not-approve"], (await file.RefusedAsync(Approved(by: Manager))).Codes);
        Assert.Equal("signature", (await file.ReportAsync(Approved())).Stage);
    }

    [Fact]
    public async Task A_measure_without_application_is_granted_when_a_second_person_says_so_and_the_bank_hears_of_each()
    {
        var policy = await HaveAutomaticCutAsync();
        var loan = Bank.NewLoan(daysToMaturity: 70);
        await Bank.HandOverAsync(loan with { Borrower = loan.Borrower with { District = Bank.Name } });
        await Bank.HandOverAsync(Bank.NewLoan(daysToMaturity: 71));
        var prepared = await PrepareAsync(Bank, Filter(70, 75), automatic: new { Measure = new { Policy = policy, Measure = "cut" } });
        Assert.Equal("awaitingApproval", prepared.State);

        (await Bank.Api.SendAsync(HttpMethod.Post, $"{PathOf(prepared)}/approval", new { By = Manager })).Expect(HttpStatusCode.UnprocessableEntity);
        (await Bank.Api.SendAsync(HttpMethod.Post, $"{PathOf(prepared)}/approval", new { By = Approver })).Expect(HttpStatusCode.OK);
        var batch = await EndedAsync(prepared);

        Assert.Equal(["granted 1", "notEligible 1"], batch.Verdicts.Where(each => each.Count > 0).Select(each => $"{each.Verdict} {each.Count}"));
        var heard = await Bank.Webhook.WaitForAsync(e => e.Type == "loanrelief.relief.granted" && e.Subject == $"{Bank.Name}~{loan.Number}", Patience);
        Assert.Equal(0.03915m, heard.Data.GetProperty("newRate").GetDecimal());
    }

    [Fact]
    public async Task The_many_loans_of_one_bank_do_not_hold_up_the_one_of_another()
    {
        var other = new Bank(_house.Api, Time, Bank.Webhook, _house.NextBank(), _house.NextLoan);
        await other.RegisterAsync();
        // Several chunks. Those that get a case are worked on as the days of later stories pass, which takes the Functions host long.
        var count = HostKinds.Wanted == HostKind.Functions ? 150 : 400;
        var many = Enumerable.Range(0, count).Select(_ => Bank.NewLoan(daysToMaturity: 90)).ToList();
        await Parallel.ForEachAsync(many, TestContext.Current.CancellationToken, async (loan, _) => await Bank.HandOverAsync(loan));
        await other.HandOverAsync(other.NewLoan(daysToMaturity: 90));

        var large = await PrepareAsync(Bank, Filter(90, 90), relief: new { Kind = "renew" });
        var small = await PrepareAsync(other, Filter(90, 90), relief: new { Kind = "renew" });
        await EndedAsync(small);

        // What has not begun by now is left undone, so that the story ends soon; a last chunk that is being worked on is completed.
        var cancelled = (await Bank.Api.SendAsync(HttpMethod.Post, $"{PathOf(large)}/cancel")).Expect(HttpStatusCode.OK).As<BatchView>();
        Assert.InRange(cancelled.Remaining, 1, count);
        large = await EndedAsync(large);
        Assert.Equal(count, large.Remaining + large.Verdicts.Single(each => each.Verdict == "opened").Count);
        await other.DeregisterWebhookAsync();
    }

    private object Filter(int from, int to) => new { MaturityFrom = Time.Today.AddDays(from), MaturityTo = Time.Today.AddDays(to) };

    private static async Task<BatchView> PrepareAsync(Bank bank, object filter, object? relief = null, object? automatic = null) =>
        (await bank.Api.SendAsync(
            HttpMethod.Post, $"/api/institutions/{bank.Name}/case-batches", new { By = Manager, Filter = filter, Relief = relief, Automatic = automatic }, $"{Guid.NewGuid()}"))
            .Expect(HttpStatusCode.Accepted).As<BatchView>();

    private async Task<BatchView> EndedAsync(BatchView batch)
    {
        for (var since = DateTime.UtcNow; DateTime.UtcNow - since < Patience; await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            if (await Bank.Api.GetAsync<BatchView>(PathOf(batch)) is { EndedAt: not null } ended)
                return ended;
        }

        Assert.Fail($"Batch {batch.Id} did not come to its end within {Patience.TotalSeconds} s.");
        return batch;
    }

    private static string PathOf(BatchView batch) => $"/api/institutions/{batch.Institution}/case-batches/{batch.Id}";

    /// <summary>A cut for borrowers of a district that bears the name of the bank, so that no other story meets it.</summary>
    private async Task<string> HaveAutomaticCutAsync()
    {
        var id = $"cut-{Bank.Name}";
        (await Bank.Api.SendAsync(HttpMethod.Put, $"/api/policies/{id}", new
        {
            Id = id,
            Title = new { Zh = "减息", En = "Cut" },
            Authority = "x",
            Jurisdiction = Bank.Name,
            EffectiveFrom = Time.Today,
            Source = "story",
            Scope = new[] { new { Type = "districts", AnyOf = new[] { Bank.Name } } },
            Measures = new[] { new { Id = "cut", Article = "一", Title = new { Zh = "减息", En = "Cut" }, Offers = new[] { new { Type = "rateCut", Share = 0.1m } }, Automatic = true } },
        })).Expect(HttpStatusCode.Created);
        return id;
    }

    private sealed record BatchView(Guid Id, string Institution, string State, int Rows, int Remaining, IReadOnlyList<VerdictView> Verdicts, DateTimeOffset? EndedAt, string RowsPath);

    private sealed record VerdictView(string Verdict, int Count);

    private sealed record RowList(IReadOnlyList<RowView> Rows);

    private sealed record RowView(string LoanNumber, string Verdict, IReadOnlyList<Reason> Reasons);
}
