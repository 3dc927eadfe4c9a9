using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Schedules;

/// <summary>A loan on a day: its terms, which rows are past, and what remains.</summary>
/// <param name="Terms">From drawdown.</param>
/// <param name="Past">Rows of the contract that are paid or in arrears.</param>
/// <param name="Periods">Those that remain.</param>
/// <param name="Schedule">The rows of <paramref name="Periods"/>.</param>
internal sealed record RunningLoan(ScheduleTerms Terms, ArraySegment<Instalment> Past, InterestPeriod[] Periods, Schedule Schedule)
{
    public static RunningLoan Of(Loan loan, DateOnly asOf, BusinessCalendar calendar)
    {
        var terms = ScheduleTerms.Of(loan);
        var periods = InterestPeriod.Of(terms, calendar);
        var contract = ScheduleCalculator.Rows(terms, periods, loan.Principal.Fen);
        var notInArrears = loan.OutstandingNotInArrears;
        var past = PastRowsOf(contract, notInArrears, asOf);
        var remaining = periods[past..];
        var asAgreed = (past == 0 ? loan.Principal : contract[past - 1].Balance) == notInArrears;
        Instalment[] rows = remaining.Length == 0 ? [DueAtMaturity(periods[^1], notInArrears)]
            : asAgreed ? contract[past..]
            : ScheduleCalculator.Rows(terms, remaining, notInArrears.Fen);
        var schedule = new Schedule(loan.IsSettled ? [] : rows) { PrincipalArrears = loan.Outstanding - notInArrears, InterestArrears = loan.InterestArrears };
        return new(terms, new(contract, 0, past), remaining, schedule);
    }

    /// <summary>How many rows of the contract are paid or in arrears.</summary>
    public int PastRows => Past.Count;

    /// <summary>A payment is late from the day after its day of payment, which is later than the due date where that rolls.</summary>
    public bool IsOverdue => Periods.Length == 0;

    /// <summary>Principal whose day of payment has gone by: what the book has in arrears, and what it has not when maturity is past.</summary>
    public IEnumerable<LatePrincipal> Late(Loan loan, DateOnly asOf, BusinessCalendar calendar)
    {
        var late = loan.PrincipalArrears
            .Select(unpaid => new LatePrincipal(NumberOf(unpaid.DueDate), InterestPeriod.PayByOf(unpaid.DueDate, unpaid.DueDate == Terms.Maturity, Terms, calendar).Date, unpaid.Amount));
        if (IsOverdue)
            late = late.Append(new(Past[^1].Number, Past[^1].PayBy, loan.OutstandingNotInArrears));
        return late.Where(each => each.Amount.IsPositive && each.Since < asOf).OrderBy(each => each.Since);
    }

    /// <summary>The past row that is due on a day; none where the contract was changed since.</summary>
    private int? NumberOf(DateOnly dueDate)
    {
        foreach (var row in Past)
        {
            if (row.DueDate == dueDate)
                return row.Number;
        }

        return null;
    }

    private static int PastRowsOf(Instalment[] contract, Money notInArrears, DateOnly asOf)
    {
        var past = 0;
        while (past < contract.Length && contract[past].PayBy < asOf)
            past++;
        // What is due today, or due and rolled to a later day, may have been paid already; the book tells.
        for (var paid = past; paid < contract.Length && contract[paid].DueDate <= asOf; paid++)
        {
            if (contract[paid].Balance == notInArrears && !contract[paid].Principal.IsZero)
                return paid + 1;
        }

        return past;
    }

    private static Instalment DueAtMaturity(InterestPeriod last, Money principal) =>
        new(last.Number, last.DueDate, last.PayBy.Date, principal, default, default) { Provisional = last.PayBy.Provisional };
}

/// <summary>Principal that is paid late.</summary>
/// <param name="Instalment">Number of its row, where the contract has one on its due date.</param>
/// <param name="Since">Its day of payment: the first day that bears penalty interest.</param>
/// <param name="Amount">What is unpaid, in yuan.</param>
internal readonly record struct LatePrincipal(int? Instalment, DateOnly Since, Money Amount);
