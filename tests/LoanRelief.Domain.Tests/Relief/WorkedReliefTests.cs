using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Tests.Policies;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Relief;

/// <summary>The published worked examples of relief, and figures worked out by hand from them.</summary>
public class WorkedReliefTests
{
    private static readonly BusinessCalendar China = BusinessCalendar.China;

    [Fact]
    public void A_cut_by_a_tenth_of_half_a_year_of_two_million()
    {
        var preview = Preview(SampleLoan.Bullet, new(2022, 12, 30), new RateCut { Share = 0.10m });

        Assert.Equal("3.915%", preview.NewRate.ToString());
        Assert.Equal(Sum(43_983.33m, 39_585.00m), preview.Relief.Totals.Interest);
        Assert.Equal("4398.33", preview.Relief.Totals.Total.Relief.ToString());
        Assert.Equal("39585.00", preview.After.TotalInterest.ToString());
        var line = Assert.Single(preview.Relief.Lines);
        Assert.Equal([new RateSpan(new(2022, 12, 30), new(2023, 6, 30), new(182, 360), new(0.0435m), new(0.03915m))], line.Spans);
    }

    [Fact]
    public void Thirty_days_collected_and_rebated_or_deducted_directly()
    {
        var loan = SampleLoan.Bullet with { DrawnOn = new(2023, 6, 1), Maturity = new(2023, 7, 1), HolidayRule = HolidayRule.Stay };

        var rebate = Preview(loan, loan.DrawnOn, new RateCut { Share = 0.10m, Mode = RateCutMode.RebateAfterCollection });
        var deduction = Preview(loan, loan.DrawnOn, new RateCut { Share = 0.10m });

        Assert.Equal("7250.00", rebate.After.TotalInterest.ToString());
        Assert.Equal([new RebateEntry(1, loan.Maturity, Money.FromYuan(7_250m), Money.FromYuan(725m))], rebate.Rebates);
        Assert.Equal("6525.00", deduction.After.TotalInterest.ToString());
        Assert.Empty(deduction.Rebates);
        Assert.Equal(rebate.Relief.Totals, deduction.Relief.Totals);
    }

    [Fact]
    public void A_cut_never_leaves_more_than_its_ceiling() =>
        Assert.Equal("3.9172%", Preview(SampleLoan.Bullet with { Rate = new(0.043525m) }, new(2022, 12, 30), new RateCut { Share = 0.10m }).NewRate.ToString());

    [Fact]
    public void Principal_deferred_for_three_months_after_the_sixth_instalment_with_a_term_longer_by_three()
    {
        var preview = Preview(SampleLoan.AfterSixInstalments, new(2024, 7, 20), new Deferral(3));

        var rows = preview.After.Instalments;
        Assert.Equal(new DateOnly(2025, 4, 12), preview.NewMaturity);
        Assert.Equal(Enumerable.Range(7, 9), rows.Select(row => row.Number));
        Assert.Equal(["1832.17", "1832.17", "1832.17"], rows.Take(3).Select(row => row.Total.ToString()));
        Assert.All(rows.Skip(3).SkipLast(1), row => Assert.Equal("85309.90", row.Total.ToString()));
        Assert.Equal("85309.89", rows[^1].Total.ToString());
        Assert.Equal(SampleLoan.AfterSixInstalments.Outstanding, preview.After.TotalPrincipal);
    }

    [Fact]
    public void Interest_deferred_too_is_spread_over_the_instalments_that_follow()
    {
        var rows = Preview(SampleLoan.AfterSixInstalments, new(2024, 7, 20), new Deferral(3) { Part = DeferredPart.PrincipalAndInterest }).After.Instalments;

        // 3 × 1,832.17 = 5,496.51 over six: 916.09 five times, then 916.06.
        Assert.All(rows.Take(3), row => Assert.Equal((Money.Zero, "1832.17"), (row.Total, row.Deferred.ToString())));
        Assert.Equal(["916.09", "916.09", "916.09", "916.09", "916.09", "916.06"], rows.Skip(3).Select(row => row.Carried.ToString()));
        Assert.Equal("86225.99", rows[3].Total.ToString());
    }

