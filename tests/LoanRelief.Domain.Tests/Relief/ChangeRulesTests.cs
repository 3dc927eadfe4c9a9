using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Tests.Policies;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Relief;

public class ChangeRulesTests
{
    private static readonly DateOnly AsOf = new(2024, 7, 20);

    private static readonly Loan Instalments = SampleLoan.AfterSixInstalments with
    {
        GuaranteeFee = new(Money.FromYuan(500_000m), new(0.01m), new(2024, 1, 12), new(2025, 1, 12)),
    };

    private static readonly Loan InterestOnly = Instalments with { RepaymentMethod = RepaymentMethod.InterestThenPrincipal, Outstanding = Instalments.Principal };

    private static readonly Loan Bullet = InterestOnly with { RepaymentMethod = RepaymentMethod.Bullet };

    /// <summary>2024-10-05 lies in the National Day holiday: it is paid by 2024-10-08.</summary>
    private static readonly Loan MaturesOnAHoliday = Bullet with { Maturity = new(2024, 10, 5), HolidayRule = HolidayRule.Roll, GuaranteeFee = null };

    private static readonly Loan Overdue = Bullet with { Maturity = new(2024, 7, 12) };

    public static TheoryData<string, string, Loan, LoanChange[]> Refused => new()
    {
        { "required", "changes", Instalments, [] },
        { "required", "changes[0]", Instalments, [null!] },
        { "loan-settled", "loan.outstanding", Instalments with { Outstanding = Money.Zero }, [new Deferral(3)] },
        { "duplicate-change", "changes[1]", Instalments, [new Deferral(3), new Deferral(6)] },
        { "exactly-one-of", "changes[0]", Instalments, [new Deferral()] },
        { "exactly-one-of", "changes[0]", Instalments, [new Deferral(3, new DateOnly(2024, 12, 31))] },
        { "out-of-range", "changes[0].months", Instalments, [new Deferral(-1)] },
        { "out-of-range", "changes[0].months", Instalments, [new Deferral(121)] },
        { "out-of-range", "changes[0].until", Instalments, [new Deferral(Until: AsOf.AddDays(-1))] },
        { "out-of-range", "changes[0].until", Instalments, [new Deferral(Until: DateOnly.MaxValue)] },
        { "not-whole-periods", "changes[0].months", Instalments with { PeriodMonths = 3 }, [new Deferral(2)] },
        { "unknown-value", "changes[0].part", Instalments, [new Deferral(3) { Part = (DeferredPart)9 }] },
        { "deferral-to-maturity", "changes[0]", Instalments, [new Deferral(6) { Term = DeferralTerm.Keep }] },
        { "deferral-to-maturity", "changes[0]", Instalments, [new Deferral(Until: new DateOnly(2025, 1, 13)) { Term = DeferralTerm.Keep }] },
        { "nothing-to-defer", "changes[0]", Instalments, [new Deferral(Until: new DateOnly(2024, 8, 12))] },
        { "nothing-to-defer", "changes[0]", InterestOnly, [new Deferral(3) { Term = DeferralTerm.Keep }] },
        { "nothing-to-defer", "changes[0]", InterestOnly, [new Deferral(Until: new DateOnly(2024, 12, 31))] },
        { "nothing-follows-deferral", "changes[0].interest", Bullet, [new Deferral(3) { Part = DeferredPart.PrincipalAndInterest, Interest = DeferredInterest.Capitalise }] },
        { "term-too-long", "changes[0]", Instalments with { DrawnOn = new(1990, 1, 12), Maturity = new(2039, 12, 12) }, [new Deferral(120)] },
        { "maturity-not-later", "changes[0].newMaturity", Instalments, [new Extension(Instalments.Maturity)] },
        { "extension-cap", "changes[0].newMaturity", Instalments, [new Extension(new(2026, 1, 13))] },
        { "term-too-long", "changes[0].newMaturity", Instalments, [new Extension(new(2074, 1, 13))] },
        { "maturity-not-later", "changes[0].newMaturity", Instalments, [new Renewal(new(2024, 12, 31))] },
        { "out-of-range", "changes[0].on", Instalments, [new Renewal(new(2026, 1, 12)) { On = AsOf.AddDays(-1) }] },
        { "out-of-range", "changes[0].on", Instalments, [new Renewal(new(2026, 1, 12)) { On = Instalments.Maturity.AddDays(1) }] },
        { "renews-itself", "changes[0].newLoanNumber", Instalments, [new Renewal(new(2026, 1, 12)) { NewLoanNumber = Instalments.Number }] },
        { "rate-too-high", "changes[0].rate", Instalments, [new Renewal(new(2026, 1, 12)) { Rate = new(0.5m) }] },
        { "exactly-one-of", "changes[0]", Instalments, [new RateCut()] },
        { "exactly-one-of", "changes[0]", Instalments, [new RateCut { Share = 0.1m, NewRate = new(0.03m) }] },
        { "share-out-of-range", "changes[0].share", Instalments, [new RateCut { Share = 0m }] },
        { "share-out-of-range", "changes[0].share", Instalments, [new RateCut { Share = 1.1m }] },
        { "cut-not-below-rate", "changes[0].newRate", Instalments, [new RateCut { NewRate = new(0.0435m) }] },
        { "cut-not-below-rate", "changes[1].newRate", Instalments, [new Renewal(new(2026, 1, 12)) { Rate = new(0.03m) }, new RateCut { NewRate = new(0.035m) }] },
        { "end-not-after-start", "changes[0].until", Instalments, [new RateCut { Share = 0.1m, Until = AsOf }] },
        { "before-drawdown", "asOf", Instalments with { DrawnOn = AsOf.AddDays(1) }, [new Deferral(3)] },
        { "maturity-not-after-drawdown", "changes[0].newMaturity", MaturesOnAHoliday, [new Renewal(new(2024, 10, 8))] },
        { "out-of-range", "changes[0].from", Instalments, [new RateCut { Share = 0.1m, From = Instalments.Maturity }] },
        { "out-of-range", "changes[0].from", Instalments, [new RateCut { Share = 0.1m, From = new(2024, 7, 11) }] },
        { "out-of-range", "changes[0].from", Bullet with { Maturity = AsOf, GuaranteeFee = null, HolidayRule = HolidayRule.Stay }, [new RateCut { Share = 0.1m }] },
        { "no-penalty-to-waive", "changes[0]", Instalments with { Outstanding = Money.FromYuan(600_000m) }, [new PenaltyWaiver()] }, // deferred within its term, not in arrears
        { "no-penalty-to-waive", "changes[0]", Instalments with { PrincipalArrears = [new(AsOf, Money.FromYuan(1m))] }, [new PenaltyWaiver()] }, // due today
        { "out-of-range", "loan.principalArrears[0].dueDate", Instalments with { PrincipalArrears = [new(AsOf.AddDays(1), Money.FromYuan(1m))] }, [new Deferral(3)] },
        { "share-out-of-range", "changes[1].share", Instalments, [new Deferral(3), new PenaltyWaiver(0m)] },
        { "no-penalty-to-waive", "changes[0]", Instalments, [new PenaltyWaiver()] },
        { "no-bridge-fee", "changes[0]", Instalments, [new BridgeFeeWaiver()] },
        { "no-guarantee-fee", "changes[0]", SampleLoan.AfterSixInstalments, [new GuaranteeFeeWaiver()] },
        { "cut-not-below-rate", "changes[0].cap", Instalments, [new GuaranteeFeeCap(new(0.01m))] },
        { "not-positive", "changes[0].subsidy", Instalments, [new GuaranteeFeeSubsidy(Rate.Zero)] },
        { "outside-fee-period", "changes[0]", Instalments, [new GuaranteeFeeWaiver { From = new(2025, 1, 12) }] },
        { "conflicting-changes", "changes[1]", Instalments, [new Extension(new(2025, 7, 12)), new Renewal(new(2026, 1, 12))] },
        { "conflicting-changes", "changes[1]", Instalments, [new Renewal(new(2026, 1, 12)), new Deferral(3)] },
        { "conflicting-changes", "changes[1]", Instalments, [new Extension(new(2025, 7, 12)), new Deferral(3)] },
        { "maturity-passed", "changes[0]", Overdue, [new Deferral(3)] },
        { "maturity-passed", "changes[0]", Overdue, [new Extension(new(2024, 12, 31))] },
        { "maturity-passed", "changes[0]", Overdue, [new Renewal(new(2025, 7, 12))] },
        { "maturity-passed", "changes[0]", Overdue, [new RateCut { Share = 0.1m }] },
        { "maturity-not-after-drawdown", "loan.maturity", Instalments with { Maturity = Instalments.DrawnOn }, [new Deferral(3)] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Impossible_changes_are_refused_by_code_and_field(string code, string field, Loan loan, LoanChange[] changes)
    {
        var reasons = Assert.IsType<ReliefResult.Refused>(ReliefCalculator.Preview(loan, AsOf, changes, BusinessCalendar.China, SamplePolicies.Cap)).Reasons;

        Assert.Contains((code, field), reasons.Select(each => (each.Code, each.Field!)));
    }

    [Fact]
    public void Everything_that_speaks_against_a_request_is_named_at_once()
    {
        var result = ReliefCalculator.Preview(Instalments, AsOf, [new Deferral(-1), new RateCut { Share = 2m }, new BridgeFeeWaiver()], BusinessCalendar.China, SamplePolicies.Cap);

        Assert.Equal(
            ["changes[0].months", "changes[1].share", "changes[2]"],
            Assert.IsType<ReliefResult.Refused>(result).Reasons.Select(each => each.Field));
    }

    [Fact]
    public void A_loan_can_be_changed_up_to_its_last_day_of_payment()
    {
        Assert.IsType<ReliefResult.Worked>(ReliefCalculator.Preview(MaturesOnAHoliday, new(2024, 10, 8), [new Deferral(3)], BusinessCalendar.China, SamplePolicies.Cap));
        Assert.IsType<ReliefResult.Refused>(ReliefCalculator.Preview(MaturesOnAHoliday, new(2024, 10, 9), [new Deferral(3)], BusinessCalendar.China, SamplePolicies.Cap));
    }

    [Fact]
    public void A_loan_can_be_renewed_for_a_day_after_it_is_settled() =>
        Assert.IsType<ReliefResult.Worked>(ReliefCalculator.Preview(MaturesOnAHoliday, AsOf, [new Renewal(new(2024, 10, 9))], BusinessCalendar.China, SamplePolicies.Cap));

    [Theory]
    [InlineData("2024-07-12")] // the first day of the period that runs
    [InlineData("2025-01-11")] // the last day of the loan
    public void A_cut_begins_in_the_time_for_which_interest_is_still_to_be_paid(string from)
    {
        var cut = new RateCut { Share = 0.1m, From = DateOnly.ParseExact(from, "yyyy-MM-dd") };

        var preview = Assert.IsType<ReliefResult.Worked>(ReliefCalculator.Preview(Instalments, AsOf, [cut], BusinessCalendar.China, SamplePolicies.Cap)).Preview;

        Assert.True(preview.Relief.Totals.Interest.Relief.IsPositive);
    }
}
