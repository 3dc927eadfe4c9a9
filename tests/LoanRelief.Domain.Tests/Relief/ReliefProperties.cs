using CsCheck;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Relief;

public class ReliefProperties
{
    private static readonly BusinessCalendar China = BusinessCalendar.China;

    [Fact]
    public void Any_changes_are_refused_with_reasons_or_foot_in_every_sum() =>
        ChangeGen.Any.SamplePreviews(atLeast: 0.5, Foots, refusedAtLeast: 0.3);

    [Fact]
    public void Changes_that_suit_a_loan_foot_in_every_sum() => ChangeGen.Fitting.SamplePreviews(atLeast: 0.99, Foots);

    [Fact]
    public void No_deferral_and_no_extension_brings_a_payment_forward() =>
        ChangeGen.Fitting.Where((loan, asOf, changes) => !changes.Any(each => each is Renewal))
            .SamplePreviews(atLeast: 0.99, (_, preview) => BringsNothingForward(preview));

    [Fact]
    public void At_the_ends_of_months_every_change_foots_and_nothing_comes_forward() =>
        ChangeGen.AtMonthEnds.SamplePreviews(atLeast: 1, (loan, preview) => Foots(loan, preview) && BringsNothingForward(preview));

    [Fact]
    public void Between_a_maturity_on_a_day_off_and_its_day_of_payment_every_change_foots_and_nothing_comes_forward() =>
        ChangeGen.BetweenMaturityAndPayment.SamplePreviews(atLeast: 0.99, (loan, preview) => Foots(loan, preview) && (preview.Renewal is not null || BringsNothingForward(preview)));

    /// <summary>Where a last period joins the one before it, the last two payments meet.</summary>
    [Fact]
    public void A_longer_term_leaves_each_payment_its_amount() =>
        Gen.OneOf(ChangeGen.Fitting, ChangeGen.AtMonthEnds).Where((loan, asOf, changes) => changes.Any(each => each is Deferral { Term: DeferralTerm.Lengthen }))
            .SamplePreviews(atLeast: 0.99, (_, preview) =>
            {
                var before = preview.Before.Instalments.Select(row => row.Principal).Where(each => !each.IsZero).ToList();
                var after = preview.After.Instalments.Select(row => row.Principal).Where(each => !each.IsZero).ToList();
                return preview.After.Capitalised.IsPositive || after.SequenceEqual(before)
                    || after.SequenceEqual([.. before.SkipLast(2), before[^2] + before[^1]]);
            });

    [Fact]
    public void Nothing_that_is_deferred_is_paid_before_the_deferral_ends() =>
        Gen.OneOf(ChangeGen.Fitting, ChangeGen.AtMonthEnds).Where((loan, asOf, changes) => changes.Any(each => each is Deferral))
            .SamplePreviews(atLeast: 0.99, (loan, preview) =>
            {
                var deferral = preview.Changes.OfType<Deferral>().Single();
                var rows = preview.After.Instalments.SkipLast(1).ToList();
                var deferred = loan.RepaymentMethod == RepaymentMethod.Bullet ? 1
                    : deferral.Months / loan.PeriodMonths ?? rows.Count(row => row.DueDate < deferral.Until);
                return rows.Take(deferred).All(row => deferral.Part == DeferredPart.Principal ? row.Principal.IsZero : row.Total.IsZero);
            });

    /// <summary>Principal × days by which it is paid later, summed up the other way round: by payment instead of by stretch of time.</summary>
    [Fact]
    public void The_penalty_that_a_longer_term_spares_is_for_each_payment_and_each_day_that_it_moves() =>
        ChangeGen.Lengthening.Where((loan, asOf, changes) => loan.DayCount != DayCount.Thirty360 && loan.PenaltyUplift > 0)
            .SamplePreviews(atLeast: 0.99, (_, preview) =>
            {
                var spared = preview.Relief.Lines.Where(line => line is { Component: ReliefComponent.Penalty, Instalment: null })
                    .Sum(line => (decimal)line.Amount.Fen * (line.Spans[0].To.DayNumber - line.Spans[0].From.DayNumber));
                return preview.After.Capitalised.IsPositive || spared == FenDays(preview.After) - FenDays(preview.Before);

                static decimal FenDays(Schedule schedule) => schedule.Instalments.Sum(row => (decimal)row.Principal.Fen * row.PayBy.DayNumber);
            });

