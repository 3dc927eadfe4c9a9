using System.Globalization;
using System.Net;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Stories;

/// <summary>Lists of cases, of a bank of their own.</summary>
public class ListStories(ScenarioHouse house) : Scenario(house, ownBank: true)
{
    [Fact]
    public async Task Each_list_shows_the_cases_that_are_in_it_and_no_others()
    {
        var files = new Dictionary<string, CaseFile>();
        foreach (var stage in Road.Stages)
            files[stage] = await Road.ToAsync(stage, Bank);
        var declined = await Road.ToAsync("intent", Bank);
        await declined.ReportAsync(Wants("none"));
        var withdrawn = await Road.ToAsync("intent", Bank);
        await withdrawn.ReportAsync(Withdrawn());

        foreach (var (stage, file) in files)
            Assert.Equal([file.Id], await IdsAsync($"stage={stage}"));
        Assert.Equal([declined.Id, withdrawn.Id], await IdsAsync("stage=closed"));
        Assert.Equal([declined.Id], await IdsAsync("outcome=declined"));
        Assert.Equal([withdrawn.Id], await IdsAsync("outcome=withdrawn"));
        Assert.Empty(await IdsAsync("outcome=renewed"));
        // All open ones, stage by stage.
        Assert.Equal(files.Values.Select(file => file.Id), await IdsAsync(""));
    }

    [Fact]
    public async Task A_list_by_deadline_shows_what_comes_due_before_it_and_follows_when_it_moves()
    {
        var file = await Road.ToAsync("approval", Bank);
        var due = (await file.ReadAsync()).NextDeadline!.Value;

        Assert.DoesNotContain(file.Id, await IdsAsync($"deadlineBefore={Escaped(due)}"));
        Assert.Contains(file.Id, await IdsAsync($"deadlineBefore={Escaped(due.AddSeconds(1))}"));
        Assert.Contains(file.Id, await IdsAsync($"stage=approval&deadlineBefore={Escaped(due.AddSeconds(1))}"));
        Assert.DoesNotContain(file.Id, await IdsAsync($"stage=contact&deadlineBefore={Escaped(due.AddSeconds(1))}"));

        await file.ReportAsync(Withdrawn());
        Assert.DoesNotContain(file.Id, await IdsAsync($"deadlineBefore={Escaped(due.AddSeconds(1))}"));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repeat()
    {
        var opened = new List<string>();
        for (var i = 0; i < 7; i++)
            opened.Add((await Road.ToAsync("contact", Bank, daysToMaturity: 60 + i)).Id);

        Assert.Equal(opened, await IdsAsync("stage=contact&pageSize=3", atMost: 3));
        Assert.Equal(opened, await IdsAsync("stage=contact&pageSize=1", atMost: 1));
    }

    [Fact]
    public async Task A_continuation_belongs_to_its_list()
    {
        await Road.ToAsync("contact", Bank);
        await Road.ToAsync("contact", Bank);
        var page = await Bank.Api.GetAsync<CaseList>($"/api/cases?institution={Bank.Name}&stage=contact&pageSize=1");

        var other = await Bank.Api.SendAsync(HttpMethod.Get, $"/api/cases?institution={Bank.Name}&stage=intent&continuation={page.Continuation}");
        Assert.Equal(["continuation-unknown"], other.Expect(HttpStatusCode.BadRequest).Problem.Codes);
    }

    /// <summary>Every case of a list, page by page.</summary>
    private async Task<List<string>> IdsAsync(string query, int atMost = 50)
    {
        var ids = new List<string>();
        for (string? continuation = null; ;)
        {
            var page = await Bank.Api.GetAsync<CaseList>($"/api/cases?institution={Bank.Name}&{query}{(continuation is null ? "" : $"&continuation={continuation}")}");
            Assert.True(page.Cases.Count <= atMost);
            ids.AddRange(page.Cases.Select(each => each.Id));
            if ((continuation = page.Continuation) is null)
                return ids;
        }
    }

    private static string Escaped(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O", CultureInfo.InvariantCulture));

    private sealed record CaseList(IReadOnlyList<CaseEntry> Cases, string? Continuation);

    private sealed record CaseEntry(string Id);
}
