using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

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
        if (LoanRules.Check(request.Loan) is { Count: > 0 } wrong)
            return new AdviceResult.Refused([.. wrong.Select(each => each with { Field = $"loan.{each.Field}" })]);
        return new AdviceResult.Worked(new Work(request, PolicyPacks.InForce(packs, request.AsOf), calendar, policy).Advise());
    }

    private sealed class Work(AdviceRequest request, IReadOnlyList<PolicyPack> packs, BusinessCalendar calendar, CasePolicy policy)
    {
        private readonly LoanFacts _facts = new(request.Loan, request.AsOf, policy.Signature.LastDayOf(request.Loan))
        {
            Lender = request.Lender,
            Attested = request.Attested,
        };

        private RunningLoan? _running;
        private BusinessDate _contactDeadline;

        public Advice Advise()
        {
            _contactDeadline = MeasureRules.ContactDeadline(packs, _facts, policy.Contact.Rule, calendar);
            var measures = new List<MeasureAdvice>();
            foreach (var pack in packs)
            {
                foreach (var measure in pack.Measures)
                    measures.Add(Advise(pack, measure));
            }

            return new()
            {
                AsOf = request.AsOf,
                Packs = [.. packs.Select(pack => pack.Reference)],
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

            if (measure.Intent is { } kind && Forbidden(measure, kind) is { Count: > 0 } against)
                return advice with { Against = against };
            var changes = MeasureRules.Changes(packs, measure, _facts, policy.Terms);
            return WorkOut(measure, changes) switch
            {
                ReliefResult.Worked { Preview: var preview } => advice with
                {
                    Changes = changes,
                    Preview = preview,
                    Saves = preview.Relief.Totals.Total.Relief,
                    Classification = measure.Intent is { } given ? ClassificationGuard.Facts(packs, _facts, given, preview) : null,
                    Steps = Steps(pack, measure),
                },
                ReliefResult.Refused { Reasons: var reasons } => advice with { Against = reasons },
                _ => throw new InvalidOperationException("A preview is worked out or refused."),
            };
        }

        /// <summary>What the case would not take: too late, or ruled out by the measures that restrict the kind.</summary>
        private IReadOnlyList<Refusal> Forbidden(PolicyMeasure measure, IntentKind kind)
        {
            var inTime = new AskedBeforeMaturity().Check(_facts);
            return !inTime.Met ? [inTime.ToRefusal()]
                : measure.Restricts ? []
                : MeasureRules.RuledOut(packs, kind, _facts);
        }

        private ReliefResult WorkOut(PolicyMeasure measure, IReadOnlyList<LoanChange> changes)
        {
            // The same loan for every measure, so the schedule before is worked out once.
            _running ??= RunningLoan.Of(request.Loan, request.AsOf, calendar);
            var cap = measure.Intent == IntentKind.Extend ? MeasureRules.ExtensionCap(packs, _facts) : null;
            return ReliefCalculator.Preview(request.Loan, _running, request.AsOf, changes, calendar, cap);
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
            if (request.Loan.Guarantors.Count > 0)
                steps.Add(new(AdviceStepKind.Consent, _facts.LastDay, Who: [.. request.Loan.Guarantors.Select(guarantor => guarantor.Reference)]));
            steps.Add(new(AdviceStepKind.Sign, _facts.LastDay));
            return steps;
        }

        private static DateOnly? Earlier(DateOnly? a, DateOnly? b) => a is null || b < a ? b ?? a : a;
    }
}
