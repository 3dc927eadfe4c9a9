using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

/// <summary>Which changes are possible for a loan on a day, alone and together.</summary>
/// <param name="loan">A loan that <see cref="LoanRules"/> lets pass.</param>
/// <param name="running">The same loan on that day.</param>
/// <param name="asOf">The day.</param>
/// <param name="changes">What is asked for.</param>
/// <param name="calendar">Working days.</param>
/// <param name="cap">How far an extension may go, where there is a limit.</param>
internal sealed class ChangeRules(
    Loan loan, RunningLoan running, DateOnly asOf, IReadOnlyList<LoanChange> changes, BusinessCalendar calendar, ExtensionCap? cap)
{
    private readonly Findings _found = new();

    public IReadOnlyList<Refusal> Check()
    {
        if (asOf < loan.DrawnOn)
            _found.Add(new Refusal("before-drawdown", "asOf").With("value", asOf).With("drawnOn", loan.DrawnOn));
        else
            _found.OutOfRange(asOf, loan.DrawnOn, LoanRules.LatestDay, "asOf");
        _found.When(loan.IsSettled, "loan-settled", "loan.outstanding");
        for (var i = 0; i < loan.PrincipalArrears.Count; i++)
            _found.OutOfRange(loan.PrincipalArrears[i].DueDate, loan.DrawnOn, asOf, $"loan.principalArrears[{i}].dueDate");
        _found.When(changes.Count == 0, "required", "changes");
        for (var i = 0; i < changes.Count; i++)
            CheckAlone(changes[i], i);
        // Whether changes go together, and where they lead, is worked out only of changes that are sound by themselves.
        if (_found.All.Count == 0)
            CheckTogether();
        return _found.All;
    }

    /// <summary>A cut that relieves of no interest in the plan that the changes make.</summary>
    /// <remarks>Interest of earlier periods has been collected; a cut can begin with the period that runs.</remarks>
    public static IReadOnlyList<Refusal> OutsidePlan(IReadOnlyList<LoanChange> changes, RateCut? cut, DateOnly asOf, RepaymentPlan plan)
    {
        var found = new Findings();
        if (cut is null)
            return found.All;
        var field = $"changes[{changes.ToList().IndexOf(cut)}]";
        var (first, afterLast) = (plan.Periods[0].From, plan.Periods[^1].To);
        // Left out, it begins today, which may lie before a first period that begins tomorrow.
        found.OutOfRange(cut.From ?? Later(asOf, first), first, afterLast.AddDays(-1), $"{field}.from");
        if (cut.Until <= first)
            found.Add(new Refusal("end-not-after-start", $"{field}.until").With("value", cut.Until.Value).With("than", first));
        return found.All;
    }

    private void CheckAlone(LoanChange? change, int index)
    {
        var field = $"changes[{index}]";
        if (change is null)
        {
            _found.Add("required", field);
            return;
        }

        _found.When(changes.Take(index).Any(earlier => earlier?.GetType() == change.GetType()), "duplicate-change", field);
        if (running.IsOverdue && change is Deferral or Extension or Renewal or RateCut)
        {
            _found.Add(new Refusal("maturity-passed", field).With("maturity", loan.Maturity));
            return;
        }

        switch (change)
        {
            case Deferral deferral:
                Check(deferral, field);
                break;
            case Extension extension:
                CheckMaturity(extension.NewMaturity, $"{field}.newMaturity");
                if (cap?.Check(loan, extension.NewMaturity, $"{field}.newMaturity") is { } beyond)
                    _found.Add(beyond);
                break;
            case Renewal renewal:
                Check(renewal, field);
                break;
            case RateCut cut:
                Check(cut, field);
                break;
            case PenaltyWaiver waiver:
                _found.Share(waiver.Share, $"{field}.share");
                _found.When(!running.Late(loan, asOf, calendar).Any() && !changes.Any(other => other is Deferral), "no-penalty-to-waive", field);
                break;
            case FeeChange fee:
                Check(fee, field);
                break;
        }
    }

    private void Check(Deferral deferral, string field)
    {
        _found.Unknown(deferral.Part, $"{field}.part");
        _found.Unknown(deferral.Term, $"{field}.term");
        _found.Unknown(deferral.Interest, $"{field}.interest");
        if (ExactlyOne(deferral.Months is null, deferral.Until is null, "months, until", field))
            return;
        if (deferral.Months is { } months)
        {
            if (!_found.OutOfRange(months, 0, 120, $"{field}.months") && loan.RepaymentMethod != RepaymentMethod.Bullet && months % loan.PeriodMonths != 0)
                _found.Add(new Refusal("not-whole-periods", $"{field}.months").With("value", months).With("periodMonths", loan.PeriodMonths));
        }
        else if (deferral.Until is { } until)
        {
            _found.OutOfRange(until, asOf, LoanRules.LatestMaturity(loan), $"{field}.until");
        }

        _found.When(loan.RepaymentMethod == RepaymentMethod.Bullet && deferral is { Part: DeferredPart.PrincipalAndInterest, Interest: DeferredInterest.Capitalise },
            "nothing-follows-deferral", $"{field}.interest");
    }

    private void Check(Renewal renewal, string field)
    {
        CheckMaturity(renewal.NewMaturity, $"{field}.newMaturity");
        var lastDay = running.Periods[^1].PayBy.Date;
        var on = renewal.On ?? lastDay;
        _found.OutOfRange(on, Later(asOf, running.Periods[0].From), lastDay, $"{field}.on");
        // A maturity on a day off may be settled days after it.
        if (renewal.NewMaturity > loan.Maturity && renewal.NewMaturity <= on)
            _found.Add(new Refusal("maturity-not-after-drawdown", $"{field}.newMaturity").With("value", renewal.NewMaturity).With("than", on));
        _found.When(renewal.NewLoanNumber == loan.Number, "renews-itself", $"{field}.newLoanNumber");
        if (renewal.Rate is { } rate)
            _found.Rate(rate, $"{field}.rate");
        if (renewal.RepaymentMethod is { } method)
            _found.Unknown(method, $"{field}.repaymentMethod");
    }

    private void Check(RateCut cut, string field)
    {
        _found.Unknown(cut.Mode, $"{field}.mode");
        CheckTime(cut.From, cut.Until, field);
        if (ExactlyOne(cut.Share is null, cut.NewRate is null, "share, newRate", field))
            return;
        if (cut.Share is { } share)
            _found.Share(share, $"{field}.share");
        if (cut.NewRate is not { } rate)
            return;
        var contract = changes.OfType<Renewal>().FirstOrDefault()?.Rate is { } renewed && renewed < loan.Rate ? renewed : loan.Rate;
        _found.Rate(rate, $"{field}.newRate");
        if (rate >= contract)
            _found.Add(new Refusal("cut-not-below-rate", $"{field}.newRate").With("value", rate).With("rate", contract));
    }

    private void Check(FeeChange change, string field)
    {
        CheckTime(change.From, change.Until, field);
        var fee = FeeRelief.IsOfGuarantee(change) ? loan.GuaranteeFee : loan.BridgeFee;
        if (fee is null)
        {
            _found.Add(FeeRelief.IsOfGuarantee(change) ? "no-guarantee-fee" : "no-bridge-fee", field);
            return;
        }

        if ((change.From ?? asOf) >= fee.To || change.Until <= fee.From)
            _found.Add(new Refusal("outside-fee-period", field).With("from", fee.From).With("to", fee.To));
        switch (change)
        {
            case GuaranteeFeeCap { Cap: var highest } when highest >= fee.Rate:
                _found.Add(new Refusal("cut-not-below-rate", $"{field}.cap").With("value", highest).With("rate", fee.Rate));
                break;
            case GuaranteeFeeWaiver { Share: var share }:
                _found.Share(share, $"{field}.share");
                break;
            case BridgeFeeWaiver { Share: var share }:
                _found.Share(share, $"{field}.share");
                break;
            case GuaranteeFeeSubsidy { Subsidy: var subsidy }:
                _found.When(subsidy == Rate.Zero, "not-positive", $"{field}.subsidy");
                break;
        }
    }

    private void CheckTogether()
    {
        var deferral = changes.OfType<Deferral>().FirstOrDefault();
        var extension = changes.OfType<Extension>().FirstOrDefault();
        var renewal = changes.OfType<Renewal>().FirstOrDefault();
        LoanChange? besideRenewal = deferral is null ? extension : deferral;
        if (renewal is not null && besideRenewal is not null)
            Conflict(renewal, besideRenewal);
        else if (deferral is { Term: DeferralTerm.Lengthen } && extension is not null)
            Conflict(deferral, extension);
        else if (deferral is not null)
            CheckShape(deferral, extension?.NewMaturity ?? loan.Maturity, $"changes[{IndexOf(deferral)}]");
    }

    /// <summary>That there is something to defer, and dates to which it can move.</summary>
    private void CheckShape(Deferral deferral, DateOnly maturity, string field)
    {
        var terms = running.Terms.MaturingOn(maturity);
        var shape = DeferralShape.Of(deferral, terms, running.PastRows);
        var rows = maturity == loan.Maturity ? running.Periods.Length : new DueDates(terms).Count - running.PastRows;
        var paysPrincipalBefore = InterestMath.CountsMonths(loan.RepaymentMethod);
        if (deferral.Months == 0)
            return;
        if (shape.Maturity > LoanRules.LatestMaturity(loan))
            _found.Add(new Refusal("term-too-long", field).With("value", shape.Maturity).With("years", LoanRules.MaximumTermYears));
        else if (deferral.Term == DeferralTerm.Keep && (shape.Rows >= rows || deferral.Until > maturity))
            _found.Add(new Refusal("deferral-to-maturity", field).With("maturity", maturity));
        else if (shape.Rows == 0 && shape.Maturity == maturity)
            _found.Add("nothing-to-defer", field);
        else if (shape.Maturity == maturity && !paysPrincipalBefore && deferral.Part == DeferredPart.Principal)
            _found.Add("nothing-to-defer", field);
    }

    private void CheckMaturity(DateOnly maturity, string field)
    {
        if (maturity <= loan.Maturity)
            _found.Add(new Refusal("maturity-not-later", field).With("value", maturity).With("maturity", loan.Maturity));
        else if (maturity > LoanRules.LatestMaturity(loan))
            _found.Add(new Refusal("term-too-long", field).With("value", maturity).With("years", LoanRules.MaximumTermYears));
    }

    private void CheckTime(DateOnly? from, DateOnly? until, string field)
    {
        if (until <= (from ?? asOf))
            _found.Add(new Refusal("end-not-after-start", $"{field}.until").With("value", until.Value).With("than", from ?? asOf));
    }

    private bool ExactlyOne(bool firstMissing, bool secondMissing, string names, string field)
    {
        if (firstMissing != secondMissing)
            return false;
        _found.Add(new Refusal("exactly-one-of", field).With("fields", names));
        return true;
    }

    private void Conflict(LoanChange change, LoanChange other)
    {
        var (first, second) = (IndexOf(change), IndexOf(other));
        _found.Add(new Refusal("conflicting-changes", $"changes[{Math.Max(first, second)}]").With("other", $"changes[{Math.Min(first, second)}]"));
    }

    private int IndexOf(LoanChange change) => changes.ToList().FindIndex(each => ReferenceEquals(each, change));

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
