using System.Net;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.Crashes;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Storage;

/// <summary>The renewal of seed 003 from the scan to the end, step by step.</summary>
internal sealed class CountedRenewal(FragileHouse house)
{
    /// <summary>Watermarks that a morning writes whatever there is to do: of the jobs up to the scan, and of those at nine.</summary>
    private const int MarksAtSix = 3, MarksAtNine = 2;

    private readonly Meter _meter = new(house.Storage);
    private readonly List<StepCost> _steps = [];

    private Bank Bank => house.Bank;

    private DateOnly Today => Bank.Time.Today;

    /// <summary>What the morning's scan costs when there is nothing to do.</summary>
    public Cost EmptyScan { get; private set; } = Cost.Of([]);

    /// <summary>What the morning's reminders cost when there is nothing to do.</summary>
    public Cost EmptyReminders { get; private set; } = Cost.Of([]);

    public async Task<IReadOnlyList<StepCost>> TellAsync()
    {
        // On its first morning an institution is looked through once for dates of another calendar.
        await Bank.Time.PassDaysAsync(1);
        EmptyScan = await MoveAsync(Today.AddDays(1), hour: 6, writes: MarksAtSix);
        EmptyReminders = await MoveAsync(Today, hour: 9, writes: MarksAtNine);
        var file = await OpenByScanAsync();

        await ReportAsync(file, "contact", Contacted(), events: 1);
        await ReportAsync(file, "intent", Wants("renew"), events: 1);
        await ReportAsync(file, "documents", AllDocuments, events: 1);
        await ReportAsync(file, "approval", Approved(), events: 1);
        await ReportAsync(file, "signature", SignedOn(Today), events: 1);
        await ReportAsync(file, "booking confirmed", Booked("JJ2025-0515"), events: 0);

        var followUp = Today.AddDays(30);
        await Bank.Time.MoveToAsync(At(followUp, hour: 8));
        Add("follow-up due, case closed", 2, await MoveAsync(followUp, hour: 9, writes: MarksAtNine + 2) - EmptyReminders);
        return _steps;
    }

    private async Task<CaseFile> OpenByScanAsync()
    {
        var loan = await Bank.HandOverAsync(Bank.NewLoan(maturity: Today.AddMonths(1).AddDays(14)));
        Add("opened by the scan", 1, await MoveAsync(Today.AddDays(1), hour: 6, writes: MarksAtSix + 3) - EmptyScan);
        await MoveAsync(Today, hour: 9, writes: MarksAtNine);
        return await Bank.HearOfCaseAsync(loan);
    }

    private async Task ReportAsync(CaseFile file, string step, Fact fact, int events) =>
        Add(step, events, await _meter.CountAsync(async () => (await file.SendAsync(fact)).Expect(HttpStatusCode.OK), writes: events > 0 ? 2 : 1));

    private async Task<Cost> MoveAsync(DateOnly day, int hour, int writes)
    {
        var cost = await _meter.CountAsync(
            async () => (await Bank.Api.SendAsync(HttpMethod.Post, "/api/operations/clock", new { To = At(day, hour) })).Expect(HttpStatusCode.OK), writes);
        await Bank.Time.ReadAsync();
        return cost;
    }

    private void Add(string step, int events, Cost cost) => _steps.Add(new(step, events, cost));

    private static DateTimeOffset At(DateOnly day, int hour) => new(day, new(hour, 0), TimeSpan.FromHours(8));
}