    [Fact]
    public void A_deferral_by_no_months_is_the_identity() =>
        Gen.Select(LoanGen.Running, ChangeGen.Deferral).Where((running, _) => !IsOverdue(running)).Sample((running, deferral) =>
        {
            var none = deferral with { Months = 0, Until = null, Interest = deferral.Interest == DeferredInterest.Capitalise ? DeferredInterest.Spread : deferral.Interest };
            var preview = Worked(running, none);
            return preview.After.Instalments.SequenceEqual(preview.Before.Instalments)
                && preview.NewMaturity == running.Loan.Maturity
                && preview.Relief.Totals.Total.Relief.IsZero;
        });

    [Fact]
    public void A_deduction_and_a_rebate_relieve_of_the_same_and_rebates_reconcile() =>
        Gen.Select(LoanGen.Running, Gen.Int[1, 1000]).Where((running, _) => running.AsOf < running.Loan.Maturity).Sample((running, thousandths) =>
        {
            var cut = new RateCut { Share = thousandths / 1000m };
            var deducted = Worked(running, cut);
            var rebated = Worked(running, cut with { Mode = RateCutMode.RebateAfterCollection });
            return deducted.Relief.Totals == rebated.Relief.Totals
                && rebated.After.Instalments.SequenceEqual(rebated.Before.Instalments)
                && rebated.After.TotalInterest - rebated.Rebates.Sum(each => each.Rebate) == deducted.After.TotalInterest
                && rebated.Rebates.Sum(each => each.Rebate) == rebated.Relief.Totals.Interest.Relief;
        });

    [Fact]
    public void A_cut_rate_never_exceeds_its_ceiling_and_lies_within_one_stored_digit_of_it() =>
        Gen.Select(Gen.Int[0, 360_000], Gen.Int[0, 10_000]).Sample((millionths, tenThousandths) =>
        {
            var (rate, share) = (new Rate(millionths / 1_000_000m), tenThousandths / 10_000m);
            var ceiling = rate.Fraction * (1m - share);
            var cut = rate.CutBy(share).Fraction;
            return cut <= ceiling && ceiling - cut < 0.000001m;
        });

    /// <summary>
    /// Not on a day on which something is due: there the book is read by the contract's schedule, which an extension
    /// replaces. Nor with a stop so soon after a date of the series that it takes that date in, and stays a due date; nor
    /// with one that rolls because it is a maturity, and keeps its day of payment.
    /// </summary>
    [Fact]
    public void Two_extensions_give_what_one_gives() =>
        Gen.Select(LoanGen.Running, Gen.Int[1, 400], Gen.Int[1, 400]).Where((running, first, _) => !IsOverdue(running) && !IsDue(running) && !TakesInADate(running.Loan, running.Loan.Maturity.AddDays(first)) && !KeepsItsRoll(running.Loan, running.Loan.Maturity.AddDays(first))).Sample((running, first, second) =>
        {
            var (once, halfway) = (running.Loan.Maturity.AddDays(first + second), running.Loan.Maturity.AddDays(first));
            var twice = (running.Loan with { Maturity = halfway, OriginalMaturity = running.Loan.Maturity }, running.AsOf);
            return Worked(running, new Extension(once)).After.Instalments.SequenceEqual(Worked(twice, new Extension(once)).After.Instalments);
        });

    /// <summary>Where all principal is due at maturity and interest goes on, a deferral only moves the maturity. As above, not with a stop that keeps its day of payment.</summary>
    [Fact]
    public void Two_deferrals_of_the_principal_of_an_interest_only_loan_give_what_one_gives() =>
        Gen.Select(LoanGen.Loan, Gen.Int[1, 12], Gen.Int[1, 6], Gen.Int[1, 6]).Sample((any, periods, first, second) =>
        {
            var months = any.PeriodMonths;
            var loan = any with { RepaymentMethod = RepaymentMethod.InterestThenPrincipal, Maturity = any.DrawnOn.AddMonths(periods * months) };
            var once = Worked((loan, loan.DrawnOn), new Deferral((first + second) * months));
            var halfway = Worked((loan, loan.DrawnOn), new Deferral(first * months));
            if (KeepsItsRoll(loan, halfway.NewMaturity))
                return true;
            var twice = Worked((loan with { Maturity = halfway.NewMaturity, OriginalMaturity = loan.Maturity }, loan.DrawnOn), new Deferral(second * months));
            return once.NewMaturity == twice.NewMaturity && once.After.Instalments.SequenceEqual(twice.After.Instalments);
        });

