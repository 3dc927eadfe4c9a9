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
        var past = PastRowsOf(contract, loan, asOf);
        var remaining = periods[past..];
        var asAgreed = (past == 0 ? loan.Principal : contract[past - 1].Balance) == loan.Outstanding;
        Instalment[] rows = remaining.Length == 0 ? Overdue(loan, periods[^1])
            : asAgreed ? contract[past..]
            : ScheduleCalculator.Rows(terms, remaining, loan.Outstanding.Fen);
        return new(terms, new(contract, 0, past), remaining, new(loan.IsSettled ? [] : rows) { InterestArrears = loan.InterestArrears });
    }

    /// <summary>How many rows of the contract are paid or in arrears.</summary>
    public int PastRows => Past.Count;

    /// <summary>A payment is late from the day after its day of payment, which is later than the due date where that rolls.</summary>
    public bool IsOverdue => Periods.Length == 0;

    /// <summary>The rows that are past and what is unpaid of their principal, the earliest first.</summary>
    /// <remarks>
    /// A book says what is outstanding and not which rows are unpaid: a payment settles the earliest, so that what is
    /// outstanding beyond what the contract leaves belongs to the latest. Where the maturity has been moved, the
    /// contract's rows are no longer those that were agreed, and only what is unpaid after the last of them is late for certain.
    /// </remarks>
    public IReadOnlyList<(Instalment Row, Money Unpaid)> Late(Money outstanding)
    {
        var late = new List<(Instalment, Money)>();
        if (Terms.OriginalMaturity is not null)
            return IsOverdue ? [(Past[^1], outstanding)] : late;
        var left = Past.Count == 0 ? Money.Zero : outstanding - Past[^1].Balance;
        for (var i = Past.Count - 1; i >= 0 && left.IsPositive; i--)
        {
            var unpaid = Money.Min(left, Past[i].Principal);
            if (unpaid.IsPositive)
                late.Insert(0, (Past[i], unpaid));
            left -= unpaid;
        }

        return late;
    }

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
