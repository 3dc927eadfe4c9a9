using System.ComponentModel.DataAnnotations;
using LoanRelief.Domain.Cases;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Cases.Facts;

/// <summary>A decision on the proposal.</summary>
public sealed record ApprovalReport : Report
{
    /// <summary>Approve, return for other terms, or refuse.</summary>
    public required ApprovalDecision Decision { get; init; }

    /// <summary>The level at which it was decided.</summary>
    public required ApprovalLevel Level { get; init; }

    /// <summary>Needed to return or refuse.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Reason { get; init; }

    /// <summary>Needed to approve what goes beyond an "in principle" (原则上) limit.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? OverrideReason { get; init; }

    internal override Fact ToFact() => new ApprovalFact(Decision, Level, Reason, OverrideReason);
}

internal static class ReportApproval
{
    public static ApiEndpoint Endpoint { get; } = ReportFact.Endpoint<ApprovalFact, ApprovalReport>(
        "ReportApproval",
        "Reports a decision on the proposal",
        "A refusal goes to a second review (复议), which is reported here too, by somebody else again. Instead of an approval, the case of a borrower who is on an exclusion list by now closes as `excluded`.",
        new() { By = "dir-chen", Decision = ApprovalDecision.Approve, Level = ApprovalLevel.CreditDepartment });
}
