using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Policies;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Advice;

/// <summary>Every measure of every policy in force, held against a loan on a day.</summary>
/// <param name="AsOf">The day.</param>
/// <param name="LastDay">The last day on which relief can be asked for and signed.</param>
/// <param name="ContactDeadline">The last day on which the lender's contact with the borrower is in time.</param>
/// <param name="Provisional">Whether any date rests on a year whose holidays are not published.</param>
/// <param name="Policies">The versions that were asked.</param>
/// <param name="Measures">First those that apply, by what the borrower saves; then the others, the nearest first.</param>
public sealed record AdviceView(
    DateOnly AsOf,
    DateOnly LastDay,
    BusinessDate ContactDeadline,
    bool Provisional,
    IReadOnlyList<PolicyPackReference> Policies,
    IReadOnlyList<MeasureAdviceView> Measures)
{
    internal static AdviceView Of(Domain.Policies.Advice advice, PolicyQuotes quotes) => new(
        advice.AsOf,
        advice.LastDay,
        advice.ContactDeadline,
        advice.Provisional,
        [.. advice.Packs.Select(pack => pack.Reference)],
        [.. advice.Measures.Select(measure => MeasureAdviceView.Of(measure, quotes))]);
}

/// <summary>One measure.</summary>
public sealed record MeasureAdviceView
{
    public required PolicyPackReference Policy { get; init; }

    /// <summary>文号, or the title of a policy without one.</summary>
    public required string Document { get; init; }

    /// <summary>Where it stands.</summary>
    public required string Article { get; init; }

    /// <summary>Its id within the policy.</summary>
    public required string Measure { get; init; }

    public required string Title { get; init; }

    public required bool Applies { get; init; }

    /// <summary>免申即享.</summary>
    public required bool Automatic { get; init; }

    /// <summary>原则上.</summary>
    public required bool InPrinciple { get; init; }

    /// <summary>All its conditions.</summary>
    public required IReadOnlyList<ConditionView> Conditions { get; init; }

    /// <summary>What else stands against it.</summary>
    public required IReadOnlyList<ErrorView> Against { get; init; }

    /// <summary>What it changes; none where it does not apply.</summary>
    public required IReadOnlyList<LoanChange> Changes { get; init; }

    /// <summary>What the borrower saves; only where it applies.</summary>
    public Money? Saves { get; init; }

    /// <summary>The cost side by side; only where it applies.</summary>
    public CostView? Cost { get; init; }

    /// <summary>What has to be done by when.</summary>
    public required IReadOnlyList<AdviceStepView> Steps { get; init; }

    public ClassificationView? Classification { get; init; }

    /// <summary>Whether any of its dates rests on a year whose holidays are not published.</summary>
    public required bool Provisional { get; init; }

    internal static MeasureAdviceView Of(MeasureAdvice advice, PolicyQuotes quotes) => new()
    {
        Policy = advice.Pack.Reference,
        Document = advice.Pack.DocumentNumber ?? quotes.Texts.Of(advice.Pack.Title),
        Article = advice.Measure.Article,
        Measure = advice.Measure.Id,
        Title = quotes.Texts.Of(advice.Measure.Title),
        Applies = advice.Applies,
        Automatic = advice.Measure.Automatic,
        InPrinciple = advice.Measure.InPrinciple,
        Conditions = [.. advice.Conditions.Select(check => ConditionView.Of(check, quotes.Texts))],
        Against = [.. advice.Against.Select(refusal => ErrorView.Of(refusal, quotes.Texts))],
        Changes = advice.Changes,
        Saves = advice.Applies ? advice.Saves : null,
        Cost = advice.Preview is { } preview ? CostView.Of(preview) : null,
        Steps = [.. advice.Steps.Select(step => new AdviceStepView(step.Kind, quotes.Texts.Of(step.Kind), step.By, step.Provisional, step.Who ?? []))],
        Classification = advice.Classification is { } facts ? ClassificationView.Of(facts, quotes) : null,
        Provisional = advice.Provisional,
    };
}

/// <param name="Field">What it is about.</param>
/// <param name="Title">What it is about, in words.</param>
/// <param name="Met">Whether it is met.</param>
/// <param name="Seen">The value seen.</param>
/// <param name="Wanted">The value wanted.</param>
/// <param name="Code">Stable code of the refusal; only where it is not met.</param>
/// <param name="Reason">The refusal in words; only where it is not met.</param>
public sealed record ConditionView(string Field, string Title, bool Met, string Seen, string Wanted, string? Code, string? Reason)
{
    internal static ConditionView Of(ConditionCheck check, Catalogue texts) => new(
        check.Field,
        texts.Text("conditions", check.Field),
        check.Met,
        check.Seen,
        check.Wanted,
        check.Met ? null : check.Code,
        check.Met ? null : texts.Of(check.ToRefusal()));
}

/// <summary>What the borrower still pays without the measure and with it.</summary>
/// <param name="Before">As things stand.</param>
/// <param name="After">With the measure; a longer loan bears interest for longer.</param>
/// <param name="Relief">For the same days and the same principal: what would have been paid, what is paid.</param>
public sealed record CostView(CostSide Before, CostSide After, ReliefTotals Relief)
{
    internal static CostView Of(ReliefPreview preview) => new(CostSide.Of(preview.Before), CostSide.Of(preview.After), preview.Relief.Totals);
}

/// <param name="Principal">In all.</param>
/// <param name="Interest">In all.</param>
/// <param name="NextDueDate">When something is due next, by the contract.</param>
/// <param name="LastDueDate">When the last of it is due.</param>
public sealed record CostSide(Money Principal, Money Interest, DateOnly? NextDueDate, DateOnly? LastDueDate)
{
    internal static CostSide Of(Domain.Schedules.Schedule schedule) => new(
        schedule.Instalments.Sum(row => row.Principal),
        schedule.Instalments.Sum(row => row.Interest),
        schedule.Instalments.Count == 0 ? null : schedule.Instalments[0].DueDate,
        schedule.Instalments.Count == 0 ? null : schedule.Instalments[^1].DueDate);
}

/// <param name="Kind">What.</param>
/// <param name="Title">In words.</param>
/// <param name="By">The last day for it; left out where there is none.</param>
/// <param name="Provisional">Whether the day rests on a year whose holidays are not published.</param>
/// <param name="Who">References of guarantors who have to act.</param>
public sealed record AdviceStepView(AdviceStepKind Kind, string Title, DateOnly? By, bool Provisional, IReadOnlyList<string> Who);
