using System.ComponentModel.DataAnnotations;
using LoanRelief.Domain.Cases;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Cases.Facts;

/// <summary>Pauses reminders and chasing; the deadlines of the rules run on.</summary>
public sealed record HoldReport : Report
{
    /// <summary>Why.</summary>
    [StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }

    /// <summary>Last day of the hold (Beijing); the policy's longest hold if left out.</summary>
    public DateOnly? Until { get; init; }

    internal override Fact ToFact() => new HoldFact(Reason, Until);
}

internal static class ReportHold
{
    public static ApiEndpoint Endpoint { get; } = ReportFact.Endpoint<HoldFact, HoldReport>(
        "ReportHold",
        "Pauses a case",
        "Reminders and chasing stop; the deadlines of the rules run on.",
        new() { By = "mgr-lin", Reason = "Owner in hospital", Until = new(2026, 1, 30) });
}