    [Fact]
    public void Interest_deferred_to_the_end_is_paid_with_the_last_instalment()
    {
        var rows = Preview(SampleLoan.AfterSixInstalments, new(2024, 7, 20),
            new Deferral(3) { Part = DeferredPart.PrincipalAndInterest, Interest = DeferredInterest.AtEnd }).After.Instalments;

        Assert.All(rows.Skip(3).SkipLast(1), row => Assert.Equal("85309.90", row.Total.ToString()));
        Assert.Equal("5496.51", rows[^1].Carried.ToString());
        Assert.Equal(Money.FromYuan(85_309.89m + 5_496.51m), rows[^1].Total);
    }

    [Fact]
    public void Interest_that_is_capitalised_joins_the_principal_once()
    {
        var after = Preview(SampleLoan.AfterSixInstalments, new(2024, 7, 20),
            new Deferral(3) { Part = DeferredPart.PrincipalAndInterest, Interest = DeferredInterest.Capitalise }).After;

        // 505,427.45 + 5,496.51 = 510,923.96, repaid in six equal instalments.
        Assert.Equal("5496.51", after.Capitalised.ToString());
        Assert.Equal(["505427.45", "505427.45", "510923.96"], after.Instalments.Take(3).Select(row => row.Balance.ToString()));
        Assert.Equal("1852.10", after.Instalments[3].Interest.ToString());
        Assert.Equal("510923.96", after.TotalPrincipal.ToString());
        Assert.Equal(Money.Zero, after.Instalments[^1].Balance);
    }

    [Fact]
    public void A_deferral_within_the_term_leaves_fewer_and_larger_instalments()
    {
        var preview = Preview(SampleLoan.AfterSixInstalments, new(2024, 7, 20), new Deferral(3) { Term = DeferralTerm.Keep });

        var rows = preview.After.Instalments;
        Assert.Equal(SampleLoan.AfterSixInstalments.Maturity, preview.NewMaturity);
        Assert.Equal(["1832.17", "1832.17", "1832.17"], rows.Take(3).Select(row => row.Total.ToString()));
        Assert.Equal(rows[3].Total, rows[4].Total);
        Assert.Equal(6, rows.Count);
        Assert.Equal(SampleLoan.AfterSixInstalments.Outstanding, preview.After.TotalPrincipal);
    }

    /// <summary>渝北金〔2022〕16号 (一) and (二) on one loan: due 2022-12-30, deferred to 2023-06-30, cut by a tenth from then on.</summary>
    [Fact]
    public void A_maturing_loan_is_deferred_to_the_last_day_of_the_policy_with_a_cut()
    {
        var loan = SampleLoan.Bullet with { DrawnOn = new(2021, 12, 30), Maturity = new(2022, 12, 30) };

        var preview = Preview(loan, new(2022, 12, 20),
            new Deferral(Until: new(2023, 6, 30)), new RateCut { Share = 0.10m, From = new(2022, 12, 30) });

        Assert.Equal(new DateOnly(2023, 6, 30), preview.NewMaturity);
        // 365 days at the contract rate, paid when the loan was to mature; then 182 days at the lower one.
        Assert.Equal(
            [("2022-12-30", "0.00", "88208.33"), ("2023-06-30", "2000000.00", "39585.00")],
            preview.After.Instalments.Select(row => (row.DueDate.ToString("O", null), row.Principal.ToString(), row.Interest.ToString())));
        Assert.Equal(Sum(132_191.66m, 127_793.33m), preview.Relief.Totals.Interest);
        // The uplift of 50% on two million for 182 days: half of 43,983.33, rounded by itself.
        Assert.Equal(Sum(21_991.67m, 0m), preview.Relief.Totals.Penalty);
        Assert.Equal("26390.00", preview.Relief.Totals.Total.Relief.ToString());
    }

