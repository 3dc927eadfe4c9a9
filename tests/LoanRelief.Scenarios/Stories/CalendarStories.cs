using System.Diagnostics;
using System.Net;
using System.Text.Json;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.Crashes;
using LoanRelief.Scenarios.House;
using LoanRelief.Testing;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Stories;

/// <summary>Loans that mature in a year whose holidays are not known yet, and the day on which they become known.</summary>
/// <remarks>The notice for 2027 is invented. The house is one of its own, because a calendar holds for all banks of a house.</remarks>
public sealed class CalendarStories : IAsyncLifetime
{
    /// <summary>The Spring Festival from Friday 02-05 to Friday 02-12, of which the Sunday before and the Saturday after are worked.</summary>
    private static readonly object Notice = new
    {
        Notices = new[] { "示例〔2026〕1号" },
        Source = "invented for a test",
        Holidays = new object[]
        {
            new { Name = "元旦", From = "2027-01-01", To = "2027-01-03" },
            new { Name = "春节", From = "2027-02-05", To = "2027-02-12", MakeUpDays = new[] { "2027-01-31", "2027-02-20" } },
            new { Name = "劳动节", From = "2027-05-01", To = "2027-05-05" },
            new { Name = "国庆节", From = "2027-10-01", To = "2027-10-07", MakeUpDays = new[] { "2027-10-09" } },
        },
    };

    private FragileHouse _house = null!;

    private Bank Bank => _house.Bank;

    public async ValueTask InitializeAsync()
    {
        _house = await FragileHouse.StartAsync(HostKinds.Wanted);
        await Bank.Time.MoveToAsync(BusinessTime.MorningOf(new(2027, 1, 25)));
    }

    public async ValueTask DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task A_deadline_that_had_to_guess_is_counted_again_when_the_notice_comes_and_the_bank_hears_of_it()
    {
        // A month before is Monday 02-08, and by the notice a day off.
        var waiting = await Bank.OpenAsync(Bank.NewLoan(new DateOnly(2027, 3, 8)));
        var answering = await Bank.OpenAsync(Bank.NewLoan(new DateOnly(2027, 3, 20)));
        await answering.ReportAsync(Contacted());
        var guess = await waiting.ReadAsync();
        Assert.Equal((new WorkingDate(new(2027, 2, 8), true), true), (guess.ContactDeadline, guess.Provisional));
        Assert.All(guess.OpenTasks.Where(task => task.Kind != "lastDay"), task => Assert.True(task.Provisional));

        await PublishAsync();
        await UntilAsync(async () => !(await waiting.ReadAsync()).Provisional && !(await answering.ReadAsync()).Provisional);

        var known = await waiting.ReadAsync();
        Assert.Equal(new WorkingDate(new(2027, 2, 4), false), known.ContactDeadline);
        Assert.Equal(new(2027, 2, 5, 0, 0, 0, TimeSpan.FromHours(8)), known.OpenTasks.Single(task => task.Kind == "contactDeadline").DueAt);
        var step = Assert.Single((await waiting.HistoryAsync()).Steps, step => step.Cause == "calendar");
        var recounted = Assert.Single(step.Events, each => HistoryView.TypeOf(each.Details) == "contact-deadline-recounted");
        Assert.Equal(("2027-02-08", "2027-02-04"), (DayOf(recounted.Details, "before"), DayOf(recounted.Details, "after")));
        // Five working days after 01-25 are 02-01 by the guess; by the notice Sunday 01-31 is one of them.
        Assert.Equal(new(2027, 1, 31, 9, 0, 0, TimeSpan.FromHours(8)), (await answering.ReadAsync()).OpenTasks.Single(task => task.Kind == "declareIntent").DueAt);

        await Bank.Time.SettleAsync();
        var told = Assert.Single(Bank.EventsAbout(waiting.Id), e => e.Type == "loanrelief.contact.deadline-moved");
        var details = told.Data.GetProperty("details");
        Assert.Equal(("2027-02-09T00:00:00+08:00", "2027-02-05T00:00:00+08:00"), (details.GetProperty("deadlineBefore").GetString(), details.GetProperty("deadline").GetString()));
        Assert.DoesNotContain("contact.deadline-moved", answering.Heard);
        foreach (var file in Bank.Files)
            await Books.CheckAsync(Bank, file);
    }

    [Fact]
    public async Task A_loan_of_a_year_that_becomes_known_is_scanned_on_its_day()
    {
        // Deadline 03-15 by the guess, so the case would be opened on 02-28. A correction takes 03-08 to 03-15: Friday 03-05, opened on 02-18.
        var loan = await Bank.HandOverAsync(Bank.NewLoan(new DateOnly(2027, 4, 15)));
        await PublishAsync(new { Name = "示例", From = "2027-03-06", To = "2027-03-15" });
        await UntilAsync(async () => (await JobCountsAsync()).GetValueOrDefault("loans") == 1);

        await Bank.Time.PassUntilAsync(new(2027, 2, 18));

        Assert.Equal(new WorkingDate(new(2027, 3, 5), false), (await (await Bank.HearOfCaseAsync(loan)).ReadAsync()).ContactDeadline);
    }

    [Fact]
    public async Task A_program_that_is_killed_in_the_middle_goes_on_until_every_case_is_counted_again()
    {
        for (var i = 0; i < 6; i++)
            await Bank.OpenAsync(Bank.NewLoan(new DateOnly(2027, 3, 8)));
        await Bank.Time.SettleAsync();
        var kills = 0;
        _house.Storage.After = async call =>
        {
            if (call is not { Kind: StorageRequestKind.Transaction, Succeeded: true } || !call.Body.Contains("contact-deadline-recounted", StringComparison.Ordinal) || Interlocked.Increment(ref kills) > 3)
                return ProxyVerdict.Pass;
            await _house.KillAsync(call.Target + kills);
            return ProxyVerdict.Drop;
        };

        await PublishAsync();
        await UntilAsync(async () => (await Task.WhenAll(Bank.Files.Select(file => file.ReadAsync()))).All(state => !state.Provisional));

        Assert.True(kills >= 3);
        foreach (var file in Bank.Files)
            Assert.Single((await file.HistoryAsync()).Steps, step => step.Cause == "calendar");
    }

    private async Task PublishAsync(params object[] more)
    {
        var notice = JsonSerializer.SerializeToNode(Notice, ReliefApi.Json)!;
        foreach (var holiday in more)
            notice["holidays"]!.AsArray().Add(JsonSerializer.SerializeToNode(holiday, ReliefApi.Json));
        (await Bank.Api.SendAsync(HttpMethod.Put, "/api/calendars/2027", notice)).Expect(HttpStatusCode.Created, HttpStatusCode.OK);
    }

    private async Task<Dictionary<string, int>> JobCountsAsync() =>
        (await Bank.Api.GetAsync<JsonElement>("/api/operations/jobs")).GetProperty("jobs").EnumerateArray()
            .Single(job => job.GetProperty("name").GetString() == "calendar-recomputation")
            .GetProperty("counts").Deserialize<Dictionary<string, int>>()!;

    /// <summary>The other processes of a house may know the calendar from before for some seconds; so long the work waits.</summary>
    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var since = Stopwatch.StartNew(); !await holds(); await Task.Delay(100, TestContext.Current.CancellationToken))
            Assert.True(since.Elapsed < TimeSpan.FromMinutes(4), "It did not come to pass.");
    }

    private static string? DayOf(JsonElement happened, string when) => happened.GetProperty(when).GetProperty("date").GetString();
}
