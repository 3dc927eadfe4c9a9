using System.ComponentModel.DataAnnotations;
using LoanRelief.Domain.Cases;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Cases.Facts;

/// <summary>The contract was signed.</summary>
public sealed record SignatureReport : Report
{
    /// <summary>合同编号.</summary>
    [StringLength(100, MinimumLength = 1)]
    public required string ContractNumber { get; init; }

    /// <summary>Day of signature (Beijing); not in the future and not after the last day.</summary>
    public required DateOnly SignedOn { get; init; }

    internal override Fact ToFact() => new SignatureFact(ContractNumber, SignedOn);
}

internal static class ReportSignature
{
    public static ApiEndpoint Endpoint { get; } = ReportFact.Endpoint<SignatureFact, SignatureReport>(
        "ReportSignature",
        "Reports that the contract was signed",
        "Signed before the old maturity (金规〔2024〕13号); it may be reported a few days later. A borrower who was on an exclusion list on the day of the signature gets no relief: the case closes as `excluded`.",
        new() { By = "mgr-lin", ContractNumber = "HT2026-0117", SignedOn = new(2026, 1, 22) });
}
