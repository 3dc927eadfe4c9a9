using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Domain.Schedules;

/// <summary>The dates of one row, and how its interest is counted.</summary>
/// <param name="Number">Of the row, from drawdown.</param>
/// <param name="From">First day that bears interest in this period.</param>
/// <param name="To">Day after the last one.</param>
/// <param name="DueDate">By the contract.</param>
/// <param name="PayBy">The due date or the working day that it rolls to.</param>
/// <param name="ByMonths">
/// A whole period that counts as months up to the due date; days that a rolled maturity adds count as days.
/// </param>
internal readonly record struct InterestPeriod(int Number, DateOnly From, DateOnly To, DateOnly DueDate, BusinessDate PayBy, bool ByMonths)
{
    /// <summary>Whether its interest is that of a whole period and nothing else.</summary>
    public bool IsWhole => ByMonths && To == DueDate;

    /// <summary>The share of a year for which it bears interest.</summary>
    public YearShare Share(ScheduleTerms terms) =>
        !ByMonths ? InterestMath.ShareOfDays(terms.DayCount, From, To)
        : To == DueDate ? InterestMath.ShareOfMonths(terms.PeriodMonths)
        : InterestMath.ShareOfMonths(terms.PeriodMonths) + InterestMath.ShareOfDays(terms.DayCount, DueDate, To);

    /// <summary>The parts of <see cref="Share"/>, each where there is one: whole months, then days.</summary>
    public (InterestPiece? Months, InterestPiece? Days) Pieces(ScheduleTerms terms)
    {
        var daysFrom = ByMonths ? DueDate : From;
        return (
            ByMonths ? new(From, DueDate, InterestMath.ShareOfMonths(terms.PeriodMonths)) : null,
            daysFrom < To ? new(daysFrom, To, InterestMath.ShareOfDays(terms.DayCount, daysFrom, To)) : null);
    }

    /// <summary>The periods of the terms, from drawdown to maturity.</summary>
    public static InterestPeriod[] Of(ScheduleTerms terms, BusinessCalendar calendar)
    {
        var dates = new DueDates(terms);
        var periods = new InterestPeriod[dates.Count];
        var byMonths = InterestMath.CountsMonths(terms.Method);
        var from = terms is { Method: RepaymentMethod.Bullet, InterestPaidTo: { } paidTo } ? paidTo : terms.Start;
        var previousIsRegular = dates.StartIsRegular;
        for (var i = 0; i < periods.Length; i++)
        {
            var (due, regular) = dates[i];
            var last = i == periods.Length - 1;
            var payBy = PayByOf(due, last, terms, calendar);
            var whole = byMonths && previousIsRegular && regular;
            // A month is a month wherever the due date rolls to; only after the last one do the days until payment count.
            var to = byMonths && !last ? due : payBy.Date;
            periods[i] = new(i + 1, from, to, due, payBy, whole);
            from = to;
            previousIsRegular = regular;
        }

        return periods;
    }

    /// <summary>The day of payment of a due date of the terms.</summary>
    /// <param name="due">By the contract.</param>
    /// <param name="last">Whether it is the maturity.</param>
    /// <param name="terms">With the rule of rolling.</param>
    /// <param name="calendar">Working days.</param>
    public static BusinessDate PayByOf(DateOnly due, bool last, ScheduleTerms terms, BusinessCalendar calendar)
    {
        if (terms.HolidayRule == HolidayRule.Stay)
            return new(due, false);
        var rolled = calendar.NextWorkingDayOnOrAfter(due);
        return last || terms.HolidayRule == HolidayRule.Roll || WasUntil(terms.OriginalMaturity) || WasUntil(terms.FormerMaturity) ? rolled : new(due, false);

        // A maturity that has been moved keeps the day to which it rolled, also for a date of the series in between, so
        // that no payment comes forward and none is late on the day of the change.
        bool WasUntil(DateOnly? maturity) => maturity <= due && calendar.NextWorkingDayOnOrAfter(maturity.Value).Date == rolled.Date;
    }
}

/// <summary>A time that bears interest.</summary>
/// <param name="From">First day that counts.</param>
/// <param name="To">Day after the last one.</param>
/// <param name="Share">Share of a year that it counts as.</param>
internal readonly record struct InterestPiece(DateOnly From, DateOnly To, YearShare Share);
