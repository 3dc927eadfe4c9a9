using System.Text.RegularExpressions;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>What a pack can not mean, though its form is right.</summary>
public static partial class PolicyPackRules
{
    /// <summary>Everything that is wrong with a pack; empty when nothing is. Fields are JSON paths such as <c>measures[0].article</c>.</summary>
    public static IReadOnlyList<Refusal> Check(PolicyPack pack)
    {
        var found = new Findings();
        Blank(pack.Authority, found, "authority");
        Blank(pack.Jurisdiction, found, "jurisdiction");
        Blank(pack.Source, found, "source");
        Check(pack.Title, found, "title");
        if (pack.EffectiveUntil is { } until && until < pack.EffectiveFrom)
            found.Add(Reversed("effectiveUntil", until, pack.EffectiveFrom));
        found.When(pack.Measures.Count + pack.Duties.Count + pack.Classification.Count == 0, "policy-empty", "measures");
        if (pack.Contact is { } contact)
        {
            foreach (var wrong in contact.Check("contact"))
                found.Add(wrong);
        }

        Each(pack.Scope, found, "scope", Check);
        Each(pack.Measures, found, "measures", Check);
        Each(pack.Duties, found, "duties", Check);
        Each(pack.Classification, found, "classification", Check);
        Unique([.. pack.Measures.Select(each => each.Id)], found, "measures");
        Unique([.. pack.Duties.Select(each => each.Id)], found, "duties");
        Unique([.. pack.Classification.Select(each => each.Id)], found, "classification");
        return found.All;
    }

    internal static void Check(Period period, Findings found, string path)
    {
        found.When(period is { From: null, To: null }, "period-empty", path);
        if (period is { From: { } from, To: { } to } && to < from)
            found.Add(Reversed($"{path}.to", to, from));
    }

    internal static void Texts(IReadOnlyList<string> texts, Findings found, string path)
    {
        for (var i = 0; i < texts.Count; i++)
            Blank(texts[i], found, $"{path}[{i}]");
    }

    private static void Check(PolicyMeasure measure, Findings found, string path)
    {
        Named(measure.Id, measure.Article, measure.Title, found, path);
        Each(measure.Offers, found, $"{path}.offers", (offer, all, at) => offer.Check(all, at));
        Each(measure.Conditions, found, $"{path}.conditions", Check);
        if (measure.Window is { } window)
            Check(window, found, $"{path}.window");
        for (var i = 1; i < measure.Offers.Count; i++)
        {
            if (measure.Offers.Take(i).Any(earlier => earlier.GetType() == measure.Offers[i].GetType()))
                found.Add("duplicate-offer", $"{path}.offers[{i}]");
        }
    }

    private static void Check(PolicyDuty duty, Findings found, string path)
    {
        Named(duty.Id, duty.Article, duty.Title, found, path);
        Check(duty.Summary, found, $"{path}.summary");
        Texts(duty.Lead, found, $"{path}.lead");
        Texts(duty.Responsible, found, $"{path}.responsible");
    }

    private static void Check(ClassificationRule rule, Findings found, string path)
    {
        Named(rule.Id, rule.Article, rule.Text, found, path, "text");
        Each(rule.Conditions, found, $"{path}.conditions", Check);
        Each(rule.UnlessAll, found, $"{path}.unlessAll", Check);
        found.When(rule.Effect == ClassificationEffect.AtBest != rule.AtBest is not null, "belongs-to-effect", $"{path}.atBest");
        found.When(rule.Effect == ClassificationEffect.Restructuring != rule.Observation is not null, "belongs-to-effect", $"{path}.observation");
        if (rule.Observation is { } observation)
        {
            found.OutOfRange(observation.Months, 1, 120, $"{path}.observation.months");
            found.OutOfRange(observation.Payments, 0, 120, $"{path}.observation.payments");
        }
    }

    private static void Check(Condition condition, Findings found, string path)
    {
        condition.Check(found, path);
        if (condition.Code is { } code && !CodeForm.IsMatch(code))
            found.Add(new Refusal("code-form", $"{path}.code").With("value", code));
    }

    private static void Check(LocalText text, Findings found, string path)
    {
        Blank(text.Zh, found, $"{path}.zh");
        Blank(text.En, found, $"{path}.en");
    }

    private static void Named(string id, string article, LocalText title, Findings found, string path, string titled = "title")
    {
        Blank(id, found, $"{path}.id");
        Blank(article, found, $"{path}.article");
        Check(title, found, $"{path}.{titled}");
    }

    private static void Each<T>(IReadOnlyList<T> items, Findings found, string path, Action<T, Findings, string> check)
    {
        for (var i = 0; i < items.Count; i++)
            check(items[i], found, $"{path}[{i}]");
    }

    private static void Unique(IReadOnlyList<string> ids, Findings found, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ids.Count; i++)
        {
            if (!seen.Add(ids[i]))
                found.Add(new Refusal("duplicate-id", $"{path}[{i}].id").With("value", ids[i]));
        }
    }

    private static void Blank(string? text, Findings found, string path) => found.When(string.IsNullOrWhiteSpace(text), "required", path);

    private static Refusal Reversed(string field, DateOnly value, DateOnly from) =>
        new Refusal("end-before-start", field).With("value", value).With("from", from);

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex CodeForm { get; }
}
