using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

/// <summary>When principal is repaid after a change, and which interest waits; what the interest amounts to follows from it.</summary>
/// <param name="Terms">By which interest is counted.</param>
/// <param name="Periods">From the first row that is still to be paid.</param>
/// <param name="Principal">Repaid with each of them.</param>
internal sealed record RepaymentPlan(ScheduleTerms Terms, InterestPeriod[] Periods, Money[] Principal)
{
    /// <summary>How many of the first rows pay no interest.</summary>
    public int DeferredRows { get; init; }

    public DeferredInterest DeferredInterest { get; init; }

    /// <summary>The new loan that pays the rows after its drawdown.</summary>
    public RenewedLoan? Renewal { get; init; }

    public static RepaymentPlan AsAgreed(RunningLoan running) =>
        new(running.Terms, running.Periods, [.. running.Schedule.Instalments.Select(each => each.Principal)]);

    /// <summary>What is outstanding is spread over the dates up to the new maturity.</summary>
    public static RepaymentPlan Extended(RunningLoan running, Money outstanding, Extension extension, BusinessCalendar calendar)
    {
        var terms = running.Terms.MaturingOn(extension.NewMaturity);
        var periods = InterestPeriod.Of(terms, calendar)[running.PastRows..];
        return new(terms, periods, PrincipalPlan.Rows(terms, outstanding, periods.Length));
    }

    /// <summary>The old loan runs until the new one settles it; its last row then pays interest only.</summary>
    public static RepaymentPlan Renewed(Loan loan, RunningLoan running, Renewal renewal, BusinessCalendar calendar)
    {
        var agreed = AsAgreed(running);
        var on = renewal.On ?? running.Periods[^1].PayBy.Date;
        // What has not been paid by that day, though it may have fallen due on the day off before, is settled with the rest.
        var paid = Array.FindIndex(running.Periods, period => period.PayBy.Date >= on);
        var settling = Settling(running.Periods[paid], on);
        // The new loan's rows count on from those of the old one.
        var lastNumber = running.Periods[paid].Number - (settling.Length == 0 ? 1 : 0);
        var settled = loan.Outstanding - agreed.Principal[..paid].Sum();
        var terms = new ScheduleTerms
        {
            Principal = settled,
            Rate = renewal.Rate ?? loan.Rate,
            DayCount = loan.DayCount,
            Method = renewal.RepaymentMethod ?? loan.RepaymentMethod,
            Start = on,
            Maturity = renewal.NewMaturity,
            PeriodMonths = loan.PeriodMonths,
            HolidayRule = loan.HolidayRule,
        };
        var renewed = InterestPeriod.Of(terms, calendar);
        return new(
            terms,
            [.. running.Periods[..paid], .. settling, .. renewed.Select(period => period with { Number = period.Number + lastNumber })],
            [.. agreed.Principal[..paid], .. settling.Select(_ => Money.Zero), .. PrincipalPlan.Rows(terms, settled, renewed.Length)])
        {
            Renewal = new(renewal.NewLoanNumber, loan.Number, loan.Renewals + 1, settled, on, renewal.NewMaturity, terms.Rate, terms.Method),
        };
    }

    /// <summary>The principal and, where that is asked for, the interest of the first rows is paid later.</summary>
    public RepaymentPlan Deferred(int pastRows, Money outstanding, Deferral deferral, BusinessCalendar calendar)
    {
        var shape = DeferralShape.Of(deferral, Terms, pastRows);
        if (shape.Rows == 0 && shape.Maturity == Terms.Maturity)
            return this;
        var terms = Terms.MaturingOn(shape.Maturity);
        var periods = Terms.Method == RepaymentMethod.Bullet ? AfterOldMaturity(terms, calendar) : InterestPeriod.Of(terms, calendar)[pastRows..];
        // A maturity off the series may join a date of it when it moves, and so leave a row fewer; the last row pays all the same.
        var held = Math.Min(shape.Rows, periods.Length - 1);
        var principal = deferral.Term == DeferralTerm.Lengthen
            ? Moved(held, periods.Length)
            : [.. Enumerable.Repeat(Money.Zero, held), .. PrincipalPlan.Rows(terms, outstanding, periods.Length - held)];
        return new(terms, periods, principal)
        {
            DeferredRows = deferral.Part == DeferredPart.PrincipalAndInterest ? held : 0,
            DeferredInterest = deferral.Interest,
        };
    }

    /// <summary>Each payment keeps its amount and moves by some rows, the last one to the new maturity.</summary>
    /// <remarks>
    /// A last period that joins the one before it, or no longer does, makes the rows one fewer or more: then two payments
    /// meet at the maturity, or the row before it pays interest only.
    /// </remarks>
    private Money[] Moved(int by, int rows)
    {
        var moved = new Money[rows];
        for (var i = 0; i < Principal.Length; i++)
            moved[i == Principal.Length - 1 ? rows - 1 : Math.Min(i + by, rows - 1)] += Principal[i];
        return moved;
    }

    /// <summary>The broken or whole period at whose end the old loan is settled; none when it is settled on the day that it begins.</summary>
    private static InterestPeriod[] Settling(InterestPeriod period, DateOnly on) => on <= period.From ? [] :
    [
        period with
        {
            To = on,
            DueDate = on < period.DueDate ? on : period.DueDate,
            PayBy = new(on, period.PayBy.Provisional),
            ByMonths = period.ByMonths && on >= period.DueDate,
        },
    ];

    /// <summary>A bullet loan keeps the day on which it was to be paid, and gets a second one.</summary>
    private InterestPeriod[] AfterOldMaturity(ScheduleTerms terms, BusinessCalendar calendar)
    {
        var old = Periods[^1];
        var last = InterestPeriod.Of(terms, calendar)[^1];
        return [old, last with { Number = old.Number + 1, From = old.To }];
    }
}