    private static bool BringsNothingForward(ReliefPreview preview) =>
        preview.Before.Instalments.Zip(preview.After.Instalments).All(rows =>
            rows.First.Number == rows.Second.Number && rows.First.DueDate <= rows.Second.DueDate && rows.First.PayBy <= rows.Second.PayBy);

    private static bool KeepsItsRoll(Loan loan, DateOnly day) =>
        loan.HolidayRule == HolidayRule.RollMaturity && China.NextWorkingDayOnOrAfter(day) != new BusinessDate(day, false);

    private static bool TakesInADate(Loan loan, DateOnly maturity) =>
        loan.RepaymentMethod != RepaymentMethod.Bullet
        && Enumerable.Range(0, 100).SelectMany(i => new[] { loan.DrawnOn, loan.FirstDueDate ?? loan.DrawnOn }.Select(anchor => anchor.AddMonths(i * loan.PeriodMonths)))
            .Any(date => date < maturity && date.AddDays(loan.ShortestLastPeriodDays) > maturity);

    private static bool Foots(Loan loan, ReliefPreview preview)
    {
        var rows = preview.After.Instalments;
        var totals = preview.Relief.Totals;
        var rebated = preview.Rebates.Sum(each => each.Rebate);
        var isOverdue = preview.Before == preview.After;
        var days = preview.Relief.Lines.Where(line => line.Component == ReliefComponent.Interest).SelectMany(line => line.Spans).ToList();
        return preview.After.Repays(loan.Outstanding - preview.After.PrincipalArrears)
            && rows.Zip(rows.Skip(1)).All(pair => pair.First.Number + 1 == pair.Second.Number)
            && days.Zip(days.Skip(1)).All(pair => pair.First.To == pair.Second.From)
            && (isOverdue || rows.All(row => row.PayBy >= preview.AsOf))
            && preview.After.PrincipalArrears == (preview.Renewal is null ? loan.PrincipalArrears.Sum(each => each.Amount) : Money.Zero)
            && preview.After.TotalPrincipal + preview.After.PrincipalArrears == loan.Outstanding + preview.After.Capitalised
            && rows[^1].Balance.IsZero
            && rows.All(row => !row.Principal.IsNegative && !row.Interest.IsNegative && !row.Carried.IsNegative && row.Interest >= row.Carried)
            && rows.Zip(rows.Skip(1)).All(pair => pair.First.DueDate < pair.Second.DueDate && pair.First.PayBy <= pair.Second.PayBy)
            && rows.Sum(row => row.Deferred) == rows.Sum(row => row.Carried) + preview.After.Capitalised
            && preview.Relief.Lines.All(line => !line.Relief.IsNegative && !line.Paid.IsNegative)
            && preview.Relief.Lines.Sum(line => line.Relief) == totals.Total.Relief
            && totals.Total.Relief == totals.Interest.Relief + totals.Penalty.Relief + totals.Fees.Relief
            && (isOverdue || totals.Interest.Paid == preview.After.TotalInterest + preview.After.Capitalised - rebated)
            && preview.NewMaturity >= loan.Maturity
            && preview.LastDueDate == preview.NewMaturity;
    }

    private static bool IsDue((Loan Loan, DateOnly AsOf) running) =>
        ScheduleCalculator.For(ScheduleTerms.Of(running.Loan), China).Instalments.Any(row => row.DueDate <= running.AsOf && running.AsOf <= row.PayBy);

    private static bool IsOverdue((Loan Loan, DateOnly AsOf) running) => running.AsOf > running.Loan.Maturity;

    private static ReliefPreview Worked((Loan Loan, DateOnly AsOf) running, params LoanChange[] changes) =>
        ((ReliefResult.Worked)ReliefCalculator.Preview(running.Loan, running.AsOf, changes, China, PreviewSampling.NoCap)).Preview;
}
