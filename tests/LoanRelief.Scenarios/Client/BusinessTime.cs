using System.Net;
using Xunit;

namespace LoanRelief.Scenarios.Client;

/// <summary>The program's clock, which stands still until it is moved.</summary>
public sealed class BusinessTime(ReliefApi api)
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>Between two looks: short at first, because most things are done at once, and then so that looking costs the program little.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5), LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>The last of the daily jobs is due by then, and so are reminders.</summary>
    private static readonly TimeOnly StartOfWork = new(9, 0);

    private static readonly TimeOnly MidMorning = new(10, 0);

    /// <summary>How long the program may take to do what has come due.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Told before each move of the clock.</summary>
    public Action<DateTimeOffset>? Moving { get; set; }

    public DateTimeOffset Now { get; private set; }

    /// <summary>Today in Beijing.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.DateTime);

    public async Task ReadAsync() => Now = (await ClockAsync()).Now.ToOffset(Offset);

    /// <summary>Lets days pass one after the other, each until everything that it brings has been done.</summary>
    public async Task PassDaysAsync(int days)
    {
        for (var i = 0; i < days; i++)
            await MoveToAsync(MorningOf(Today.AddDays(1)));
    }

    public Task PassUntilAsync(DateOnly day) => PassDaysAsync(day.DayNumber - Today.DayNumber);

    /// <summary>Moves the clock at once, however far, and waits until everything that has come due by then is done.</summary>
    public async Task MoveToAsync(DateTimeOffset to)
    {
        await MoveUnsettledAsync(to);
        await SettleAsync();
    }

    /// <summary>Moves the clock where something that has come due is not to be done.</summary>
    public async Task MoveUnsettledAsync(DateTimeOffset to)
    {
        Moving?.Invoke(to);
        (await api.SendAsync(HttpMethod.Post, "/api/operations/clock", new { To = to })).Expect(HttpStatusCode.OK);
        Now = to.ToOffset(Offset);
    }

    public Task MoveByAsync(TimeSpan time) => MoveToAsync(Now + time);

    /// <summary>Waits until the daily jobs have run and nothing is overdue.</summary>
    public async Task SettleAsync()
    {
        var (seen, pause) = ("", ShortestPause);
        for (var since = DateTime.UtcNow; DateTime.UtcNow - since < Patience; await Task.Delay(pause, TestContext.Current.CancellationToken))
        {
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
            // The jobs first: what they begin is overdue until it is done.
            var behind = (await JobsAsync()).Where(job => job.CompletedUpTo is not { } upTo || upTo < LastDue).Select(job => job.Name).ToList();
            var overdue = behind.Count > 0 ? null : (int?)(await ClockAsync()).Overdue;
            if (overdue == 0)
                return;
            seen = behind.Count > 0 ? $"jobs behind: {string.Join(", ", behind)}" : $"{overdue} cases overdue";
        }

        Assert.Fail($"At {Now:O} the program did not come to rest within {Patience.TotalSeconds} s: {seen}.");
    }

    public static DateTimeOffset MorningOf(DateOnly day) => new(day, MidMorning, Offset);

    private DateOnly LastDue => TimeOnly.FromDateTime(Now.DateTime) >= StartOfWork ? Today : Today.AddDays(-1);

    private Task<ClockView> ClockAsync() => api.GetAsync<ClockView>("/api/operations/clock");

    private async Task<IReadOnlyList<JobView>> JobsAsync() => (await api.GetAsync<JobList>("/api/operations/jobs")).Jobs;

    private sealed record ClockView(DateTimeOffset Now, int Overdue);

    private sealed record JobList(IReadOnlyList<JobView> Jobs);

    private sealed record JobView(string Name, DateOnly? CompletedUpTo);
}