    [Fact]
    public void A_cut_that_begins_and_ends_within_a_period_counts_its_days()
    {
        var preview = Preview(SampleLoan.Bullet, new(2022, 12, 30), new RateCut { Share = 0.10m, From = new(2023, 1, 29), Until = new(2023, 2, 28) });

        // 30 of 182 days at 3.915%: 43,983.33 less 725.00.
        Assert.Equal(Sum(43_983.33m, 43_258.33m), preview.Relief.Totals.Interest);
        Assert.Equal([30, 30, 122], Assert.Single(preview.Relief.Lines).Spans.Select(span => span.Share.Numerator));
    }

    /// <summary>The loan of 渝北金〔2022〕16号 above after its deferral, as its book has it, extended once more.</summary>
    [Theory]
    [InlineData("2022-12-30", "68150.00")] // the interest was paid at the old maturity: 282 days are left
    [InlineData(null, "156358.33")] // it was deferred too: all 647 days
    public void Interest_that_a_bullet_loan_has_paid_is_not_counted_again_when_the_loan_is_changed_again(string? paidTo, string interest)
    {
        var loan = SampleLoan.Bullet with
        {
            DrawnOn = new(2021, 12, 30),
            OriginalMaturity = new(2022, 12, 30),
            Maturity = new(2023, 6, 30),
            InterestPaidTo = paidTo is null ? null : Date(paidTo),
        };

        var preview = Preview(loan, new(2023, 6, 1), new Extension(new(2023, 10, 8)));

        Assert.Equal(interest, Assert.Single(preview.After.Instalments).Interest.ToString());
        Assert.Equal(interest, preview.Relief.Totals.Interest.Paid.ToString());
    }

    [Fact]
    public void An_extension_moves_the_maturity_and_relieves_of_nothing()
    {
        var preview = Preview(SampleLoan.Bullet, new(2023, 6, 1), new Extension(new(2023, 12, 29)));

        // 364 days at 4.35%.
        Assert.Equal("87966.67", Assert.Single(preview.After.Instalments).Interest.ToString());
        Assert.Equal(Money.Zero, preview.Relief.Totals.Total.Relief);
    }

    [Fact]
    public void A_renewal_settles_the_old_loan_and_keeps_its_lineage()
    {
        var loan = SampleLoan.Bullet with { Renewals = 1 };

        var preview = Preview(loan, new(2023, 6, 1), new Renewal(new(2024, 6, 28)) { NewLoanNumber = Identifier.Parse<LoanNumber>("JJ2023-0002"), Rate = new(0.04m) });

        Assert.Equal(
            new RenewedLoan(Identifier.Parse<LoanNumber>("JJ2023-0002"), loan.Number, 2, loan.Outstanding, new(2023, 6, 30), new(2024, 6, 28), new(0.04m), RepaymentMethod.Bullet),
            preview.Renewal);
        // Old interest is paid in cash, no principal moves; then 364 days at 4%.
        Assert.Equal(
            [(1, "0.00", "43983.33", "2000000.00"), (2, "2000000.00", "80888.89", "0.00")],
            preview.After.Instalments.Select(row => (row.Number, row.Principal.ToString(), row.Interest.ToString(), row.Balance.ToString())));
        Assert.Equal(Money.Zero, preview.Relief.Totals.Total.Relief);
        Assert.Equal(new(0.04m), preview.NewRate);
    }

    [Fact]
    public void Penalty_that_has_accrued_on_an_overdue_loan_is_waived()
    {
        // Overdue from 2023-06-30 to 2023-07-30, 30 days: 2,000,000 × 2.175% × 30/360 = 3,625.00, of which 80% is waived.
        var preview = Preview(SampleLoan.Bullet, new(2023, 7, 30), new PenaltyWaiver(0.8m));

        Assert.Equal(Sum(3_625.00m, 725.00m), preview.Relief.Totals.Penalty);
        Assert.Equal(preview.Before, preview.After);
    }

    /// <summary>The loan of the worked example drawn on 2024-06-18, in twelve equal parts of principal.</summary>
    private static readonly Loan EqualParts = SampleLoan.EqualInstalments with
    {
        RepaymentMethod = RepaymentMethod.EqualPrincipal,
        DrawnOn = new(2024, 6, 18),
        Maturity = new(2025, 6, 18),
        HolidayRule = HolidayRule.Roll,
    };

