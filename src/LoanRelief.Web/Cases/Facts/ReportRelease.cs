using System.ComponentModel.DataAnnotations;
using LoanRelief.Domain.Cases;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Cases.Facts;

/// <summary>Ends a hold.</summary>
public sealed record ReleaseReport : Report
{
    /// <summary>Why.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Reason { get; init; }

    internal override Fact ToFact() => new ReleaseFact(Reason);
}

internal static class ReportRelease
{
    public static ApiEndpoint Endpoint { get; } = ReportFact.Endpoint<ReleaseFact, ReleaseReport>(
        "ReportRelease",
        "Ends the pause of a case",
        "What came due meanwhile is chased from the next working day, not all at once.",
        new() { By = "mgr-lin" });
}
