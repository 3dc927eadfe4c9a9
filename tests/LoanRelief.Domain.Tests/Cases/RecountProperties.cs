using CsCheck;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Cases;

public class RecountProperties
{
    private static readonly DateOnly First = new(2027, 1, 1);

    /// <summary>One long holiday somewhere in the year, with days around it that are worked instead.</summary>
    private static readonly Gen<BusinessCalendar> Notice =
        from start in Gen.Int[0, 350]
        from days in Gen.Int[1, 10]
        from before in Gen.Int[0, 2]
        let holiday = new Holiday("示例", First.AddDays(start), First.AddDays(Math.Min(start + days - 1, 364)))
        let weekends = Enumerable.Range(1, 14).Select(away => holiday.From.AddDays(-away))
            .Where(day => day.Year == 2027 && day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        select BusinessCalendar.China.With(new Dictionary<int, HolidayYear>
        {
            [2027] = new(["示例"], [holiday with { MakeUpDays = [.. weekends.Take(before)] }]),
        });

    /// <summary>A case of 2027 that has come some way, with two notices one after the other.</summary>
    private static readonly Gen<(SampleCase Case, BusinessCalendar Notice, BusinessCalendar Correction)> Walk =
        from maturity in Gen.Int[40, 330].Select(day => First.AddDays(day))
        from ahead in Gen.Int[1, 60]
        from contactAfter in Gen.Int[0, 80]
        from waited in Gen.Int[0, 60]
        from notice in Notice
        from correction in Notice
        select (Of(maturity, ahead, contactAfter, waited), notice, correction);

    [Fact]
    public void No_date_moves_into_the_past_no_contact_becomes_late_and_a_second_time_changes_nothing() =>
        Walk.Sample((sample, notice, correction) =>
        {
            foreach (var calendar in new[] { notice, correction })
            {
                var before = sample.State;
                var today = BeijingTime.DateOf(sample.Now);
                sample.Recount(calendar);
                var after = sample.State;
                Assert.True(before.ContactBreached || !after.ContactBreached, "A contact became late.");
                Assert.True(after.ContactDeadline.Date >= before.ContactDeadline.Date || after.ContactDeadline.Date >= today, "The deadline moved into the past.");
                Assert.All(after.Tasks, task => Assert.True(task.DueAt > sample.Now, $"{task} is due."));
                Assert.All(after.Tasks, task => Assert.False(task is { Provisional: true, Counted.From.Year: 2027, DueAt.Year: 2027 }, $"{task} is provisional."));
                Assert.Same(after, sample.Recount(calendar).State);
            }

            Assert.Equal(Json(sample.State), Json(CaseFold.Rebuild(sample.Steps)));
        }, iter: Math.Min(PropertyCases.Count, 20_000));

    private static SampleCase Of(DateOnly maturity, int ahead, int contactAfter, int waited)
    {
        var opened = BeijingTime.At(maturity.AddMonths(-1).AddDays(-ahead), new(10, 0));
        var sample = SampleCase.Open(SampleCase.WenchengLoan with { DrawnOn = maturity.AddYears(-1), Maturity = maturity }, at: opened);
        if (contactAfter <= waited && sample.PassUntil(opened.AddDays(contactAfter)).State.Stage == Stage.Contact)
            sample.Contacted();
        return sample.PassUntil(opened.AddDays(Math.Max(contactAfter <= waited ? contactAfter : 0, waited)));
    }

    private static string Json(CaseState state) => System.Text.Json.JsonSerializer.Serialize(state, DomainJson.Options);
}
