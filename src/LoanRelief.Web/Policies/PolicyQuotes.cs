using LoanRelief.Domain.Policies;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Policies;

/// <summary>Quotes from policies: what is kept as a reference is shown with its words.</summary>
/// <param name="packs">The versions that the references are to.</param>
/// <param name="texts">In the language of the caller.</param>
internal sealed class PolicyQuotes(IReadOnlyList<PolicyPack> packs, Catalogue texts)
{
    public Catalogue Texts => texts;

    public IReadOnlyList<QuotedPolicy> Policies =>
        [.. packs.Select(pack => new QuotedPolicy(pack.Id, pack.Version, texts.Of(pack.Title), pack.DocumentNumber, pack.Authority))];

    public QuotedMeasure Of(MeasureId id)
    {
        var pack = packs.Single(each => each.Id == id.Policy);
        var measure = pack.Measures.Single(each => each.Id == id.Measure);
        return new()
        {
            Policy = pack.Reference,
            Document = DocumentOf(pack),
            Article = measure.Article,
            Measure = measure.Id,
            Title = texts.Of(measure.Title),
            Automatic = measure.Automatic,
            InPrinciple = measure.InPrinciple,
        };
    }

    public QuotedRule Of(AppliedRule rule)
    {
        var pack = packs.Single(each => each.Reference == rule.Policy);
        var quoted = pack.Classification.Single(each => each.Id == rule.Rule);
        return new(rule.Policy, DocumentOf(pack), rule.Article, texts.Of(quoted.Text));
    }

    private string DocumentOf(PolicyPack pack) => pack.DocumentNumber ?? texts.Of(pack.Title);
}

/// <param name="Id">Of the policy pack.</param>
/// <param name="Version">The version that counts here.</param>
/// <param name="Title">In words.</param>
/// <param name="DocumentNumber">文号.</param>
/// <param name="Authority">Who published it.</param>
public sealed record QuotedPolicy(PolicyPackId Id, int Version, string Title, string? DocumentNumber, string Authority);

/// <summary>A measure, with where it stands.</summary>
public sealed record QuotedMeasure
{
    public required PolicyPackReference Policy { get; init; }

    /// <summary>文号, or the title of a policy without one.</summary>
    public required string Document { get; init; }

    /// <summary>Where it stands.</summary>
    public required string Article { get; init; }

    /// <summary>Its id within the policy.</summary>
    public required string Measure { get; init; }

    public required string Title { get; init; }

    /// <summary>免申即享.</summary>
    public required bool Automatic { get; init; }

    /// <summary>原则上.</summary>
    public required bool InPrinciple { get; init; }
}

/// <param name="Policy">The version of the policy.</param>
/// <param name="Document">文号, or its title.</param>
/// <param name="Article">Where it stands.</param>
/// <param name="Text">What it says.</param>
public sealed record QuotedRule(PolicyPackReference Policy, string Document, string Article, string Text);
