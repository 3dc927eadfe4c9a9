using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>What the measures of several packs say together. The adviser and the case both ask here, so that they can not differ.</summary>
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
        List<ConditionCheck>? nearest = null;
        foreach (var (pack, measure) in Of(packs, kind))
        {
            if (!measure.Restricts)
                continue;
            var unmet = Check(pack, measure, facts).Where(check => !check.Met).ToList();
            if (unmet.Count == 0)
                return [];
            if (nearest is null || Distance(unmet).CompareTo(Distance(nearest)) < 0)
                nearest = unmet;
        }

        return nearest is null ? [] : [.. nearest.Select(check => check.ToRefusal())];
    }

    /// <summary>The tightest cap on all extensions of the loan together; null where no policy has one.</summary>
    public static ExtensionCap? ExtensionCap(IEnumerable<PolicyPack> packs, LoanFacts facts) =>
        Of(packs, IntentKind.Extend)
            .Where(each => each.Measure.ExtensionCap is not null && IsFor(each.Pack, each.Measure, facts))
            .Select(each => each.Measure.ExtensionCap)
            .MinBy(cap => cap!.LatestMaturity(facts.Loan));

    /// <summary>The "in principle" (原则上) limit that new terms go beyond; null when they keep to it or there is none.</summary>
    /// <remarks>What nobody has attested does not lift the limit. Of several limits the most generous counts.</remarks>
    public static Refusal? Beyond(IEnumerable<PolicyPack> packs, IntentKind kind, LoanFacts facts, DateOnly lastDueDate)
    {
        if (kind != IntentKind.Defer)
            return null;
        var latest = Of(packs, kind)
            .Where(each => each.Measure.InPrinciple && Check(each.Pack, each.Measure, facts).All(check => check.Met || check.Condition is Attests))
            .SelectMany(each => each.Measure.Offers.OfType<DeferralOffer>())
            .Max(offer => offer.Latest);
        return latest is { } limit && lastDueDate > limit
            ? new Refusal("deferral-latest").With("limit", limit.ToString("O", null)).With("seen", lastDueDate.ToString("O", null))
            : null;
    }

    /// <summary>What is proposed when relief is asked for without terms: what the first measure that applies gives, else the lender's usual terms.</summary>
    public static IReadOnlyList<LoanChange> Usual(IReadOnlyList<PolicyPack> packs, IntentKind kind, LoanFacts facts, TermsPolicy usual)
    {
        foreach (var (pack, measure) in Of(packs, kind))
        {
            if (Check(pack, measure, facts).All(check => check.Met))
                return Changes(packs, measure, facts, usual);
        }

        Offer offer = kind switch
        {
            IntentKind.Renew => new RenewalOffer(),
            IntentKind.Extend => new ExtensionOffer(),
            _ => new DeferralOffer(),
        };
        return [offer.For(facts.Loan, facts.AsOf, usual, ExtensionCap(packs, facts))];
    }

    /// <summary>The last day on which the lender has to have spoken with the borrower: by its own rule, or earlier where a policy asks for that.</summary>
    public static BusinessDate ContactDeadline(IEnumerable<PolicyPack> packs, LoanFacts facts, ContactRule own, BusinessCalendar calendar) =>
        packs.Where(pack => pack.Contact is not null && pack.Scope.All(condition => condition.IsMet(facts)))
            .Select(pack => pack.Contact!)
            .Prepend(own)
            .Select(rule => Calendars.ContactDeadline.For(facts.Loan.Maturity, calendar, rule))
            .MinBy(deadline => deadline.Date);

    /// <summary>The changes that a measure makes of the loan.</summary>
    internal static IReadOnlyList<LoanChange> Changes(IReadOnlyList<PolicyPack> packs, PolicyMeasure measure, LoanFacts facts, TermsPolicy usual)
    {
        var cap = measure.Intent == IntentKind.Extend ? ExtensionCap(packs, facts) : null;
        return [.. measure.Offers.Select(offer => offer.For(facts.Loan, facts.AsOf, usual, cap))];
    }

    private static IEnumerable<(PolicyPack Pack, PolicyMeasure Measure)> Of(IEnumerable<PolicyPack> packs, IntentKind kind)
    {
        foreach (var pack in packs)
        {
            foreach (var measure in pack.Measures)
            {
                if (measure.Intent == kind)
                    yield return (pack, measure);
            }
        }
    }

    private static bool IsFor(PolicyPack pack, PolicyMeasure measure, LoanFacts facts) =>
        pack.Scope.All(condition => condition.IsMet(facts))
        && measure.Conditions.All(condition => !condition.IsScope || condition.IsMet(facts));

    private static (int Scope, int Others) Distance(List<ConditionCheck> unmet)
    {
        var scope = unmet.Count(check => check.Condition.IsScope);
        return (scope, unmet.Count - scope);
    }
}
