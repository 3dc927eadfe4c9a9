using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Schedules;

namespace LoanRelief.Benchmarks;

/// <summary>The plainest loop that gives the instalments of a monthly loan by 等额本息, for comparison: no types but decimal, and no other case.</summary>
/// <remarks>Compiled into the tests of the domain too, which hold it against the schedule, so that both always compute the same.</remarks>
public static class PlainLoop
{
    public readonly record struct Row(int Number, DateOnly DueDate, DateOnly PayBy, decimal Principal, decimal Interest, decimal Balance);

    public static Row[] Instalments(decimal principal, decimal rate, DateOnly drawnOn, int months, BusinessCalendar? rollsBy)
    {
        var monthly = rate / 12m;
        var growth = 1m;
        for (var i = 0; i < months; i++)
            growth *= 1m + monthly;
        var instalment = decimal.Round(principal * monthly * growth / (growth - 1m), 2, MidpointRounding.AwayFromZero);

        var rows = new Row[months];
        var balance = principal;
        for (var i = 0; i < months; i++)
        {
            var due = drawnOn.AddMonths(i + 1);
            var payBy = due;
            while (rollsBy is not null && !rollsBy.IsWorkingDay(payBy))
                payBy = payBy.AddDays(1);
            var interest = decimal.Round(balance * rate / 12m, 2, MidpointRounding.AwayFromZero);
            var repaid = i == months - 1 ? balance : instalment - interest;
            balance -= repaid;
            rows[i] = new(i + 1, due, payBy, repaid, interest, balance);
        }

        return rows;
    }

    /// <exception cref="InvalidOperationException">The schedule has other rows than the loop.</exception>
    public static void HoldAgainst(Row[] rows, Schedule schedule)
    {
        var wanted = schedule.Instalments.Select(row => new Row(row.Number, row.DueDate, row.PayBy, row.Principal.Yuan, row.Interest.Yuan, row.Balance.Yuan));
        if (!wanted.SequenceEqual(rows))
            throw new InvalidOperationException("The loop and the schedule differ.");
    }
}
