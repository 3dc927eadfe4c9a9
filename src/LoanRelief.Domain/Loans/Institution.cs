namespace LoanRelief.Domain.Loans;

/// <summary>Who lends or guarantees: not only banks (seeds 000 and 001).</summary>
public sealed record Institution
{
    public required InstitutionId Id { get; init; }

    public required string Name { get; init; }

    public required InstitutionKind Kind { get; init; }

    /// <summary>Where events for this institution go; without one they stay in the history of each case.</summary>
    public Webhook? Webhook { get; init; }
}

/// <param name="Url">Takes CloudEvents by HTTP POST.</param>
/// <param name="Secret">Shared secret that signs each request; never shown again after it was set.</param>
public sealed record Webhook(Uri Url, string Secret)
{
    /// <summary>Without the secret, so that no log gets it by accident.</summary>
    public override string ToString() => Url.ToString();
}

public enum InstitutionKind
{
    /// <summary>银行.</summary>
    Bank,

    /// <summary>金融租赁公司.</summary>
    LeasingCompany,

    /// <summary>企业集团财务公司.</summary>
    GroupFinanceCompany,

    /// <summary>汽车金融公司.</summary>
    AutoFinanceCompany,

    /// <summary>担保公司.</summary>
    GuaranteeCompany,

    /// <summary>再担保公司.</summary>
    ReGuaranteeCompany,

    /// <summary>主管部门, 工作专班: lends nothing; its lists hold for every institution's own borrowers.</summary>
    Authority,
}
