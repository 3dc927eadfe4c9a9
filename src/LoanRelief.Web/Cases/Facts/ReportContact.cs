using System.ComponentModel.DataAnnotations;
using LoanRelief.Domain.Cases;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Cases.Facts;

/// <summary>One attempt to speak with the borrower.</summary>
public sealed record ContactReport : Report
{
    /// <summary>How it was tried.</summary>
    public required ContactChannel Channel { get; init; }

    /// <summary>Whether the borrower was spoken with.</summary>
    public required bool Reached { get; init; }

    /// <summary>Where the proof is kept: a recording, a visit form, a signed notice. Without it the contact does not count.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Evidence { get; init; }

    /// <summary>The day of the attempt (Beijing), today if left out.</summary>
    public DateOnly? On { get; init; }

    internal override Fact ToFact() => new ContactFact(Channel, Reached, Evidence, On);
}

internal static class ReportContact
{
    public static ApiEndpoint Endpoint { get; } = ReportFact.Endpoint<ContactFact, ContactReport>(
        "ReportContact",
        "Reports an attempt to speak with the borrower",
        "提前1个月沟通: the contact counts when the borrower was reached and there is evidence of it.",
        new() { By = "mgr-lin", Channel = ContactChannel.Phone, Reached = true, Evidence = "rec-20260105-1" });
}
