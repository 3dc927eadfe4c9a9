using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;
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
    internal static AdviceView Of(Domain.Policies.Advice advice, Catalogue texts) => new(
        advice.AsOf,
        advice.LastDay,
        advice.ContactDeadline,
        advice.Provisional,
        advice.Packs,
        [.. advice.Measures.Select(measure => MeasureAdviceView.Of(measure, texts))]);
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

    internal static MeasureAdviceView Of(MeasureAdvice advice, Catalogue texts) => new()
    {
        Policy = advice.Pack.Reference,
        Document = advice.Pack.DocumentNumber ?? texts.Of(advice.Pack.Title),
        Article = advice.Measure.Article,
        Measure = advice.Measure.Id,
        Title = texts.Of(advice.Measure.Title),
        Applies = advice.Applies,
        Automatic = advice.Measure.Automatic,
        InPrinciple = advice.Measure.InPrinciple,
        Conditions = [.. advice.Conditions.Select(check => ConditionView.Of(check, texts))],
        Against = [.. advice.Against.Select(refusal => ErrorView.Of(refusal, texts))],
        Changes = advice.Changes,
        Saves = advice.Applies ? advice.Saves : null,
        Cost = advice.Preview is { } preview ? CostView.Of(preview) : null,
        Steps = [.. advice.Steps.Select(step => new AdviceStepView(step.Kind, texts.Of(step.Kind), step.By, step.Provisional, step.Who ?? []))],
        Classification = advice.Classification is { } facts ? ClassificationView.Of(facts, texts) : null,
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

/// <summary>What becomes of the category (五级分类): facts with their rules, for the bank's own system to act on.</summary>
/// <param name="Before">As the book has it.</param>
/// <param name="AtBest">The best that the rules leave.</param>
/// <param name="MayStayNormal">Whether it may (可以) be classified 正常.</param>
/// <param name="AgainstNormal">Why it may not.</param>
/// <param name="ByAbilityToPay">Whether it is classified by the borrower's ability to pay.</param>
/// <param name="Renewals">Renewals behind it then.</param>
/// <param name="Restructurings">Restructurings behind it then.</param>
/// <param name="Observation">观察期.</param>
/// <param name="Rules">The rules that hold.</param>
public sealed record ClassificationView(
    LoanClass Before,
    LoanClass AtBest,
    bool MayStayNormal,
    IReadOnlyList<ErrorView> AgainstNormal,
    bool ByAbilityToPay,
    int Renewals,
    int Restructurings,
    Observation? Observation,
    IReadOnlyList<AppliedRuleView> Rules)
{
    internal static ClassificationView Of(ClassificationFacts facts, Catalogue texts) => new(
        facts.Before,
        facts.AtBest,
        facts.MayStayNormal,
        [.. facts.AgainstNormal.Select(refusal => ErrorView.Of(refusal, texts))],
        facts.ByAbilityToPay,
        facts.Renewals,
        facts.Restructurings,
        facts.Observation,
        [.. facts.Rules.Select(rule => new AppliedRuleView(rule.Policy, rule.Document, rule.Article, texts.Of(rule.Text)))]);
}

/// <param name="Policy">The version of the policy.</param>
/// <param name="Document">文号, or its title.</param>
/// <param name="Article">Where it stands.</param>
/// <param name="Text">What it says.</param>
public sealed record AppliedRuleView(PolicyPackReference Policy, string Document, string Article, string Text);