    [Theory]
    [InlineData(0, "6: 83333.33, 115.80")] // the sixth is unpaid: 23 days at 2.175%
    [InlineData(16_666.65, "5: 16666.65, 53.37", "6: 83333.33, 115.80")] // and a fifth of the one before: 53 days
    public void Penalty_on_overdue_instalments_is_waived_while_the_loan_runs(decimal ofTheFifth, params string[] late)
    {
        var unpaid = new[] { new UnpaidPrincipal(new(2024, 12, 18), Money.FromYuan(83_333.33m)), new UnpaidPrincipal(new(2024, 11, 18), Money.FromYuan(ofTheFifth)) };
        var loan = EqualParts with { Outstanding = Money.FromYuan(583_333.35m + ofTheFifth), PrincipalArrears = [.. unpaid.Where(each => each.Amount.IsPositive)] };

        var preview = Preview(loan, new(2025, 1, 10), new PenaltyWaiver());

        var penalty = preview.Relief.Lines.Where(line => line.Component == ReliefComponent.Penalty);
        Assert.Equal(late, penalty.Select(line => $"{line.Instalment}: {line.Amount}, {line.Relief}"));
        Assert.Equal(preview.Before.Instalments, preview.After.Instalments);
        // The arrears are owed at once; the six instalments that remain are those of the contract.
        Assert.Equal(Money.FromYuan(83_333.33m + ofTheFifth), preview.After.PrincipalArrears);
        Assert.Equal("500000.02", preview.After.TotalPrincipal.ToString());
    }

    [Fact]
    public void Principal_that_was_deferred_within_the_term_is_not_in_arrears()
    {
        var deferred = Preview(SampleLoan.AfterSixInstalments, new(2024, 7, 20), new Deferral(3) { Term = DeferralTerm.Keep });

        // Three months later the book still has all of it outstanding, and three instalments are left.
        var later = Preview(SampleLoan.AfterSixInstalments, new(2024, 10, 20), new RateCut { Share = 0.10m, Mode = RateCutMode.RebateAfterCollection });

        Assert.Equal(deferred.After.Instalments.Skip(3), later.After.Instalments);
        Assert.Equal(Money.Zero, later.After.PrincipalArrears);
    }

    /// <summary>The sixth is unpaid. Each change is of what is not in arrears; only a new loan settles these too.</summary>
    [Fact]
    public void Changes_leave_arrears_as_they_are_and_a_renewal_settles_them()
    {
        var loan = EqualParts with { Outstanding = Money.FromYuan(583_333.35m), PrincipalArrears = [new(new(2024, 12, 18), Money.FromYuan(83_333.33m))] };
        var asOf = new DateOnly(2025, 1, 10);

        foreach (var change in new LoanChange[] { new Deferral(3), new Deferral(3) { Term = DeferralTerm.Keep }, new Extension(new(2025, 12, 18)) })
        {
            var after = Preview(loan, asOf, change).After;
            Assert.Equal(("83333.33", "500000.02"), (after.PrincipalArrears.ToString(), after.TotalPrincipal.ToString()));
        }

        var renewed = Preview(loan, asOf, new Renewal(new(2026, 1, 17)) { On = new(2025, 1, 18) });
        Assert.Equal(("0.00", "583333.35"), (renewed.After.PrincipalArrears.ToString(), renewed.After.TotalPrincipal.ToString()));
        Assert.Equal("583333.35", renewed.Renewal!.Principal.ToString());
    }

    [Fact]
    public void Penalty_on_a_loan_past_its_maturity_runs_from_the_day_of_each_unpaid_instalment()
    {
        var loan = EqualParts with { Outstanding = Money.FromYuan(100_000m), PrincipalArrears = [new(new(2025, 5, 18), Money.FromYuan(16_666.63m))] };

        var preview = Preview(loan, new(2025, 7, 18), new PenaltyWaiver());

        // The last is 83,333.37 since 2025-06-18, 30 days; of the eleventh 16,666.63 since 2025-05-19, 60 days.
        Assert.Equal(
            [(11, "16666.63", "60.42"), (12, "83333.37", "151.04")],
            preview.Relief.Lines.Select(line => (line.Instalment!.Value, line.Amount.ToString(), line.Relief.ToString())));
    }

