using LoanRelief.Desk;
using LoanRelief.Desk.Calendars;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Xunit;

namespace LoanRelief.Tables.Tests.Calendars;

public sealed class CalendarStoreTests(Azurite azurite) : StoreTests(azurite)
{
    private static readonly HolidayYear Shipped = BusinessCalendar.China.Data.Years[2026];

    [Fact]
    public async Task Each_version_stays_and_the_last_one_is_the_latest_of_its_year()
    {
        await AddAsync(Of(2026, 2));
        await AddAsync(Of(2026, 3) with { Content = Shipped with { Source = "corrected" } });
        await AddAsync(Of(2027, 1));

        var latest = (await Stores.Calendars.LatestAsync(Cancellation)).Years;
        Assert.Equal([(2026, 3), (2027, 1)], latest.Values.Select(year => (year.Year, year.Version)).Order());
        Assert.Equal("corrected", latest[2026].Content.Source);
        Assert.Equal(Of(2026, 2).Fingerprint(), (await Stores.Calendars.FindAsync(2026, 2, Cancellation))!.Fingerprint());
        Assert.Null(await Stores.Calendars.FindAsync(2027, 2, Cancellation));
    }

    [Fact]
    public async Task Whoever_has_not_seen_the_latest_of_any_year_stores_nothing()
    {
        var before = await Stores.Calendars.LatestAsync(Cancellation);
        await Stores.Calendars.AddAsync(before, Of(2027, 1), Cancellation);

        await Assert.ThrowsAsync<ConflictException>(() => Stores.Calendars.AddAsync(before, Of(2028, 1), Cancellation));

        Assert.Equal([2027], (await Stores.Calendars.LatestAsync(Cancellation)).Years.Keys);
        Assert.Null(await Stores.Calendars.FindAsync(2028, 1, Cancellation));
    }

    [Fact]
    public async Task Of_many_who_submit_at_once_each_gets_a_version_of_its_own()
    {
        var desks = Enumerable.Range(0, 5).Select(_ => new CalendarDesk(Stores.Calendars, BusinessCalendar.China));

        var answers = await Task.WhenAll(desks.Select((desk, index) => desk.PutAsync(2026, Shipped with { Source = $"clerk {index}" }, null, Cancellation)));

        Assert.Equal([2, 3, 4, 5, 6], answers.Select(answer => Assert.IsType<PutCalendarAnswer.Stored>(answer).Year.Version).Order());
    }

    [Fact]
    public async Task Another_process_goes_on_with_what_it_knew_for_some_seconds_and_not_longer()
    {
        var (one, other) = (new CalendarDesk(Stores.Calendars, BusinessCalendar.China), new CalendarDesk(Stores.Calendars, BusinessCalendar.China));
        var day = new DateOnly(2026, 6, 1);
        Assert.True((await other.CurrentAsync(Cancellation)).IsWorkingDay(day));

        await one.PutAsync(2026, Shipped with { Holidays = [.. Shipped.Holidays, new("示例", day, day)] }, null, Cancellation);

        Assert.False((await one.CurrentAsync(Cancellation)).IsWorkingDay(day));
        Assert.True((await other.CurrentAsync(Cancellation)).IsWorkingDay(day));
        await Task.Delay(CalendarDesk.KnownFor, Cancellation);
        Assert.False((await other.CurrentAsync(Cancellation)).IsWorkingDay(day));
    }

    [Fact]
    public async Task To_know_the_calendar_costs_a_point_read_once_in_some_seconds()
    {
        var desk = new CalendarDesk(Stores.Calendars, BusinessCalendar.China);

        var counts = await Stores.CountAsync(async () =>
        {
            for (var i = 0; i < 1000; i++)
                await desk.CurrentAsync(Cancellation);
        });

        Assert.InRange(counts.PointReads, 1, 2);
        Assert.Equal(0, counts.Queries);
    }

    [Fact]
    public async Task How_far_the_consequences_were_drawn_is_kept_for_each_institution()
    {
        Assert.Null(await Stores.Calendars.FindComputedAsync(Samples.Bank, Cancellation));

        await Stores.Calendars.PutComputedAsync(new(Samples.Bank, new Dictionary<int, string> { [2026] = "a" }), Cancellation);
        await Stores.Calendars.PutComputedAsync(new(Samples.Bank, new Dictionary<int, string> { [2026] = "b" }), Cancellation);

        var computed = Assert.Single(await Stores.Calendars.AllComputedAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Equal((Samples.Bank, "b"), (computed.Institution, computed.Years[2026]));
        Assert.Equal([2027], computed.Outdated(new Dictionary<int, string> { [2026] = "b", [2027] = "c" }));
    }

    [Fact]
    public async Task An_institution_begins_with_the_years_that_are_known_unless_one_has_just_come_in()
    {
        var desk = new CalendarDesk(Stores.Calendars, BusinessCalendar.China);
        await desk.BeginAsync(Samples.Bank, Cancellation);
        Assert.Equal(BusinessCalendar.China.Data.Years.Keys.Order(), (await Stores.Calendars.FindComputedAsync(Samples.Bank, Cancellation))!.Years.Keys.Order());

        var other = Identifier.Parse<InstitutionId>("icbc");
        await desk.PutAsync(2026, Shipped with { Source = "corrected" }, null, Cancellation);
        await desk.BeginAsync(other, Cancellation);
        Assert.Null(await Stores.Calendars.FindComputedAsync(other, Cancellation));
    }

    private async Task AddAsync(CalendarYear year) =>
        await Stores.Calendars.AddAsync(await Stores.Calendars.LatestAsync(Cancellation), year, Cancellation);

    private static CalendarYear Of(int year, int version) => new(year, version, Shipped, DateTimeOffset.UnixEpoch);
}
