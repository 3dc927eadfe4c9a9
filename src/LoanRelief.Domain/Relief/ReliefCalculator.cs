using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

/// <summary>Works out what changes do to a loan, without making them.</summary>
public static class ReliefCalculator
{
    /// <summary>The schedules before and after the changes and the relief, or everything that speaks against them.</summary>
    /// <param name="loan">As the institution's book stands on <paramref name="asOf"/>.</param>
    /// <param name="asOf">The Beijing date; what was due before it is past.</param>
    /// <param name="changes">At least one, at most one of each kind, in any order.</param>
    /// <param name="calendar">Working days, for dates that roll.</param>
    /// <param name="cap">How far an extension may go; null for as far as a loan can run.</param>
    public static ReliefResult Preview(
        Loan loan, DateOnly asOf, IReadOnlyList<LoanChange> changes, BusinessCalendar calendar, ExtensionCap? cap)
    {
        if (LoanRules.Check(loan) is { Count: > 0 } wrong)
            return new ReliefResult.Refused([.. wrong.Select(each => each with { Field = $"loan.{each.Field}" })]);
        return Preview(loan, RunningLoan.Of(loan, asOf, calendar), asOf, changes, calendar, cap);
    }

    /// <summary>The same for a loan that has been checked and whose schedule is known, so that several previews share it.</summary>
    internal static ReliefResult Preview(
        Loan loan, RunningLoan running, DateOnly asOf, IReadOnlyList<LoanChange> changes, BusinessCalendar calendar, ExtensionCap? cap)
    {
        if (new ChangeRules(loan, running, asOf, changes, calendar, cap).Check() is { Count: > 0 } reasons)
            return new ReliefResult.Refused(reasons);
        return running.IsOverdue
            ? new ReliefResult.Worked(OfOverdue(loan, running, asOf, changes, calendar))
            : OfRunning(loan, running, asOf, changes, calendar);
    }

    private static ReliefResult OfRunning(
        Loan loan, RunningLoan running, DateOnly asOf, IReadOnlyList<LoanChange> changes, BusinessCalendar calendar)
    {
        var deferral = changes.OfType<Deferral>().FirstOrDefault();
        var cut = changes.OfType<RateCut>().FirstOrDefault();
        var undeferred = WithoutDeferral(loan, running, changes, calendar);
        var plan = deferral is null ? undeferred : undeferred.Deferred(running.PastRows, loan.OutstandingNotInArrears, deferral, calendar);
        if (ChangeRules.OutsidePlan(changes, cut, asOf, plan) is { Count: > 0 } outside)
            return new ReliefResult.Refused(outside);
        var renewal = plan.Renewal;
        var rates = RateTimeline.Of(
            loan.Rate,
            renewal is null ? null : (renewal.DrawnOn, renewal.Rate),
            cut is null ? null : (cut.From ?? asOf, cut.Until ?? DateOnly.MaxValue, rate => Cut(rate, cut)));
        // Arrears are owed at once and no change puts them off; only a new loan settles them with the rest.
        var outstanding = renewal is null ? loan.OutstandingNotInArrears : loan.Outstanding;
        var planned = PlannedSchedule.Of(plan, outstanding, rates, cut?.Mode ?? RateCutMode.DirectDeduction);
        // No answer is better than one that loses principal.
        if (!planned.Schedule.Repays(outstanding))
            return new ReliefResult.Refused([new Refusal("does-not-foot", "changes")]);
        var spared = deferral is null ? [] : PenaltyInterest.SparedByDeferral(loan, undeferred, plan);
        var contract = renewal?.Rate ?? loan.Rate;
        return new ReliefResult.Worked(new()
        {
            AsOf = asOf,
            Changes = changes,
            Before = running.Schedule,
            After = planned.Schedule with { PrincipalArrears = loan.Outstanding - outstanding, InterestArrears = loan.InterestArrears },
            NewMaturity = plan.Terms.Maturity,
            NewRate = cut is null ? contract : Cut(contract, cut),
            Relief = new([.. planned.Interest, .. Waived(loan, running, asOf, changes, calendar), .. spared, .. FeeRelief.Lines(loan, asOf, changes)]),
            Rebates = planned.Rebates,
            Renewal = renewal,
        });
    }

    /// <summary>Nothing runs any more, so that only penalty interest and fees are left to relieve.</summary>
    private static ReliefPreview OfOverdue(Loan loan, RunningLoan running, DateOnly asOf, IReadOnlyList<LoanChange> changes, BusinessCalendar calendar) => new()
    {
        AsOf = asOf,
        Changes = changes,
        Before = running.Schedule,
        After = running.Schedule,
        NewMaturity = loan.Maturity,
        NewRate = loan.Rate,
        Relief = new([.. Waived(loan, running, asOf, changes, calendar), .. FeeRelief.Lines(loan, asOf, changes)]),
    };

    private static IEnumerable<ReliefLine> Waived(
        Loan loan, RunningLoan running, DateOnly asOf, IReadOnlyList<LoanChange> changes, BusinessCalendar calendar) =>
        changes.OfType<PenaltyWaiver>().SelectMany(waiver => PenaltyInterest.Waived(loan, running, asOf, waiver, calendar));

    private static RepaymentPlan WithoutDeferral(Loan loan, RunningLoan running, IReadOnlyList<LoanChange> changes, BusinessCalendar calendar)
    {
        foreach (var change in changes)
        {
            switch (change)
            {
                case Extension extension:
                    return RepaymentPlan.Extended(running, loan.OutstandingNotInArrears, extension, calendar);
                case Renewal renewal:
                    return RepaymentPlan.Renewed(loan, running, renewal, calendar);
            }
        }

        return RepaymentPlan.AsAgreed(running);
    }

    private static Rate Cut(Rate rate, RateCut cut) =>
        cut.NewRate ?? rate.CutBy(cut.Share!.Value);
}
