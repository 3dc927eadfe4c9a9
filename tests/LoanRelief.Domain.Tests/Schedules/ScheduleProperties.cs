using CsCheck;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Tests.Relief;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Schedules;

public class ScheduleProperties
{
    private static readonly BusinessCalendar China = BusinessCalendar.China;

    [Fact]
    public void Principal_is_conserved_to_the_fen_and_every_balance_follows_from_its_row() =>
        LoanGen.Running.Sample((loan, asOf) =>
        {
            var balance = loan.OutstandingNotInArrears;
            foreach (var row in ScheduleCalculator.Remaining(loan, asOf, China).Instalments)
            {
                balance -= row.Principal;
                if (row.Principal.IsNegative || row.Interest.IsNegative || row.Balance != balance || row.Total != row.Principal + row.Interest)
                    return false;
            }

            return balance.IsZero;
        });

    [Fact]
    public void Due_dates_rise_to_maturity_and_days_of_payment_are_working_days_where_they_roll() =>
        LoanGen.Running.Sample((loan, asOf) =>
        {
            var rows = ScheduleCalculator.Remaining(loan, asOf, China).Instalments;
            return rows[^1].DueDate == loan.Maturity
                && rows.Zip(rows.Skip(1)).All(pair => pair.First.DueDate < pair.Second.DueDate && pair.First.PayBy <= pair.Second.PayBy && pair.First.Number + 1 == pair.Second.Number)
                && rows.All(row => row.PayBy >= row.DueDate && (loan.HolidayRule == HolidayRule.Roll ? China.IsWorkingDay(row.PayBy) : row.PayBy == row.DueDate || row.DueDate == loan.Maturity));
        });

    [Fact]
    public void Instalments_of_whole_periods_are_equal_and_only_the_last_absorbs_the_rounding() =>
        Gen.Select(LoanGen.Loan, Gen.Int[1, 36]).Sample((loan, periods) =>
        {
            var terms = ScheduleTerms.Of(loan) with
            {
                Principal = loan.Principal + Money.FromYuan(10_000m),
                Method = RepaymentMethod.EqualInstalment,
                Maturity = loan.DrawnOn.AddMonths(periods * loan.PeriodMonths),
                HolidayRule = HolidayRule.Stay,
            };
            var rows = ScheduleCalculator.For(terms, China).Instalments;
            // The instalment and each row's interest are rounded by half a fen at most, and what that leaves bears interest to the end.
            var growth = 1m + (terms.Rate.Fraction * terms.PeriodMonths / 12m);
            var tolerance = Money.FromFen(1 + (long)Enumerable.Range(0, rows.Count).Aggregate(0m, (sum, _) => 1m + (sum * growth)));
            return rows.Count == periods
                && rows.SkipLast(1).All(row => row.Total == rows[0].Total)
                && rows[^1].Total - rows[0].Total <= tolerance && rows[0].Total - rows[^1].Total <= tolerance;
        });

    /// <summary>Interest by days loses nothing at the joints: however a term is cut into periods, its days are counted once.</summary>
    [Fact]
    public void Interest_only_loans_pay_for_every_day_once() =>
        Gen.Select(LoanGen.Loan, Gen.Bool).Sample((loan, by360) =>
        {
            var terms = ScheduleTerms.Of(loan) with { Method = RepaymentMethod.InterestThenPrincipal, DayCount = by360 ? DayCount.Actual360 : DayCount.Actual365Fixed };
            var rows = ScheduleCalculator.For(terms, China).Instalments;
            var once = Once(loan, loan.DrawnOn, rows[^1].PayBy, by360 ? 360 : 365);
            var difference = Math.Abs(once.Fen - rows.Sum(row => row.Interest).Fen);
            return difference <= (rows.Count + 1) / 2;
        });

    [Fact]
    public void A_bullet_loan_pays_interest_from_the_day_up_to_which_it_has_paid() =>
        Gen.Select(LoanGen.Loan, Gen.Bool, Gen.Int[0, 1000]).Sample((loan, by360, thousandths) =>
        {
            var paidTo = loan.DrawnOn.AddDays((loan.Maturity.DayNumber - loan.DrawnOn.DayNumber) * thousandths / 1000);
            var bullet = loan with { RepaymentMethod = RepaymentMethod.Bullet, DayCount = by360 ? DayCount.Actual360 : DayCount.Actual365Fixed, InterestPaidTo = paidTo };
            var row = ScheduleCalculator.Remaining(bullet, loan.DrawnOn, China).Instalments.Single();
            return row.Interest == Once(loan, paidTo, row.PayBy, by360 ? 360 : 365);
        });

    [Fact]
    public void A_lower_rate_never_costs_more() =>
        Gen.Select(LoanGen.Loan, Gen.Int[0, 100]).Sample((loan, percent) =>
        {
            var terms = ScheduleTerms.Of(loan);
            var lower = terms with { Rate = loan.Rate.CutBy(percent / 100m) };
            // Up to the rounding of each row.
            return ScheduleCalculator.For(lower, China).TotalInterest.Fen <= ScheduleCalculator.For(terms, China).TotalInterest.Fen + ScheduleCalculator.For(terms, China).Instalments.Count;
        });

    /// <summary>Interest of all days at once, worked out without the program.</summary>
    private static Money Once(Loan loan, DateOnly from, DateOnly to, int daysInYear) =>
        Money.RoundFen(loan.Principal.Fen * loan.Rate.Fraction * (to.DayNumber - from.DayNumber) / daysInYear);
}
