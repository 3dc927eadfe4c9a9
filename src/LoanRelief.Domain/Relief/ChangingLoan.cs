using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

/// <summary>A loan for which changes are worked out, one set of them or several: how it stands without any is worked out once.</summary>
/// <param name="loan">A loan that <see cref="LoanRules"/> lets pass, as the institution's book stands on <paramref name="asOf"/>.</param>
/// <param name="asOf">The Beijing date; what was due before it is past.</param>
/// <param name="calendar">Working days, for dates that roll.</param>
internal sealed class ChangingLoan(Loan loan, DateOnly asOf, BusinessCalendar calendar)
{
    private readonly RunningLoan _running = RunningLoan.Of(loan, asOf, calendar);
    private PlannedSchedule? _unchanged;

    /// <inheritdoc cref="ReliefCalculator.Preview"/>
    public ReliefResult Preview(IReadOnlyList<LoanChange> changes, ExtensionCap? cap)
    {
        if (new ChangeRules(loan, _running, asOf, changes, calendar, cap).Check() is { Count: > 0 } reasons)
            return new ReliefResult.Refused(reasons);
        return _running.IsOverdue ? new ReliefResult.Worked(OfOverdue(changes)) : OfRunning(changes);
    }

    private ReliefResult OfRunning(IReadOnlyList<LoanChange> changes)
    {
        var deferral = changes.OfType<Deferral>().FirstOrDefault();
        var cut = changes.OfType<RateCut>().FirstOrDefault();
        var undeferred = WithoutDeferral(changes);
        var plan = deferral is null ? undeferred : undeferred.Deferred(_running.PastRows, loan.OutstandingNotInArrears, deferral, calendar);
        if (ChangeRules.OutsidePlan(changes, cut, asOf, plan) is { Count: > 0 } outside)
            return new ReliefResult.Refused(outside);
        var renewal = plan.Renewal;
        // Arrears are owed at once and no change puts them off; only a new loan settles them with the rest.
        var outstanding = renewal is null ? loan.OutstandingNotInArrears : loan.Outstanding;
        var planned = Plan(changes, plan, cut, outstanding);
        // No answer is better than one that loses principal.
        if (!planned.Schedule.Repays(outstanding))
            return new ReliefResult.Refused([new Refusal("does-not-foot", "changes")]);
        var spared = deferral is null ? [] : PenaltyInterest.SparedByDeferral(loan, undeferred, plan);
        var contract = renewal?.Rate ?? loan.Rate;
        return new ReliefResult.Worked(new()
        {
            AsOf = asOf,
            Changes = changes,
            Before = _running.Schedule,
            After = planned.Schedule with { PrincipalArrears = loan.Outstanding - outstanding, InterestArrears = loan.InterestArrears },
            NewMaturity = plan.Terms.Maturity,
            NewRate = cut is null ? contract : Cut(contract, cut),
            Relief = new([.. planned.Interest, .. Waived(changes), .. spared, .. FeeRelief.Lines(loan, asOf, changes)]),
            Rebates = planned.Rebates,
            Renewal = renewal,
        });
    }

    /// <summary>Nothing runs any more, so that only penalty interest and fees are left to relieve.</summary>
    private ReliefPreview OfOverdue(IReadOnlyList<LoanChange> changes) => new()
    {
        AsOf = asOf,
        Changes = changes,
        Before = _running.Schedule,
        After = _running.Schedule,
        NewMaturity = loan.Maturity,
        NewRate = loan.Rate,
        Relief = new([.. Waived(changes), .. FeeRelief.Lines(loan, asOf, changes)]),
    };

    private RepaymentPlan WithoutDeferral(IReadOnlyList<LoanChange> changes)
    {
        foreach (var change in changes)
        {
            switch (change)
            {
                case Extension extension:
                    return RepaymentPlan.Extended(_running, loan.OutstandingNotInArrears, extension, calendar);
                case Renewal renewal:
                    return RepaymentPlan.Renewed(loan, _running, renewal, calendar);
            }
        }

        return RepaymentPlan.AsAgreed(_running);
    }

    /// <summary>The plan at the rates of its time; changes of fees and penalty interest alone leave it as it was agreed.</summary>
    private PlannedSchedule Plan(IReadOnlyList<LoanChange> changes, RepaymentPlan plan, RateCut? cut, Money outstanding)
    {
        foreach (var change in changes)
        {
            if (change is Deferral or Extension or Renewal or RateCut)
                return AtRates(plan, cut, outstanding);
        }

        return _unchanged ??= AtRates(plan, null, outstanding);
    }

    private PlannedSchedule AtRates(RepaymentPlan plan, RateCut? cut, Money outstanding)
    {
        var rates = RateTimeline.Of(
            loan.Rate,
            plan.Renewal is { } renewal ? (renewal.DrawnOn, renewal.Rate) : null,
            cut is null ? null : (cut.From ?? asOf, cut.Until ?? DateOnly.MaxValue, rate => Cut(rate, cut)));
        return PlannedSchedule.Of(plan, outstanding, rates, cut?.Mode ?? RateCutMode.DirectDeduction);
    }

    private IEnumerable<ReliefLine> Waived(IReadOnlyList<LoanChange> changes) =>
        changes.OfType<PenaltyWaiver>().SelectMany(waiver => PenaltyInterest.Waived(loan, _running, asOf, waiver, calendar));

    private static Rate Cut(Rate rate, RateCut cut) =>
        cut.NewRate ?? rate.CutBy(cut.Share!.Value);
}
