using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Domain.Policies;

/// <summary>What conditions look at.</summary>
/// <param name="Loan">As the institution's book stands.</param>
/// <param name="AsOf">The Beijing date on which relief is asked for.</param>
/// <param name="LastDay">The last day on which it can be asked for and signed: "before maturity" as the lender reads it.</param>
public sealed record LoanFacts(Loan Loan, DateOnly AsOf, DateOnly LastDay)
{
    /// <summary>What the lender is, where that is known.</summary>
    public InstitutionKind? Lender { get; init; }

    /// <summary>Entries of exclusion lists from outside about the borrower that are valid on the day.</summary>
    public IReadOnlyList<Exclusion> Listed { get; init; } = [];

    /// <summary>What the lender attests besides what its book says.</summary>
    public IReadOnlyCollection<Attestation> Attested { get; init; } = [];
}

/// <summary>Circumstances that no loan book shows; whoever asks attests them.</summary>
public enum Attestation
{
    /// <summary>受疫情影响暂时失去收入来源.</summary>
    IncomeLost,

    /// <summary>受疫情影响较大.</summary>
    Affected,

    /// <summary>贷款到期后仍有融资需求, 临时存在资金困难.</summary>
    TemporaryShortage,

    /// <summary>The loan is a 科技型企业知识价值信用贷款.</summary>
    KnowledgeValueLoan,

    /// <summary>债务人发生财务困难: a change of terms is then a restructuring.</summary>
    FinancialDifficulty,
}
