using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Relief;

/// <summary>What a loan looks like before and after changes; nothing has happened yet.</summary>
public sealed record ReliefPreview
{
    /// <summary>The day for which it was worked out.</summary>
    public required DateOnly AsOf { get; init; }

    public required IReadOnlyList<LoanChange> Changes { get; init; }

    /// <summary>What is still to be paid as things stand.</summary>
    public required Schedule Before { get; init; }

    /// <summary>What is collected after the changes. Rebates are not deducted here; see <see cref="Rebates"/>.</summary>
    public required Schedule After { get; init; }

    /// <summary>Not rolled to a working day.</summary>
    public required DateOnly NewMaturity { get; init; }

    /// <summary>The rate after a cut, else the contract rate of the loan or of the loan that renews it.</summary>
    public required Rate NewRate { get; init; }

    public required ReliefStatement Relief { get; init; }

    /// <summary>Paid back after collection; Σ collected − Σ rebates is the interest at the lower rate.</summary>
    public IReadOnlyList<RebateEntry> Rebates { get; init; } = [];

    /// <summary>The new loan, where one settles the old.</summary>
    public RenewedLoan? Renewal { get; init; }

    /// <summary>The last due date after the changes.</summary>
    public DateOnly LastDueDate => After.Instalments[^1].DueDate;

    /// <summary>True when any day of payment rests on a year whose holidays are not published.</summary>
    public bool Provisional => Before.Provisional || After.Provisional;
}

/// <summary>A loan that settles another (续贷).</summary>
/// <param name="Number">借据号, once given.</param>
/// <param name="Settles">借据号 of the loan that it settles.</param>
/// <param name="Renewals">How many renewals lie behind it, this one included.</param>
/// <param name="Principal">What it settles; no cash moves.</param>
/// <param name="DrawnOn">Day of the settlement.</param>
/// <param name="Maturity">Not rolled to a working day.</param>
/// <param name="Rate">Contract rate a year.</param>
/// <param name="RepaymentMethod">Of the new loan.</param>
public sealed record RenewedLoan(
    LoanNumber? Number,
    LoanNumber Settles,
    int Renewals,
    Money Principal,
    DateOnly DrawnOn,
    DateOnly Maturity,
    Rate Rate,
    RepaymentMethod RepaymentMethod);

/// <summary>A preview, or why there is none.</summary>
public abstract record ReliefResult
{
    private ReliefResult()
    {
    }

    public sealed record Worked(ReliefPreview Preview) : ReliefResult;

    /// <param name="Reasons">At least one; fields are paths such as <c>changes[1].newMaturity</c>.</param>
    public sealed record Refused(IReadOnlyList<Refusal> Reasons) : ReliefResult;
}
