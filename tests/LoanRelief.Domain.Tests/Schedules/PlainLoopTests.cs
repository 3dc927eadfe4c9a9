using LoanRelief.Benchmarks;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Tests.Relief;
using Xunit;

namespace LoanRelief.Domain.Tests.Schedules;

/// <summary>The loop against which LoanRelief.Benchmarks measures schedules computes the same instalments, or its ratio means nothing.</summary>
public class PlainLoopTests
{
    private static readonly BusinessCalendar China = BusinessCalendar.China;

    [Theory]
    [InlineData(12, HolidayRule.Stay)]
    [InlineData(12, HolidayRule.Roll)]
    [InlineData(360, HolidayRule.Stay)]
    [InlineData(360, HolidayRule.Roll)]
    public void The_loop_of_the_benchmarks_computes_the_instalments_of_the_schedule(int months, HolidayRule holidays)
    {
        // A day that is a working day after one year and after thirty, so that no days are added at the end.
        var terms = ScheduleTerms.Of(SampleLoan.EqualInstalments) with { Start = new(2016, 1, 12), Maturity = new DateOnly(2016, 1, 12).AddMonths(months), HolidayRule = holidays };

        PlainLoop.HoldAgainst(PlainLoop.Instalments(1_000_000m, 0.0435m, terms.Start, months, holidays == HolidayRule.Roll ? China : null), ScheduleCalculator.For(terms, China));
    }

    [Fact]
    public void A_loop_that_computes_something_else_is_found_out()
    {
        var rows = PlainLoop.Instalments(1_000_000m, 0.0435m, new(2024, 1, 12), 12, null);
        rows[5] = rows[5] with { Interest = rows[5].Interest + 0.01m };

        Assert.Throws<InvalidOperationException>(() => PlainLoop.HoldAgainst(rows, ScheduleCalculator.For(ScheduleTerms.Of(SampleLoan.EqualInstalments), China)));
    }
}
