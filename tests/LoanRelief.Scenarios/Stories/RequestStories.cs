using System.Net;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Stories;

/// <summary>Requests that come twice, late, or from somebody who has not seen the latest.</summary>
public class RequestStories(ScenarioHouse house) : Scenario(house)
{
    [Fact]
    public async Task A_fact_that_is_sent_again_with_its_key_is_answered_and_not_taken_twice()
    {
        var file = await Road.ToAsync("contact", Bank);
        var first = (await file.SendAsync(NotReached, key: "call-1")).Expect(HttpStatusCode.OK);
        var again = (await file.SendAsync(NotReached, key: "call-1")).Expect(HttpStatusCode.OK);

        Assert.Equal((false, true), (first.Replayed, again.Replayed));
        Assert.Single((await file.HistoryAsync()).Of("contact-attempted"));
        (await file.SendAsync(NotReached, key: "call-2")).Expect(HttpStatusCode.OK);
        Assert.Equal(2, (await file.HistoryAsync()).Of("contact-attempted").Count());
    }

    [Fact]
    public async Task A_key_is_not_used_again_for_something_else()
    {
        var file = await Road.ToAsync("contact", Bank);
        (await file.SendAsync(NotReached, key: "call-1")).Expect(HttpStatusCode.OK);

        var reused = (await file.SendAsync(Contacted(), key: "call-1")).Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("/problems/idempotency-key-reused", reused.Problem.Type);
        Assert.Equal("contact", (await file.ReadAsync()).Stage);
    }

    [Fact]
    public async Task A_repeat_is_answered_with_success_even_when_the_case_has_gone_on_since()
    {
        var file = await Road.ToAsync("contact", Bank);
        (await file.SendAsync(Contacted(), key: "call-1")).Expect(HttpStatusCode.OK);
        await file.ReportAsync(Wants("none"));

        Assert.True((await file.SendAsync(Contacted(), key: "call-1")).Expect(HttpStatusCode.OK).Replayed);
    }

    [Fact]
    public async Task Asking_for_relief_again_with_the_same_key_leads_to_the_same_case()
    {
        var loan = Bank.NewLoan(daysToMaturity: 60);
        var file = await Bank.OpenAsync(loan);

        var again = (await Bank.AskAsync(loan, key: $"open-{loan.Number}")).Expect(HttpStatusCode.Accepted);
        Assert.Equal((true, file.Path), (again.Replayed, again.Location));
    }

    [Fact]
    public async Task A_second_case_for_a_loan_is_refused_and_names_the_first_until_that_is_closed()
    {
        var loan = Bank.NewLoan(daysToMaturity: 60);
        var file = await Bank.OpenAsync(loan);

        var second = (await Bank.AskAsync(loan, key: "another")).Expect(HttpStatusCode.Conflict);
        Assert.Equal(("/problems/case-already-open", file.Id, file.Path), (second.Problem.Type, second.Problem.Case, second.Location));

        await file.ReportAsync(Withdrawn());
        var next = (await Bank.AskAsync(loan, key: "a-third")).Expect(HttpStatusCode.Accepted);
        Assert.NotEqual(file.Path, next.Location);
    }

    [Fact]
    public async Task Many_who_ask_at_once_get_one_case()
    {
        var loan = await Bank.HandOverAsync(Bank.NewLoan(daysToMaturity: 60));

        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(clerk => Bank.AskAsync(loan, key: $"clerk-{clerk}")));
        var opened = Assert.Single(answers, answer => answer.Status == HttpStatusCode.Accepted);
        Assert.All(answers.Except([opened]), answer => Assert.Equal(opened.As<CaseView>().Id, answer.Expect(HttpStatusCode.Conflict).Problem.Case));
        await Time.SettleAsync();
    }

    [Fact]
    public async Task Many_facts_at_once_are_taken_one_after_the_other()
    {
        var file = await Road.ToAsync("contact", Bank);

        await Task.WhenAll(Enumerable.Range(1, 8).Select(async call => (await file.SendAsync(NotReached, key: $"call-{call}")).Expect(HttpStatusCode.OK)));
        Assert.Equal(8, (await file.HistoryAsync()).Of("contact-attempted").Count());
    }

    [Fact]
    public async Task Who_has_not_seen_the_latest_changes_nothing()
    {
        var file = await Road.ToAsync("contact", Bank);
        var seen = (await file.SendAsync(NotReached)).ETag!;
        await file.ReportAsync(NotReached);

        var stale = (await file.SendAsync(Contacted(), ifMatch: seen)).Expect(HttpStatusCode.PreconditionFailed);
        Assert.Equal("/problems/stale", stale.Problem.Type);
        Assert.Equal("contact", (await file.ReadAsync()).Stage);
        (await file.SendAsync(Contacted(), ifMatch: stale.ETag)).Expect(HttpStatusCode.OK);
        await Time.SettleAsync();
    }

    [Fact]
    public async Task A_loan_that_nobody_knows_has_no_case()
    {
        var unknown = (await Bank.AskAsync(Bank.NewLoan(daysToMaturity: 60), key: "k")).Expect(HttpStatusCode.NotFound);

        Assert.Equal("/problems/loan-unknown", unknown.Problem.Type);
    }
}
