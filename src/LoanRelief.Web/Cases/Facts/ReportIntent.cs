using System.ComponentModel.DataAnnotations;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Relief;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Cases.Facts;

/// <summary>What the borrower wants.</summary>
public sealed record IntentReport : Report
{
    /// <summary>The measure asked for, or none.</summary>
    public required IntentKind Kind { get; init; }

    /// <summary>The terms asked for; left out, the policy's usual terms for the measure are proposed.</summary>
    [Length(0, 10)]
    public IReadOnlyList<LoanChange>? Changes { get; init; }

    internal override Fact ToFact() => new IntentFact(Kind, Changes);
}

internal static class ReportIntent
{
    public static ApiEndpoint Endpoint { get; } = ReportFact.Endpoint<IntentFact, IntentReport>(
        "ReportIntent",
        "Reports what the borrower wants",
        "To repay, a deferral (延期), an extension (展期), a renewal (续贷), or nothing. Relief has to be asked for before maturity. Who reports it has prepared the proposal and may not approve it.",
        new() { By = "mgr-lin", Kind = IntentKind.Renew });
}
