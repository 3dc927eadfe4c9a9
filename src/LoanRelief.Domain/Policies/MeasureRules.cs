using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>A measure with the pack that it stands in.</summary>
internal readonly record struct PackMeasure(PolicyPack Pack, PolicyMeasure Measure)
{
    public MeasureId Id => new(Pack.Id, Measure.Id);

    /// <summary>The reason with where it stands.</summary>
    public Refusal Quoted(Refusal reason) => reason.With("document", Pack.Document).With("article", Measure.Article);
}

/// <summary>What the measures of several packs say together.</summary>
public static class MeasureRules
{
    /// <summary>How each condition of a measure turns out: first that nobody excluded gets anything, then the pack's scope, then its own.</summary>
    public static IReadOnlyList<ConditionCheck> Check(PolicyPack pack, PolicyMeasure measure, LoanFacts facts)
    {
        var checks = new List<ConditionCheck>(pack.Scope.Count + measure.Conditions.Count + 2);
        if (!NotExcluded.FromAny.IsMet(facts))
            checks.Add(NotExcluded.FromAny.Check(facts));
        foreach (var condition in pack.Scope)
            checks.Add(condition.Check(facts));
        if (measure.Window is { } window)
            checks.Add(new AskedWithin(window).Check(facts));
        foreach (var condition in measure.Conditions)
            checks.Add(condition.Check(facts));
        return checks;
    }

    /// <summary>Why relief of this kind is ruled out; empty when it is not.</summary>
    /// <remarks>
    /// Where measures restrict the kind, one of them has to be met. If none is, the reasons are those of the measure that
    /// comes nearest: that fails in the fewest of its conditions of whom and what it is for, then in the fewest others.
    /// </remarks>
    public static IReadOnlyList<Refusal> RuledOut(IEnumerable<PolicyPack> packs, IntentKind kind, LoanFacts facts)
    {
        (PackMeasure Held, List<ConditionCheck> Unmet)? nearest = null;
        foreach (var held in Of(packs, kind))
        {
            if (!held.Measure.Restricts)
                continue;
            var unmet = Check(held.Pack, held.Measure, facts).Where(check => !check.Met).ToList();
            if (unmet.Count == 0)
                return [];
            if (nearest is null || Distance(unmet).CompareTo(Distance(nearest.Value.Unmet)) < 0)
                nearest = (held, unmet);
        }

        return nearest is (var measure, var failed) ? [.. failed.Select(check => measure.Quoted(check.ToRefusal()))] : [];
    }

    /// <summary>The tightest cap on all extensions of the loan together; null where no policy has one.</summary>
    public static ExtensionCap? ExtensionCap(IEnumerable<PolicyPack> packs, LoanFacts facts) =>
        Of(packs, IntentKind.Extend)
            .Where(each => each.Measure.ExtensionCap is not null && IsFor(each, facts))
            .Select(each => each.Measure.ExtensionCap)
            .MinBy(cap => cap!.LatestMaturity(facts.Loan));

    /// <summary>The last day on which the lender has to have spoken with the borrower: by its own rule, or earlier where a policy asks for that.</summary>
    public static BusinessDate ContactDeadline(IEnumerable<PolicyPack> packs, LoanFacts facts, ContactRule own, BusinessCalendar calendar) =>
        packs.Where(pack => pack.Contact is not null && pack.Scope.All(condition => condition.IsMet(facts)))
            .Select(pack => pack.Contact!)
            .Prepend(own)
            .Select(rule => Calendars.ContactDeadline.For(facts.Loan.Maturity, calendar, rule))
            .MinBy(deadline => deadline.Date);

    /// <summary>How many days earlier than by the lender's own rule any loan's contact deadline can be; 0 where no policy asks for more.</summary>
    public static int ContactDaysAhead(IEnumerable<PolicyPack> packs, ContactRule own) =>
        packs.Max(pack => pack.Contact?.MostDaysBefore(own)) ?? 0;

    /// <summary>Finds a measure that somebody names.</summary>
    /// <returns>Why it is not there; null when it is.</returns>
    internal static Refusal? Find(IReadOnlyList<PolicyPack> packs, MeasureId id, out PackMeasure found)
    {
        found = default;
        if (packs.FirstOrDefault(each => each.Id == id.Policy) is not { } pack)
            return new Refusal("policy-not-in-force").With("seen", id.Policy).With("known", string.Join(", ", packs.Select(each => each.Id)));
        if (pack.Measures.FirstOrDefault(each => each.Id == id.Measure) is not { } measure)
            return new Refusal("measure-unknown").With("seen", id.Measure).With("known", string.Join(", ", pack.Measures.Select(each => each.Id)));
        found = new(pack, measure);
        return null;
    }

    /// <summary>The measures that give relief of this kind, in the order of the packs.</summary>
    internal static IEnumerable<PackMeasure> Of(IEnumerable<PolicyPack> packs, IntentKind kind)
    {
        foreach (var pack in packs)
        {
            foreach (var measure in pack.Measures)
            {
                if (measure.Intent == kind)
                    yield return new(pack, measure);
            }
        }
    }

    private static bool IsFor(PackMeasure each, LoanFacts facts) =>
        each.Pack.Scope.All(condition => condition.IsMet(facts))
        && each.Measure.Conditions.All(condition => !condition.IsScope || condition.IsMet(facts));

    private static (int Scope, int Others) Distance(List<ConditionCheck> unmet)
    {
        var scope = unmet.Count(check => check.Condition.IsScope);
        return (scope, unmet.Count - scope);
    }
}
