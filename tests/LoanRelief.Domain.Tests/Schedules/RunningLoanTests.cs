using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Tests.Relief;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Schedules;

public class RunningLoanTests
{
    private static readonly BusinessCalendar China = BusinessCalendar.China;

    [Fact]
    public void What_remains_of_a_loan_that_was_paid_as_agreed_is_the_rest_of_its_schedule()
    {
        var contract = ScheduleCalculator.For(ScheduleTerms.Of(SampleLoan.EqualInstalments), China).Instalments;

        var remaining = ScheduleCalculator.Remaining(SampleLoan.AfterSixInstalments, new(2024, 7, 20), China).Instalments;

        Assert.Equal(contract.Skip(6), remaining);
    }

    [Theory]
    [InlineData("505427.45", 7)] // the sixth is paid
    [InlineData("588740.21", 6)] // it is not
    public void On_a_due_date_the_book_tells_whether_the_instalment_is_paid(string outstanding, int firstRow)
    {
        var loan = SampleLoan.EqualInstalments with { Outstanding = Money.FromYuan(decimal.Parse(outstanding, null)) };

        Assert.Equal(firstRow, ScheduleCalculator.Remaining(loan, new(2024, 7, 12), China).Instalments[0].Number);
    }

    [Fact]
    public void A_payment_that_rolls_is_not_past_before_its_day_of_payment()
    {
        var loan = SampleLoan.EqualInstalments with { DrawnOn = new(2024, 1, 5), Maturity = new(2025, 1, 5), HolidayRule = HolidayRule.Roll, Outstanding = Money.FromYuan(338_013.21m) };

        // Due 2024-10-05, in the National Day holiday: to be paid by 2024-10-08.
        Assert.Equal(9, ScheduleCalculator.Remaining(loan, new(2024, 10, 8), China).Instalments[0].Number);
        Assert.Equal(10, ScheduleCalculator.Remaining(loan, new(2024, 10, 9), China).Instalments[0].Number);
    }

    [Fact]
    public void A_prepaid_loan_spreads_what_is_left_over_the_dates_that_remain()
    {
        var loan = SampleLoan.AfterSixInstalments with { Outstanding = Money.FromYuan(300_000m) };

        var remaining = ScheduleCalculator.Remaining(loan, new(2024, 7, 20), China).Instalments;

        // 300,000 × i(1+i)^6 / ((1+i)^6 − 1) with i = 4.35%/12
        Assert.All(remaining.SkipLast(1), row => Assert.Equal("50636.29", row.Total.ToString()));
        Assert.Equal(Enumerable.Range(7, 6), remaining.Select(row => row.Number));
        Assert.Equal(loan.Outstanding, remaining.Sum(row => row.Principal));
    }

    [Fact]
    public void A_loan_in_arrears_goes_on_by_its_contract_and_owes_the_arrears_at_once()
    {
        var contract = ScheduleCalculator.For(ScheduleTerms.Of(SampleLoan.EqualInstalments), China).Instalments;
        var loan = SampleLoan.AfterSixInstalments with
        {
            Outstanding = SampleLoan.AfterSixInstalments.Outstanding + contract[5].Principal,
            PrincipalArrears = [new(contract[5].DueDate, contract[5].Principal)],
            InterestArrears = contract[5].Interest,
        };

        var schedule = ScheduleCalculator.Remaining(loan, new(2024, 7, 20), China);

        Assert.Equal(contract.Skip(6), schedule.Instalments);
        Assert.Equal((contract[5].Principal, contract[5].Interest), (schedule.PrincipalArrears, schedule.InterestArrears));
    }

    [Fact]
    public void An_overdue_loan_owes_its_principal_since_maturity_and_its_arrears()
    {
        var loan = SampleLoan.Bullet with { InterestArrears = Money.FromYuan(43_983.33m) };

        var schedule = ScheduleCalculator.Remaining(loan, new(2023, 7, 1), China);

        var row = Assert.Single(schedule.Instalments);
        Assert.Equal((loan.Maturity, loan.Outstanding, Money.Zero), (row.DueDate, row.Principal, row.Interest));
        Assert.Equal(loan.InterestArrears, schedule.InterestArrears);
    }

    [Fact]
    public void A_settled_loan_has_nothing_to_pay() =>
        Assert.Empty(ScheduleCalculator.Remaining(SampleLoan.EqualInstalments with { Outstanding = Money.Zero }, new(2024, 7, 20), China).Instalments);

    [Fact]
    public void Before_the_drawdown_everything_remains() =>
        Assert.Equal(12, ScheduleCalculator.Remaining(SampleLoan.EqualInstalments, new(2024, 1, 1), China).Instalments.Count);
}