    [Theory]
    [InlineData(DeferredInterest.Spread)]
    [InlineData(DeferredInterest.AtEnd)]
    [InlineData(DeferredInterest.Capitalise)]
    public void The_penalty_that_a_deferral_spares_is_the_same_whatever_becomes_of_the_interest(DeferredInterest interest)
    {
        var loan = SampleLoan.AfterSixInstalments with { DrawnOn = new(2024, 6, 18), Maturity = new(2025, 6, 18), HolidayRule = HolidayRule.Roll };

        var preview = Preview(loan, new(2024, 12, 19), new Deferral(3) { Part = DeferredPart.PrincipalAndInterest, Interest = interest });

        Assert.Equal("2768.82", preview.Relief.Totals.Penalty.Relief.ToString());
    }

    /// <summary>A maturity off the series, moved onto it, leaves as many dates as before or one fewer; the principal is paid on it.</summary>
    [Theory]
    [InlineData(RepaymentMethod.InterestThenPrincipal, "1000000.00", "2025-06-30", "2025-10-31", "2025-10-31", "2025-11-30")]
    [InlineData(RepaymentMethod.EqualInstalment, "201449.98", "2025-06-30", "2025-10-31", "2025-10-31", "2025-11-30")]
    [InlineData(RepaymentMethod.EqualPrincipal, "1000000.00", "2024-12-28", "2025-01-30", "2025-01-29", "2025-02-28")]
    public void No_principal_is_lost_at_the_end_of_a_month(RepaymentMethod method, string outstanding, string drawnOn, string maturity, string asOf, string newMaturity)
    {
        var loan = SampleLoan.EqualInstalments with
        {
            RepaymentMethod = method,
            Outstanding = Money.FromYuan(decimal.Parse(outstanding, null)),
            DrawnOn = Date(drawnOn),
            Maturity = Date(maturity),
        };

        var rows = Preview(loan, Date(asOf), new Deferral(1)).After.Instalments;

        Assert.Equal(
            [(Date(maturity), "0.00"), (Date(newMaturity), outstanding)],
            rows.Select(row => (row.DueDate, row.Principal.ToString())));
    }

    /// <summary>
    /// The last period gets a seventh day and stands for itself, or loses it and joins the one before. Either way each
    /// payment moves by a month and keeps its amount.
    /// </summary>
    [Theory]
    [InlineData("2024-12-30", "2025-03-06", "2025-01-30 0.00, 2025-03-06 500000.00, 2025-03-30 0.00, 2025-04-06 500000.00")]
    [InlineData("2024-11-30", "2025-02-06", "2024-12-30 0.00, 2025-01-30 333333.33, 2025-03-06 666666.67")]
    public void A_deferral_that_changes_the_number_of_rows_leaves_each_payment_its_amount(string drawnOn, string maturity, string rows)
    {
        var loan = SampleLoan.EqualInstalments with { RepaymentMethod = RepaymentMethod.EqualPrincipal, DrawnOn = Date(drawnOn), Maturity = Date(maturity) };

        var after = Preview(loan, loan.DrawnOn, new Deferral(1)).After;

        Assert.Equal(rows, string.Join(", ", after.Instalments.Select(row => $"{row.DueDate:yyyy-MM-dd} {row.Principal}")));
    }

    [Fact]
    public void A_renewal_between_a_due_date_and_the_day_to_which_it_rolls_charges_every_day_once()
    {
        // Interest is due on 2025-01-29 in the Spring Festival, to be paid by 2025-02-05; the renewal comes on 2025-02-01.
        var loan = SampleLoan.EqualInstalments with
        {
            RepaymentMethod = RepaymentMethod.InterestThenPrincipal,
            DrawnOn = new(2024, 3, 29),
            Maturity = new(2025, 3, 29),
            HolidayRule = HolidayRule.Roll,
        };

        var preview = Preview(loan, new(2025, 1, 29), new Renewal(new(2025, 4, 1)) { On = new(2025, 2, 1) });

        Assert.Equal(
            [(10, "2024-12-30", "2025-02-01"), (11, "2025-02-01", "2025-03-03"), (12, "2025-03-03", "2025-04-01")],
            preview.Relief.Lines.Select(line => (line.Instalment!.Value, line.Spans[0].From.ToString("O", null), line.Spans[^1].To.ToString("O", null))));
    }

