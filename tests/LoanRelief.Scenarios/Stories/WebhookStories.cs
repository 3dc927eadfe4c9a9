using System.Net;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Stories;

/// <summary>A webhook that fails, of a bank of its own.</summary>
public class WebhookStories : Scenario
{
    /// <summary>Minutes between attempts, as the program's policy has them.</summary>
    private static readonly int[] RetryMinutes = [1, 5, 15, 60, 240, 720, 1440];

    public WebhookStories(ScenarioHouse house) : base(house, ownBank: true) => EventsMayRepeat = true;

    [Fact]
    public async Task An_event_that_fails_is_tried_again_with_growing_pauses()
    {
        Bank.Webhook.AnswerNext(503, count: 3);
        var file = await Bank.OpenAsync(Bank.NewLoan(daysToMaturity: 90));

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await Time.MoveByAsync(TimeSpan.FromMinutes(RetryMinutes[attempt - 1]) - TimeSpan.FromSeconds(1));
            Assert.Equal(attempt, Arrivals("contact.requested"));
            await Time.MoveByAsync(TimeSpan.FromSeconds(1));
            Assert.Equal(attempt + 1, Arrivals("contact.requested"));
        }

        await Time.PassDaysAsync(1);
        Assert.Equal(4, Arrivals("contact.requested"));
        Assert.Empty((await file.ReadAsync()).DeadLetters);
    }

    [Fact]
    public async Task A_webhook_that_stays_down_ends_in_the_dead_letter_list_and_a_re_drive_delivers()
    {
        Bank.Webhook.AnswerNext(503, count: 1 + RetryMinutes.Length);
        var file = await Bank.OpenAsync(Bank.NewLoan(daysToMaturity: 90));
        foreach (var pause in RetryMinutes)
        {
            Assert.Empty(await DeadLettersAsync());
            await Time.MoveByAsync(TimeSpan.FromMinutes(pause));
        }

        var letter = Assert.Single(await DeadLettersAsync());
        Assert.Equal((file.Id, $"{file.Id}/contact.requested/1"), (letter.Subject, letter.Key));
        Assert.Contains("503", letter.Detail, StringComparison.Ordinal);
        Assert.Equal(letter.Key, Assert.Single((await file.ReadAsync()).DeadLetters).Key);
        // The case itself goes on, and so do its other events.
        await file.ReportAsync(Contacted());
        Assert.Contains("intent.requested", file.Heard);

        var before = Arrivals("contact.requested");
        (await RedriveAsync(letter.Key)).Expect(HttpStatusCode.Accepted);
        await Time.SettleAsync();
        Assert.Equal(before + 1, Arrivals("contact.requested"));
        Assert.Empty(await DeadLettersAsync());
        Assert.Empty((await file.ReadAsync()).DeadLetters);
        (await RedriveAsync(letter.Key)).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_event_that_the_webhook_refuses_is_not_tried_again_until_an_operator_says_so()
    {
        Bank.Webhook.AnswerNext(400);
        var file = await Bank.OpenAsync(Bank.NewLoan(daysToMaturity: 90));

        var letter = Assert.Single(await DeadLettersAsync());
        await Time.PassDaysAsync(1);
        Assert.Equal(1, Arrivals("contact.requested"));
        (await RedriveAsync(letter.Key)).Expect(HttpStatusCode.Accepted);
        await Time.SettleAsync();
        Assert.Equal(2, Arrivals("contact.requested"));
        Assert.Single((await file.HistoryAsync()).Of("effect-redriven"));
    }

    [Fact]
    public async Task A_reminder_that_the_webhook_refuses_is_kept_and_can_be_sent_again()
    {
        var loan = await Bank.HandOverAsync(Bank.NewLoan(daysToMaturity: 121) with { RepaymentMethod = "interestThenPrincipal" });
        Bank.Webhook.AnswerNext(410);
        for (var day = 0; day < 31 && !Bank.EventsAbout(loan).Any(); day++)
            await Time.PassDaysAsync(1);

        var letter = Assert.Single(await DeadLettersAsync());
        Assert.Equal(Bank.EventsAbout(loan).Single().Id, letter.Key);
        (await RedriveAsync(letter.Key)).Expect(HttpStatusCode.OK);
        Assert.Equal(2, Bank.EventsAbout(loan).Single().Arrivals);
        Assert.Empty(await DeadLettersAsync());
    }

    private int Arrivals(string kind) => Bank.Webhook.Events.Single(e => e.Type == "loanrelief." + kind).Arrivals;

    private Task<Answer> RedriveAsync(string key) =>
        Bank.Api.SendAsync(HttpMethod.Post, "/api/operations/dead-letters/redrive", new { Key = key, By = "operator" });

    private async Task<IReadOnlyList<DeadLetter>> DeadLettersAsync() =>
        (await Bank.Api.GetAsync<DeadLetterList>($"/api/operations/dead-letters?institution={Bank.Name}")).DeadLetters;

    private sealed record DeadLetterList(IReadOnlyList<DeadLetter> DeadLetters);

    private sealed record DeadLetter(string Key, string Subject, string? Detail);
}
