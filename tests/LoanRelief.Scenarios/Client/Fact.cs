using System.Globalization;

namespace LoanRelief.Scenarios.Client;

/// <summary>Something that people and systems at the bank report about a case.</summary>
/// <param name="Name">Last part of the path.</param>
/// <param name="Body">What is sent.</param>
public sealed record Fact(string Name, object Body);

/// <summary>What there is to report, and by whom it usually is.</summary>
public static class Facts
{
    public const string Manager = "zhang.san";
    public const string Approver = "li.si";
    public const string Reviewer = "wang.wu";
    public const string CoreSystem = "core";

    /// <summary>Everything that a renewal needs, and so everything that any measure needs.</summary>
    public static Fact AllDocuments => Documents("application", "business-licence", "financial-statements", "tax-record");

    public static Fact Contacted(DateOnly? on = null, string? evidence = "recording-1") =>
        new("contact", new { By = Manager, Channel = "phone", Reached = true, Evidence = evidence, On = on });

    public static Fact NotReached => new("contact", new { By = Manager, Channel = "phone", Reached = false });

    /// <param name="measure">repay, defer, extend, renew or none.</param>
    public static Fact Wants(string measure, string by = Manager) => new("intent", new { By = by, Kind = measure });

    /// <summary>Relief under a measure of a policy, with what no loan book shows.</summary>
    public static Fact WantsUnder(string kind, string policy, string measure, params string[] attested) =>
        new("intent", new { By = Manager, Kind = kind, Measures = new[] { new { Policy = policy, Measure = measure } }, Attested = attested });

    /// <summary>A renewal with a maturity of the borrower's wish.</summary>
    public static Fact WantsRenewalUntil(DateOnly maturity) =>
        new("intent", new { By = Manager, Kind = "renew", Changes = new[] { new { Type = "renewal", NewMaturity = maturity } } });

    public static Fact Documents(params string[] received) => new("documents", new { By = Manager, Received = received });

    public static Fact Approved(string by = Approver, string level = "creditDepartment") => Decided("approve", null, by, level);

    public static Fact ApprovedBeyond(string overrideReason) =>
        new("approval", new { By = Approver, Decision = "approve", Level = "creditDepartment", OverrideReason = overrideReason });

    public static Fact Returned(string? reason = "term too long", string by = Approver) => Decided("return", reason, by);

    public static Fact Refused(string? reason = "cash flow", string by = Approver) => Decided("refuse", reason, by);

    public static Fact Consents(string guarantor) =>
        new("guarantor-consent", new { By = Manager, Guarantor = guarantor, Consents = true, Evidence = $"letter-{guarantor}" });

    public static Fact ConsentsByWordOfMouth(string guarantor) => new("guarantor-consent", new { By = Manager, Guarantor = guarantor, Consents = true });

    public static Fact DoesNotConsent(string guarantor) => new("guarantor-consent", new { By = Manager, Guarantor = guarantor, Consents = false });

    public static Fact SignedOn(DateOnly on) =>
        new("signature", new { By = Manager, ContractNumber = string.Create(CultureInfo.InvariantCulture, $"HT-{on:yyyyMMdd}"), SignedOn = on });

    public static Fact Booked(string? newLoanNumber = null) =>
        new("booking", new { By = CoreSystem, Result = "confirmed", Reference = "CORE-1", NewLoanNumber = newLoanNumber });

    public static Fact BookingFailed => new("booking", new { By = CoreSystem, Result = "failed", Reason = "account locked" });

    public static Fact Reversed => new("booking", new { By = CoreSystem, Result = "reversed", Reference = "CORE-R" });

    public static Fact Withdrawn(string reason = "sold the machine") => new("withdrawal", new { By = Manager, Reason = reason });

    public static Fact Held(DateOnly? until = null, string reason = "dispute") => new("hold", new { By = Manager, Reason = reason, Until = until });

    public static Fact Released => new("release", new { By = Manager, Reason = "settled" });

    private static Fact Decided(string decision, string? reason, string by, string level = "creditDepartment") =>
        new("approval", new { By = by, Decision = decision, Level = level, Reason = reason });
}
