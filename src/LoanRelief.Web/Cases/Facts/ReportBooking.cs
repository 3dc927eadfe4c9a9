using System.ComponentModel.DataAnnotations;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Cases.Facts;

/// <summary>The core system's answer, to an instruction or with a repayment.</summary>
public sealed record BookingReport : Report
{
    /// <summary>What it did.</summary>
    public required BookingResult Result { get; init; }

    /// <summary>The core system's own reference; needed when confirmed or reversed.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Reference { get; init; }

    /// <summary>借据号 of the new loan; needed when a renewal is confirmed.</summary>
    public LoanNumber? NewLoanNumber { get; init; }

    /// <summary>Needed when failed.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Reason { get; init; }

    internal override Fact ToFact() => new BookingFact(Result, Reference, NewLoanNumber, Reason);
}

internal static class ReportBooking
{
    public static ApiEndpoint Endpoint { get; } = ReportFact.Endpoint<BookingFact, BookingReport>(
        "ReportBooking",
        "Reports the core system's answer",
        "Confirmed, failed (and instructed again later), or reversed (冲正). In the repayment stage `confirmed` means repaid.",
        new() { By = "core", Result = BookingResult.Confirmed, Reference = "CB-88231", NewLoanNumber = Identifier.Parse<LoanNumber>("JJ2026-0117") });
}
