using System.ComponentModel.DataAnnotations;
using LoanRelief.Domain.Cases;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Cases.Facts;

/// <summary>A guarantor, mortgagor or pledgor answered.</summary>
public sealed record GuarantorConsentReport : Report
{
    /// <summary>Reference of the guarantor in the loan.</summary>
    [StringLength(100, MinimumLength = 1)]
    public required string Guarantor { get; init; }

    /// <summary>Whether it consents.</summary>
    public required bool Consents { get; init; }

    /// <summary>Where the written consent is kept; needed when it consents (贷款通则 §12: in writing).</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Evidence { get; init; }

    internal override Fact ToFact() => new GuarantorConsentFact(Guarantor, Consents, Evidence);
}

internal static class ReportGuarantorConsent
{
    public static ApiEndpoint Endpoint { get; } = ReportFact.Endpoint<GuarantorConsentFact, GuarantorConsentReport>(
        "ReportGuarantorConsent",
        "Reports the answer of a guarantor, mortgagor or pledgor",
        "Each of them has to consent in writing; one who refuses ends the case.",
        new() { By = "mgr-lin", Guarantor = "G-1", Consents = true, Evidence = "consent-2026-01" });
}
