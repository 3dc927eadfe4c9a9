using System.Globalization;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>Decides on a request: under which measures it comes, whether their conditions are met, and on which terms it is given.</summary>
/// <remarks>
/// Under the measure of the kind that is named, else under the first that applies, else on the lender's own terms. Automatic
/// measures (免申即享) that apply are given besides, in the order of the packs: what they change that was not asked for
/// otherwise, where it goes together with the rest.
/// </remarks>
/// <inheritdoc cref="Entitlements"/>
internal sealed class Granting(IReadOnlyList<PolicyPack> packs, LoanFacts facts, DateOnly on, TermsPolicy usual, BusinessCalendar calendar)
{
    private readonly Entitlements _loan = new(packs, facts, on, usual, calendar);

    public Grant Decide(ReliefRequest request)
    {
        if (LoanRules.CheckPart(facts.Loan) is { Count: > 0 } wrong)
            return new Grant.Impossible(wrong);
        var named = new NamedMeasures(packs, request);
        if (named.Wrong is { Count: > 0 } wrongly)
            return new Grant.Impossible(wrongly);

        var looked = (named.Main is null ? named.All.Concat(MeasureRules.Of(packs, request.Kind)) : named.All)
            .Select(each => (Held: each, Checks: MeasureRules.Check(each.Pack, each.Measure, facts)))
            .ToList();
        IReadOnlyList<MeasureCheck> record = [.. looked.Select(each => MeasureCheck.Of(each.Held, each.Checks))];
        List<Refusal> unmet =
        [
            .. looked.Take(named.All.Count).SelectMany(each => each.Checks.Where(check => !check.Met).Select(check => each.Held.Quoted(check.ToRefusal()))),
            .. _loan.Against(request.Kind, named.Main is { Measure.Restricts: true }),
        ];
        if (unmet.Count > 0)
            return new Grant.NotMet(record, unmet);

        IEnumerable<PackMeasure?> candidates = named.Main is not null
            ? [named.Main]
            : looked.Skip(named.All.Count).Where(each => each.Checks.All(check => check.Met)).Select(each => (PackMeasure?)each.Held).Append(null);
        return Choose(request, candidates, named.Beside, out var terms) is { Count: > 0 } against
            ? new Grant.Impossible(against)
            : new Grant.Given(record, terms!);
    }

    /// <summary>The first candidate under which the request can be given; without one, what stands against the first.</summary>
    /// <param name="candidates">Measures of the kind whose conditions are met; null for the lender's own terms.</param>
    private IReadOnlyList<Refusal> Choose(
        ReliefRequest request, IEnumerable<PackMeasure?> candidates, IReadOnlyList<PackMeasure> beside, out GrantedTerms? terms)
    {
        terms = null;
        IReadOnlyList<Refusal> against = [];
        var heldTo = false;
        foreach (var candidate in candidates)
        {
            // A kind that is restricted is not given on terms that none of the measures which allow it gives.
            if (candidate is null && heldTo)
                break;
            var reasons = TryUnder(request, candidate, beside, ref terms, ref heldTo);
            if (terms is not null)
                return [];
            if (against.Count == 0)
                against = reasons;
        }

        return against;
    }

    private IReadOnlyList<Refusal> TryUnder(
        ReliefRequest request, PackMeasure? candidate, IReadOnlyList<PackMeasure> beside, ref GrantedTerms? terms, ref bool heldTo)
    {
        IReadOnlyList<PackMeasure> measures = candidate is { } chosen ? [chosen, .. beside] : beside;
        var changes = Joined(request, candidate, measures);
        switch (_loan.WorkOut(changes))
        {
            case ReliefResult.Refused { Reasons: var reasons }:
                return [.. reasons.Select(reason => Placed(reason, request))];
            case ReliefResult.Worked { Preview: var preview }:
                var beyond = candidate is not { } held ? _loan.BeyondPrinciple(request.Kind, preview.LastDueDate)
                    : request.AsksForTerms ? _loan.Beyond(held, preview.LastDueDate)
                    : null;
                if (beyond is not null && candidate is { Measure.InPrinciple: false } firm)
                {
                    heldTo |= firm.Measure.Restricts;
                    return [beyond with { Field = "changes" }];
                }

                terms = WithAutomatic(request.Kind, measures, preview, beyond);
                return [];
            default:
                throw new InvalidOperationException("A preview is worked out or refused.");
        }
    }

    /// <summary>What was asked for; then what the measures give that was not asked for on other terms.</summary>
    private List<LoanChange> Joined(ReliefRequest request, PackMeasure? candidate, IReadOnlyList<PackMeasure> measures)
    {
        var changes = request.Changes.ToList();
        foreach (var measure in measures)
            changes.AddRange(Missing(changes, _loan.Changes(measure.Measure)));
        if (candidate is null && !request.AsksForTerms)
            changes.Add(_loan.Usual(request.Kind));
        return changes;
    }

    private GrantedTerms WithAutomatic(IntentKind kind, IReadOnlyList<PackMeasure> given, ReliefPreview preview, Refusal? beyond)
    {
        var measures = given.Select(each => each.Id).ToList();
        var leftOut = new List<LeftOutMeasure>();
        foreach (var automatic in Automatic().Where(each => !given.Contains(each)))
        {
            var more = Missing(preview.Changes, _loan.Changes(automatic.Measure)).ToList();
            if (more.Count == 0)
                continue;
            switch (_loan.WorkOut([.. preview.Changes, .. more]))
            {
                case ReliefResult.Worked worked:
                    preview = worked.Preview;
                    measures.Add(automatic.Id);
                    break;
                case ReliefResult.Refused { Reasons: var reasons }:
                    leftOut.Add(new(automatic.Id, [.. reasons.Select(reason => reason with { Field = null })]));
                    break;
            }
        }

        return new()
        {
            Measures = measures,
            LeftOut = leftOut,
            Preview = preview,
            Beyond = beyond is null ? [] : [beyond],
            Classification = _loan.Classify(kind, preview),
        };
    }

    private IEnumerable<PackMeasure> Automatic() =>
        from pack in packs
        from measure in pack.Measures
        where measure.Automatic
            && MeasureRules.Check(pack, measure, facts).All(check => check.Met)
            && (measure.Intent is not { } kind || _loan.Against(kind, measure.Restricts).Count == 0)
        select new PackMeasure(pack, measure);

    private static IEnumerable<LoanChange> Missing(IReadOnlyList<LoanChange> changes, IEnumerable<LoanChange> others) =>
        others.Where(other => changes.All(change => change.GetType() != other.GetType()));

    /// <summary>A reason about a change that was not asked for in so many words is about the measure, or the kind, that makes it.</summary>
    private static Refusal Placed(Refusal reason, ReliefRequest request)
    {
        const string Changes = "changes[";
        if (reason.Field is not { } field || !field.StartsWith(Changes, StringComparison.Ordinal))
            return reason;
        var index = int.Parse(field.AsSpan(Changes.Length, field.IndexOf(']', StringComparison.Ordinal) - Changes.Length), CultureInfo.InvariantCulture);
        return index < request.Changes.Count ? reason
            : reason with { Field = request.Measures.Count > 0 ? "measures" : "kind" };
    }
}
