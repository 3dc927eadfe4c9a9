using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;

namespace LoanRelief.Domain.Policies;

/// <summary>Which measures a loan can have on a day, what each saves the borrower, and what has to be done by when.</summary>
public static class Adviser
{
    /// <param name="request">The loan and the day.</param>
    /// <param name="packs">All packs; those not in force on the day are left out.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="policy">The lender's own: its contact rule, its reading of "before maturity", its usual terms.</param>
    public static AdviceResult Advise(AdviceRequest request, IEnumerable<PolicyPack> packs, BusinessCalendar calendar, CasePolicy policy)
    {
        var found = new Findings();
        found.OutOfRange(request.AsOf, LoanRules.EarliestDrawdown, LoanRules.LatestDay, "asOf");
        foreach (var wrong in LoanRules.CheckPart(request.Loan))
            found.Add(wrong);
        if (found.All.Count > 0)
            return new AdviceResult.Refused(found.All);
        return new AdviceResult.Worked(new Work(request, PolicyPacks.InForce(packs, request.AsOf), calendar, policy).Advise());
    }

    private sealed class Work
    {
        private readonly AdviceRequest _request;
        private readonly IReadOnlyList<PolicyPack> _packs;
        private readonly LoanFacts _facts;
        private readonly Entitlements _loan;
        private readonly BusinessDate _contactDeadline;

        public Work(AdviceRequest request, IReadOnlyList<PolicyPack> packs, BusinessCalendar calendar, CasePolicy policy)
        {
            (_request, _packs) = (request, packs);
            _facts = new(request.Loan, request.AsOf, policy.Signature.LastDayOf(request.Loan)) { Lender = request.Lender, Listed = request.Listed, Attested = request.Attested };
            _loan = new(packs, _facts, request.AsOf, policy.Terms, calendar);
            _contactDeadline = MeasureRules.ContactDeadline(packs, _facts, policy.Contact.Rule, calendar);
        }

        public Advice Advise()
        {
            var measures = new List<MeasureAdvice>();
            foreach (var pack in _packs)
            {
                foreach (var measure in pack.Measures)
                    measures.Add(Advise(pack, measure));
            }

            return new()
            {
                AsOf = _request.AsOf,
                Packs = _packs,
                ContactDeadline = _contactDeadline,
                LastDay = _facts.LastDay,
                Measures =
                [
                    .. measures
                        .OrderByDescending(each => each.Applies)
                        .ThenByDescending(each => each.Saves)
                        .ThenBy(each => each.Applies ? 0 : each.Conditions.Count(check => !check.Met)),
                ],
            };
        }

        private MeasureAdvice Advise(PolicyPack pack, PolicyMeasure measure)
        {
            var advice = new MeasureAdvice { Pack = pack, Measure = measure, Conditions = MeasureRules.Check(pack, measure, _facts) };
            foreach (var check in advice.Conditions)
            {
                if (!check.Met)
                    return advice;
            }

            if (measure.Intent is { } kind && _loan.Against(kind, measure.Restricts) is { Count: > 0 } against)
                return advice with { Against = against };
            var changes = _loan.Changes(measure);
            return _loan.WorkOut(changes) switch
            {
                ReliefResult.Worked { Preview: var preview } => advice with
                {
                    Changes = changes,
                    Preview = preview,
                    Saves = preview.Relief.Totals.Total.Relief,
                    Classification = measure.Intent is { } given ? _loan.Classify(given, preview) : null,
                    Steps = Steps(pack, measure),
                },
                ReliefResult.Refused { Reasons: var reasons } => advice with { Against = reasons },
                _ => throw new InvalidOperationException("A preview is worked out or refused."),
            };
        }

        private List<AdviceStep> Steps(PolicyPack pack, PolicyMeasure measure)
        {
            if (measure.Automatic)
                return [new(AdviceStepKind.Grant, null)];
            var until = Earlier(measure.Window?.To, pack.EffectiveUntil);
            if (measure.Intent is null)
                return [new(AdviceStepKind.Ask, until)];
            var lastDay = Earlier(_facts.LastDay, until);
            var steps = new List<AdviceStep>
            {
                new(AdviceStepKind.Contact, _contactDeadline.Date, _contactDeadline.Provisional),
                new(AdviceStepKind.Ask, lastDay),
            };
            if (_request.Loan.Guarantors.Count > 0)
                steps.Add(new(AdviceStepKind.Consent, _facts.LastDay, Who: [.. _request.Loan.Guarantors.Select(guarantor => guarantor.Reference)]));
            steps.Add(new(AdviceStepKind.Sign, _facts.LastDay));
            return steps;
        }

        private static DateOnly? Earlier(DateOnly? a, DateOnly? b) => a is null || b < a ? b ?? a : a;
    }
}
