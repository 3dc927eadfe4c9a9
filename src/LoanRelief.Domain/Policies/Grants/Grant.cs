using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>What relief is asked for.</summary>
/// <param name="Kind">Deferral, extension or renewal.</param>
/// <param name="Measures">Under which measures; one of its kind is looked for where none is named.</param>
/// <param name="Changes">On which terms; what a measure gives is left as it is where none of the same kind are named.</param>
public sealed record ReliefRequest(IntentKind Kind, IReadOnlyList<MeasureId> Measures, IReadOnlyList<LoanChange> Changes)
{
    /// <summary>Whether it says on which terms the kind itself is wanted.</summary>
    public bool AsksForTerms => Changes.Any(change => Kind switch
    {
        IntentKind.Renew => change is Renewal,
        IntentKind.Extend => change is Extension,
        _ => change is Deferral,
    });
}

/// <summary>What the policies say to a request.</summary>
public abstract record Grant
{
    private Grant()
    {
    }

    /// <summary>Why it is not given; empty when it is.</summary>
    public IReadOnlyList<Refusal> Against => this switch
    {
        Impossible impossible => impossible.Reasons,
        NotMet unmet => unmet.Reasons,
        _ => [],
    };

    /// <summary>The request as it was put can not be: an unknown measure, or terms that the loan does not let be.</summary>
    /// <param name="Reasons">At least one; fields are paths such as <c>changes[0].newMaturity</c> or <c>measures[1]</c>.</param>
    public sealed record Impossible(IReadOnlyList<Refusal> Reasons) : Grant;

    /// <summary>Conditions are not met.</summary>
    /// <param name="Checked">The measures that were looked at.</param>
    /// <param name="Reasons">At least one, each with the value seen, the value wanted and the article.</param>
    public sealed record NotMet(IReadOnlyList<MeasureCheck> Checked, IReadOnlyList<Refusal> Reasons) : Grant;

    /// <param name="Checked">The measures that were looked at.</param>
    /// <param name="Terms">What is given.</param>
    public sealed record Given(IReadOnlyList<MeasureCheck> Checked, GrantedTerms Terms) : Grant;
}

/// <summary>Relief on terms that the policies allow.</summary>
public sealed record GrantedTerms
{
    /// <summary>The measures under which it is given, what is automatic (免申即享) included; none where the lender gives it on its own terms.</summary>
    public required IReadOnlyList<MeasureId> Measures { get; init; }

    /// <summary>Automatic measures that apply and do not go together with the rest.</summary>
    public required IReadOnlyList<LeftOutMeasure> LeftOut { get; init; }

    public required ReliefPreview Preview { get; init; }

    /// <summary>"In principle" (原则上) limits that the terms go beyond.</summary>
    public required IReadOnlyList<Refusal> Beyond { get; init; }

    public required ClassificationFacts Classification { get; init; }
}

/// <param name="Measure">An automatic measure.</param>
/// <param name="Reasons">Why it does not go together with what was asked for.</param>
public sealed record LeftOutMeasure(MeasureId Measure, IReadOnlyList<Refusal> Reasons);

/// <summary>One measure held against a loan, as it is kept on record.</summary>
/// <param name="Policy">The version of the pack.</param>
/// <param name="Document">文号, or the title of a policy without one.</param>
/// <param name="Article">Where the measure stands.</param>
/// <param name="Measure">Its id.</param>
/// <param name="Title">What it gives.</param>
/// <param name="Conditions">All of them.</param>
public sealed record MeasureCheck(
    PolicyPackReference Policy,
    string Document,
    string Article,
    string Measure,
    LocalText Title,
    IReadOnlyList<CheckedCondition> Conditions)
{
    internal static MeasureCheck Of(PackMeasure held, IEnumerable<ConditionCheck> checks) => new(
        held.Pack.Reference,
        held.Pack.Document,
        held.Measure.Article,
        held.Measure.Id,
        held.Measure.Title,
        [.. checks.Select(check => new CheckedCondition(check.Code, check.Field, check.Met, check.Seen, check.Wanted))]);
}

/// <param name="Code">Code of the refusal that it makes when it is not met.</param>
/// <param name="Field">What it is about.</param>
/// <param name="Met">Whether it is met.</param>
/// <param name="Seen">The value seen.</param>
/// <param name="Wanted">The value wanted.</param>
public sealed record CheckedCondition(string Code, string Field, bool Met, string Seen, string Wanted);
