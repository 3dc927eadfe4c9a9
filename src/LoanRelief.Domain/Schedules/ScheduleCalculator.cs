using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Schedules;

/// <summary>Schedules of the four repayment methods.</summary>
public static class ScheduleCalculator
{
    /// <summary>The whole schedule of a contract, from drawdown to maturity.</summary>
    public static Schedule For(ScheduleTerms terms, BusinessCalendar calendar)
    {
        var periods = InterestPeriod.Of(terms, calendar);
        return new(Rows(terms, periods, terms.Principal.Fen));
    }

    /// <summary>What is still to be paid on a running loan, as its book stands on a day.</summary>
    /// <remarks>
    /// A row is past when its day of payment lies before <paramref name="asOf"/>, or when it is due by then and the
    /// outstanding principal shows that it was paid. What is in arrears (<see cref="Loan.PrincipalArrears"/>) is owed
    /// at once and in no row; nor is the interest on it from then on, which ends when it is paid and nobody knows when
    /// that is. Where the rest is what the contract's schedule leaves, the rows are the rest of that schedule; where it
    /// is not (prepaid, or deferred within the term), it is spread over the dates that remain. When all dates are past,
    /// the rest was due at maturity. Interest of past rows was paid or is in <see cref="Loan.InterestArrears"/>.
    /// </remarks>
    public static Schedule Remaining(Loan loan, DateOnly asOf, BusinessCalendar calendar) =>
        RunningLoan.Of(loan, asOf, calendar).Schedule;

    internal static Instalment[] Rows(ScheduleTerms terms, ReadOnlySpan<InterestPeriod> periods, long balance)
    {
        var rows = new Instalment[periods.Length];
        var plan = new PrincipalPlan(terms, balance, periods.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var period = ref periods[i];
            var interest = Money.RoundFen(InterestMath.Exact(balance, terms.Rate.Fraction, period.Share(terms)));
            var principal = plan.Principal(balance, i == rows.Length - 1, period.IsWhole ? interest.Fen : null);
            balance -= principal;
            rows[i] = new(period.Number, period.DueDate, period.PayBy.Date, Money.FromFen(principal), interest, Money.FromFen(balance))
            {
                Provisional = period.PayBy.Provisional,
            };
        }

        return rows;
    }
}
