using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>Which of the five categories (五级分类) relief leaves a loan, as facts with their rules; the bank's own system acts on them.</summary>
public static class ClassificationGuard
{
    /// <param name="packs">Those in force.</param>
    /// <param name="kind">The relief.</param>
    /// <param name="preview">The new schedule, from which the time of observation counts; without it only its length is told.</param>
    public static ClassificationFacts Facts(IEnumerable<PolicyPack> packs, LoanFacts facts, IntentKind kind, ReliefPreview? preview = null)
    {
        var rules = packs.SelectMany(pack => RulesOf(pack, kind, facts)).ToList();
        var keeping = rules.Where(each => each.Rule.Effect == ClassificationEffect.MayStayNormal).ToList();
        var kept = keeping.FirstOrDefault(each => Holds(each.Rule, facts));
        var held = rules
            .Where(each => each.Rule.Effect != ClassificationEffect.MayStayNormal && Holds(each.Rule, facts))
            .Where(each => !(each.Rule.UnlessMayStayNormal && kept is not null))
            .ToList();
        var before = facts.Loan.Class;
        var atBest = held.Select(each => each.Rule.AtBest ?? before).Append(before).Max();
        var mayStay = atBest == LoanClass.Normal && (keeping.Count == 0 || kept is not null);
        var restructuring = held.FirstOrDefault(each => each.Rule.Effect == ClassificationEffect.Restructuring);
        return new()
        {
            Before = before,
            AtBest = atBest,
            MayStayNormal = mayStay,
            AgainstNormal = mayStay ? [] : Against(keeping, held, facts),
            ByAbilityToPay = keeping.Count > 0 && kept is null,
            Rules = [.. (kept is null ? held : held.Prepend(kept)).Select(each => AppliedRule.Of(each.Pack, each.Rule))],
            Renewals = facts.Loan.Renewals + (kind == IntentKind.Renew ? 1 : 0),
            Restructurings = facts.Loan.Restructurings + (restructuring is null ? 0 : 1),
            Observation = restructuring?.Rule.Observation is { } period ? Observation.Of(period, preview) : null,
        };
    }

    private static IEnumerable<PackRule> RulesOf(PolicyPack pack, IntentKind kind, LoanFacts facts) =>
        pack.Classification.Count == 0 || !pack.Scope.All(condition => condition.IsMet(facts))
            ? []
            : pack.Classification.Where(rule => rule.For.Count == 0 || rule.For.Contains(kind)).Select(rule => new PackRule(pack, rule));

    private static bool Holds(ClassificationRule rule, LoanFacts facts) =>
        rule.Conditions.All(condition => condition.IsMet(facts))
        && (rule.UnlessAll.Count == 0 || !rule.UnlessAll.All(condition => condition.IsMet(facts)));

    /// <summary>Conditions that are not met of the rule that would let it stay; then what rules force, each reason once.</summary>
    private static List<Refusal> Against(List<PackRule> keeping, List<PackRule> held, LoanFacts facts)
    {
        var unmet = keeping
            .Select(each => each.Rule.Conditions.Select(condition => condition.Check(facts)).Where(check => !check.Met).ToList())
            .MinBy(checks => checks.Count) ?? [];
        var reasons = unmet.Select(check => check.ToRefusal()).ToList();
        if (keeping.Count == 0 && facts.Loan.Class != LoanClass.Normal)
            reasons.Add(new Refusal("class-not-normal", "class").With("seen", Words.Of(facts.Loan.Class)).With("wanted", Words.Of(LoanClass.Normal)));
        foreach (var (pack, rule) in held.Where(each => each.Rule.Effect == ClassificationEffect.AtBest))
        {
            // That a renewal which may not stay normal counts as refinanced follows from the reasons above.
            if (rule.UnlessMayStayNormal && reasons.Count > 0)
                continue;
            IEnumerable<Refusal> forced = rule.UnlessAll.Count > 0
                ? rule.UnlessAll.Where(condition => !condition.IsMet(facts)).Select(condition => condition.Check(facts).ToRefusal())
                : [new Refusal("class-forced", "class").With("document", pack.Document).With("article", rule.Article).With("atBest", Words.Of(rule.AtBest!.Value))];
            reasons.AddRange(forced.Where(reason => reasons.All(known => known.Code != reason.Code || known.Code == "class-forced")));
        }

        return reasons;
    }

    private sealed record PackRule(PolicyPack Pack, ClassificationRule Rule);
}

/// <summary>The category before and after relief, and why.</summary>
public sealed record ClassificationFacts
{
    /// <summary>As the institution's book has it.</summary>
    public required LoanClass Before { get; init; }

    /// <summary>The best category that the rules leave.</summary>
    public required LoanClass AtBest { get; init; }

    /// <summary>Whether the loan may (可以, not must) be classified 正常 in spite of the relief.</summary>
    public required bool MayStayNormal { get; init; }

    /// <summary>Why it may not; empty when it may.</summary>
    public required IReadOnlyList<Refusal> AgainstNormal { get; init; }

    /// <summary>A renewed loan that may not stay 正常 is classified by the borrower's ability to pay (偿债能力).</summary>
    public required bool ByAbilityToPay { get; init; }

    /// <summary>The rules that hold.</summary>
    public required IReadOnlyList<AppliedRule> Rules { get; init; }

    /// <summary>Renewals behind the loan after this relief.</summary>
    public required int Renewals { get; init; }

    /// <summary>Restructurings (重组) behind the loan after this relief.</summary>
    public required int Restructurings { get; init; }

    /// <summary>观察期, where the relief is a restructuring.</summary>
    public Observation? Observation { get; init; }
}

/// <summary>A rule of a policy that holds for a loan.</summary>
/// <param name="Policy">The version of the pack, which has the rule in full.</param>
/// <param name="Rule">Its id.</param>
/// <param name="Document">文号, or the title of a policy without one.</param>
/// <param name="Article">Where it stands.</param>
/// <param name="Effect">What follows.</param>
/// <param name="AtBest">The best category that it leaves, where it forces one.</param>
public sealed record AppliedRule(PolicyPackReference Policy, string Rule, string Document, string Article, ClassificationEffect Effect, LoanClass? AtBest)
{
    internal static AppliedRule Of(PolicyPack pack, ClassificationRule rule) =>
        new(pack.Reference, rule.Id, pack.Document, rule.Article, rule.Effect, rule.AtBest);
}

/// <summary>How long a restructured loan is observed.</summary>
/// <param name="Months">At least.</param>
/// <param name="Payments">At least, consecutive.</param>
/// <param name="From">The first day of payment after the change, where the new schedule is known.</param>
/// <param name="Until">The first day on which it can end.</param>
public sealed record Observation(int Months, int Payments, DateOnly? From, DateOnly? Until)
{
    internal static Observation Of(ObservationPeriod period, ReliefPreview? preview)
    {
        if (preview?.After.Instalments is not { Count: > 0 } rows)
            return new(period.Months, period.Payments, null, null);
        var from = rows[0].DueDate;
        var (byMonths, byPayments) = (from.AddMonths(period.Months), rows[Math.Clamp(period.Payments - 1, 0, rows.Count - 1)].DueDate);
        return new(period.Months, period.Payments, from, byMonths > byPayments ? byMonths : byPayments);
    }
}
