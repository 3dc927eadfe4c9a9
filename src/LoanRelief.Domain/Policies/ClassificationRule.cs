using System.ComponentModel.DataAnnotations;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Domain.Policies;

/// <summary>What a policy says about the category of a loan after relief.</summary>
public sealed record ClassificationRule
{
    /// <summary>Unique within the pack.</summary>
    [StringLength(64, MinimumLength = 1)]
    public required string Id { get; init; }

    [StringLength(50, MinimumLength = 1)]
    public required string Article { get; init; }

    public required LocalText Text { get; init; }

    public required ClassificationEffect Effect { get; init; }

    /// <summary>Relief after which the rule is looked at; any if left out.</summary>
    [Length(0, 5)]
    public IReadOnlyList<IntentKind> For { get; init; } = [];

    /// <summary>When the rule holds: all of them.</summary>
    [Length(0, 30)]
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>When the rule holds besides: any one of these conditions is not met.</summary>
    [Length(0, 30)]
    public IReadOnlyList<Condition> UnlessAll { get; init; } = [];

    /// <summary>Does not hold for a loan that another rule lets stay 正常.</summary>
    public bool UnlessMayStayNormal { get; init; }

    /// <summary>The best category that is left where the rule holds; for <see cref="ClassificationEffect.AtBest"/>.</summary>
    public LoanClass? AtBest { get; init; }

    /// <summary>观察期; for <see cref="ClassificationEffect.Restructuring"/>.</summary>
    public ObservationPeriod? Observation { get; init; }
}

public enum ClassificationEffect
{
    /// <summary>The loan may (可以, not must) be classified 正常 in spite of the relief.</summary>
    MayStayNormal,

    /// <summary>The loan is classified no better than <see cref="ClassificationRule.AtBest"/>.</summary>
    AtBest,

    /// <summary>The relief is a restructuring (重组): it is counted and observed.</summary>
    Restructuring,
}

/// <summary>观察期: how long a restructured loan is observed.</summary>
/// <param name="Months">At least, from the first day of payment after the change.</param>
/// <param name="Payments">At least, consecutive ones that were agreed.</param>
public sealed record ObservationPeriod(int Months, int Payments);