    [Fact]
    public void A_renewal_on_the_first_day_of_a_period_takes_the_number_of_its_row()
    {
        var preview = Preview(SampleLoan.AfterSixInstalments, new(2024, 7, 12), new Renewal(new(2025, 7, 12)) { On = new(2024, 7, 12) });

        Assert.Equal(Enumerable.Range(7, 12), preview.After.Instalments.Select(row => row.Number));
    }

    /// <summary>76 days of 30/360 on 10,000,000 at 1%, though they are 75 by the calendar.</summary>
    [Theory]
    [InlineData("2025-01-15", "0.00")]
    [InlineData("2025-01-30", "4222.22")] // 15 of 75 days
    [InlineData("2025-02-10", "7318.52")] // 26 of 75 days
    public void A_fee_by_months_of_thirty_days_is_the_same_wherever_a_waiver_begins(string from, string paid)
    {
        var loan = SampleLoan.Bullet with
        {
            DrawnOn = new(2024, 12, 30),
            Maturity = new(2025, 12, 30),
            DayCount = DayCount.Thirty360,
            GuaranteeFee = new(Money.FromYuan(10_000_000m), new(0.01m), new(2025, 1, 15), new(2025, 3, 31)),
        };

        var fees = Preview(loan, new(2025, 1, 15), new GuaranteeFeeWaiver { From = Date(from) }).Relief.Totals.Fees;

        Assert.Equal(("21111.11", paid), (fees.WouldHavePaid.ToString(), fees.Paid.ToString()));
    }

    [Fact]
    public void Guarantee_fee_is_capped_then_waived_then_subsidised()
    {
        // 10,000,000 at 1.5% a year for 360 days: 150,000. Cap 0.8%: 80,000. Waived for the first 90 days: 60,000.
        // 0.3% paid for the borrower on the other 270 days: 37,500.
        var loan = SampleLoan.Bullet with { GuaranteeFee = new(Money.FromYuan(10_000_000m), new(0.015m), new(2023, 1, 1), new(2023, 12, 27)) };

        var preview = Preview(loan, new(2023, 1, 1),
            new GuaranteeFeeSubsidy(new(0.003m)), new GuaranteeFeeWaiver { Until = new(2023, 4, 1) }, new GuaranteeFeeCap(new(0.008m)));

        Assert.Equal(Sum(150_000m, 37_500m), preview.Relief.Totals.Fees);
        var line = Assert.Single(preview.Relief.Lines, line => line.Component == ReliefComponent.GuaranteeFee);
        Assert.Equal(["0%", "0.5%"], line.Spans.Select(span => span.After.ToString()));
    }

    [Fact]
    public void The_fee_of_a_bridge_fund_is_waived()
    {
        // 2,000,000 at 7.2% a year for 10 days: 4,000.00.
        var loan = SampleLoan.Bullet with { BridgeFee = new(Money.FromYuan(2_000_000m), new(0.072m), new(2023, 6, 25), new(2023, 7, 5)) };

        Assert.Equal(Sum(4_000m, 0m), Preview(loan, new(2023, 6, 25), new BridgeFeeWaiver()).Relief.Totals.Fees);
    }

    private static ReliefPreview Preview(Loan loan, DateOnly asOf, params LoanChange[] changes) =>
        Assert.IsType<ReliefResult.Worked>(ReliefCalculator.Preview(loan, asOf, changes, China, SamplePolicies.Cap)).Preview;

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");

    private static ReliefSum Sum(decimal wouldHavePaid, decimal paid) => new(Money.FromYuan(wouldHavePaid), Money.FromYuan(paid));
}
