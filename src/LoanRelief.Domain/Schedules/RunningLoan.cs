using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Domain.Schedules;

/// <summary>A loan on a day: its terms, which rows are past, and what remains.</summary>
/// <param name="Terms">From drawdown.</param>
/// <param name="PastRows">How many rows of the contract are paid or in arrears.</param>
/// <param name="Periods">Those that remain.</param>
/// <param name="Schedule">The rows of <paramref name="Periods"/>.</param>
internal sealed record RunningLoan(ScheduleTerms Terms, int PastRows, InterestPeriod[] Periods, Schedule Schedule)
{
    public static RunningLoan Of(Loan loan, DateOnly asOf, BusinessCalendar calendar)
    {
        var terms = ScheduleTerms.Of(loan);
        var periods = InterestPeriod.Of(terms, calendar);
        var contract = ScheduleCalculator.Rows(terms, periods, loan.Principal.Fen);
        var past = PastRowsOf(contract, loan, asOf);
        var remaining = periods[past..];
        var asAgreed = (past == 0 ? loan.Principal : contract[past - 1].Balance) == loan.Outstanding;
        Instalment[] rows = remaining.Length == 0 ? Overdue(loan, periods[^1])
            : asAgreed ? contract[past..]
            : ScheduleCalculator.Rows(terms, remaining, loan.Outstanding.Fen);
        return new(terms, past, remaining, new(loan.IsSettled ? [] : rows) { InterestArrears = loan.InterestArrears });
    }

    /// <summary>A payment is late from the day after its day of payment, which is later than the due date where that rolls.</summary>
    public bool IsOverdue => Periods.Length == 0;

    private static int PastRowsOf(Instalment[] contract, Loan loan, DateOnly asOf)
    {
        var past = 0;
        while (past < contract.Length && contract[past].PayBy < asOf)
            past++;
        // What is due today, or due and rolled to a later day, may have been paid already; the book tells.
        for (var paid = past; paid < contract.Length && contract[paid].DueDate <= asOf; paid++)
        {
            if (contract[paid].Balance == loan.Outstanding && !contract[paid].Principal.IsZero)
                return paid + 1;
        }

        return past;
    }

    private static Instalment[] Overdue(Loan loan, InterestPeriod last) =>
        [new(last.Number, last.DueDate, last.PayBy.Date, loan.Outstanding, default, default) { Provisional = last.PayBy.Provisional }];
}
