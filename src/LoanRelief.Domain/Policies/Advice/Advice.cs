using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>For whom advice is wanted.</summary>
/// <param name="Loan">As the institution's book stands.</param>
/// <param name="AsOf">The Beijing date.</param>
public sealed record AdviceRequest(Loan Loan, DateOnly AsOf)
{
    /// <summary>What the lender is, where that is known.</summary>
    public InstitutionKind? Lender { get; init; }

    /// <summary>Entries of exclusion lists from outside about the borrower that are valid on the day.</summary>
    public IReadOnlyList<Exclusion> Listed { get; init; } = [];

    /// <summary>Circumstances that no loan book shows.</summary>
    public IReadOnlyCollection<Attestation> Attested { get; init; } = [];
}

/// <summary>Every measure of every pack in force, held against a loan on a day.</summary>
public sealed record Advice
{
    public required DateOnly AsOf { get; init; }

    /// <summary>The packs in force, by id.</summary>
    public required IReadOnlyList<PolicyPack> Packs { get; init; }

    /// <summary>The last day on which the lender's contact with the borrower is in time.</summary>
    public required BusinessDate ContactDeadline { get; init; }

    /// <summary>The last day on which relief can be asked for and signed.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>First those that apply, by what the borrower saves; then the others, the nearest first.</summary>
    public required IReadOnlyList<MeasureAdvice> Measures { get; init; }

    /// <summary>Whether any date rests on a year whose holidays are not published.</summary>
    public bool Provisional => ContactDeadline.Provisional || Measures.Any(measure => measure.Provisional);
}

/// <summary>One measure, held against a loan.</summary>
public sealed record MeasureAdvice
{
    public required PolicyPack Pack { get; init; }

    public required PolicyMeasure Measure { get; init; }

    /// <summary>All its conditions with what was seen and what is wanted.</summary>
    public required IReadOnlyList<ConditionCheck> Conditions { get; init; }

    /// <summary>What else stands against it: rules of other policies, or terms that the loan does not let be.</summary>
    public IReadOnlyList<Refusal> Against { get; init; } = [];

    /// <summary>What it changes; only where it applies.</summary>
    public IReadOnlyList<LoanChange> Changes { get; init; } = [];

    /// <summary>Before, after and what the borrower saves; only where it applies.</summary>
    public ReliefPreview? Preview { get; init; }

    /// <summary>What becomes of the category; where it applies and gives a deferral, an extension or a renewal.</summary>
    public ClassificationFacts? Classification { get; init; }

    /// <summary>What has to be done by when, earliest first; only where it applies.</summary>
    public IReadOnlyList<AdviceStep> Steps { get; init; } = [];

    public bool Applies => Preview is not null;

    /// <summary>What the borrower saves; nothing where it does not apply.</summary>
    public Money Saves { get; init; }

    public bool Provisional => Preview is { Provisional: true } || Steps.Any(step => step.Provisional);
}

/// <summary>Something to be done.</summary>
/// <param name="Kind">What.</param>
/// <param name="By">The last day for it; null where there is none.</param>
/// <param name="Provisional">Whether the day rests on a year whose holidays are not published.</param>
/// <param name="Who">References of those who have to act, where they are others than lender and borrower.</param>
public sealed record AdviceStep(AdviceStepKind Kind, DateOnly? By, bool Provisional = false, IReadOnlyList<string>? Who = null);

public enum AdviceStepKind
{
    /// <summary>The lender speaks with the borrower and keeps the evidence.</summary>
    Contact,

    /// <summary>The borrower asks for it.</summary>
    Ask,

    /// <summary>Guarantors, mortgagors and pledgors consent in writing (贷款通则 §12).</summary>
    Consent,

    /// <summary>The new contract is signed.</summary>
    Sign,

    /// <summary>免申即享: the lender grants it; the borrower has nothing to do.</summary>
    Grant,
}

/// <summary>Advice, or why there is none.</summary>
public abstract record AdviceResult
{
    private AdviceResult()
    {
    }

    public sealed record Worked(Advice Advice) : AdviceResult;

    /// <param name="Reasons">What is wrong with the loan or the day; fields are paths such as <c>loan.rate</c> and <c>asOf</c>.</param>
    public sealed record Refused(IReadOnlyList<Refusal> Reasons) : AdviceResult;
}
