using System.ComponentModel.DataAnnotations;
using LoanRelief.Domain.Cases;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Cases.Facts;

/// <summary>The borrower or the institution gives the request up.</summary>
public sealed record WithdrawalReport : Report
{
    /// <summary>Why.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }

    internal override Fact ToFact() => new WithdrawalFact(Reason);
}

internal static class ReportWithdrawal
{
    public static ApiEndpoint Endpoint { get; } = ReportFact.Endpoint<WithdrawalFact, WithdrawalReport>(
        "ReportWithdrawal",
        "Reports that the request is given up",
        "Until it is booked; what the core system may have done by then is undone first.",
        new() { By = "mgr-lin", Reason = "Borrower found other finance" });
}
