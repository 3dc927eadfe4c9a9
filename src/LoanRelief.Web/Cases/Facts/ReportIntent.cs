using System.ComponentModel.DataAnnotations;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Cases.Facts;

/// <summary>What the borrower wants.</summary>
public sealed record IntentReport : Report
{
    /// <summary>The relief asked for, or none.</summary>
    public required IntentKind Kind { get; init; }

    /// <summary>On which terms; what is left out is as the measure gives it, or as the lender usually does.</summary>
    [Length(0, 10)]
    public IReadOnlyList<LoanChange>? Changes { get; init; }

    /// <summary>Under which measures of the case's policies; left out, under the first of the kind that applies. A rate cut or fees may be named beside.</summary>
    [Length(0, 10)]
    public IReadOnlyList<MeasureId>? Measures { get; init; }

    /// <summary>Circumstances that no loan book shows and whoever reports attests.</summary>
    [Length(0, 20)]
    public IReadOnlyList<Attestation>? Attested { get; init; }

    internal override Fact ToFact() => new IntentFact(Kind, Changes, Measures, Attested);
}

internal static class ReportIntent
{
    public static ApiEndpoint Endpoint { get; } = ReportFact.Endpoint<IntentFact, IntentReport>(
        "ReportIntent",
        "Reports what the borrower wants",
        "To repay, a deferral (延期), an extension (展期), a renewal (续贷), or nothing. Relief has to be asked for before maturity, and is held against "
            + "the policies that the case began with. Automatic measures (免申即享) that apply join the proposal without being asked for. Who reports it has prepared the proposal and may not approve it.",
        new() { By = "mgr-lin", Kind = IntentKind.Renew });
}
