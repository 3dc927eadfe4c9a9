using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;

namespace LoanRelief.Domain.Cases;

/// <summary>Something that people or systems report about a case.</summary>
public abstract record Fact
{
    /// <summary>The name by which the fact goes in paths, histories and lists of what would be accepted.</summary>
    public static string NameOf<T>() where T : Fact => NameOf(typeof(T));

    /// <inheritdoc cref="NameOf{T}"/>
    public static string NameOf(Type fact) => Names[fact];

    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(ContactFact)] = "contact",
        [typeof(IntentFact)] = "intent",
        [typeof(DocumentsFact)] = "documents",
        [typeof(ApprovalFact)] = "approval",
        [typeof(GuarantorConsentFact)] = "guarantor-consent",
        [typeof(SignatureFact)] = "signature",
        [typeof(BookingFact)] = "booking",
        [typeof(WithdrawalFact)] = "withdrawal",
        [typeof(HoldFact)] = "hold",
        [typeof(ReleaseFact)] = "release",
        [typeof(LoanFact)] = "loan",
    };
}

/// <summary>The case begins.</summary>
/// <param name="Lender">What the lender is, where that is known.</param>
public sealed record OpenFact(CaseId Id, Loan Loan, CasePolicy Policy, CaseTrigger Trigger, InstitutionKind? Lender = null);

/// <summary>One attempt to speak with the borrower.</summary>
/// <param name="Channel">How it was tried.</param>
/// <param name="Reached">Whether the borrower was spoken with.</param>
/// <param name="Evidence">Where the proof is kept: a recording, a visit form, a signed notice. Without it the contact does not count.</param>
/// <param name="On">The day of the attempt (Beijing), today if left out; not in the future and not before the case was opened less the policy's look-back.</param>
public sealed record ContactFact(ContactChannel Channel, bool Reached, string? Evidence = null, DateOnly? On = null) : Fact;

public enum ContactChannel
{
    Phone,
    Visit,
    Branch,
    WeChat,
    Sms,
    Letter,
    Email,
}

/// <summary>What the borrower wants.</summary>
/// <param name="Kind">The relief asked for, or none.</param>
/// <param name="Changes">On which terms; what is left out is as the measure gives it, or as the lender usually does.</param>
/// <param name="Measures">Under which measures; left out, the first of the kind that applies.</param>
/// <param name="Attested">Circumstances that no loan book shows.</param>
public sealed record IntentFact(
    IntentKind Kind,
    IReadOnlyList<LoanChange>? Changes = null,
    IReadOnlyList<MeasureId>? Measures = null,
    IReadOnlyList<Attestation>? Attested = null) : Fact;

/// <summary>Documents came in.</summary>
/// <param name="Received">Document codes of the policy, such as <c>business-licence</c>.</param>
public sealed record DocumentsFact(IReadOnlyList<string> Received) : Fact;

/// <summary>A decision on the proposal.</summary>
/// <param name="Decision">Approve, return for other terms, or refuse.</param>
/// <param name="Level">The level at which it was decided.</param>
/// <param name="Reason">Needed to return or refuse.</param>
/// <param name="OverrideReason">Needed to approve what goes beyond an "in principle" (原则上) limit.</param>
public sealed record ApprovalFact(
    ApprovalDecision Decision,
    ApprovalLevel Level,
    string? Reason = null,
    string? OverrideReason = null) : Fact;

public enum ApprovalDecision
{
    Approve,

    /// <summary>退回: back for other terms.</summary>
    Return,
    Refuse,
}

/// <summary>A guarantor, mortgagor or pledgor answered.</summary>
/// <param name="Guarantor">Reference of the guarantor in the loan.</param>
/// <param name="Consents">Whether it consents.</param>
/// <param name="Evidence">Where the written consent is kept; needed when it consents (贷款通则 §12: in writing).</param>
public sealed record GuarantorConsentFact(string Guarantor, bool Consents, string? Evidence = null) : Fact;

/// <summary>The contract was signed.</summary>
/// <param name="ContractNumber">合同编号.</param>
/// <param name="SignedOn">Day of signature (Beijing); not in the future.</param>
public sealed record SignatureFact(string ContractNumber, DateOnly SignedOn) : Fact;

/// <summary>The core system's answer, to an instruction or with a repayment.</summary>
/// <param name="Result">What it did.</param>
/// <param name="Reference">The core system's own reference; needed when confirmed or reversed.</param>
/// <param name="NewLoanNumber">借据号 of the new loan; needed when a renewal is confirmed.</param>
/// <param name="Reason">Needed when failed.</param>
public sealed record BookingFact(
    BookingResult Result,
    string? Reference = null,
    LoanNumber? NewLoanNumber = null,
    string? Reason = null) : Fact;

public enum BookingResult
{
    /// <summary>Carried out; in the repayment stage: repaid.</summary>
    Confirmed,

    /// <summary>Not carried out.</summary>
    Failed,

    /// <summary>What had been carried out was undone (冲正).</summary>
    Reversed,
}

/// <summary>The borrower or the institution gives the request up.</summary>
public sealed record WithdrawalFact(string Reason) : Fact;

/// <summary>Pauses reminders and chasing; the deadlines of the rules run on.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Until">Last day of the hold; the policy's longest hold if left out.</param>
public sealed record HoldFact(string Reason, DateOnly? Until = null) : Fact;

/// <summary>Ends a hold.</summary>
public sealed record ReleaseFact(string? Reason = null) : Fact;

/// <summary>The institution's book has changed for this loan.</summary>
public sealed record LoanFact(Loan Loan) : Fact;
