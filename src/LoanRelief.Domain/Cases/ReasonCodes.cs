namespace LoanRelief.Domain.Cases;

/// <summary>Why a case ended as it did; stable, for statistics.</summary>
public static class ReasonCodes
{
    public const string RelievedAsAgreed = "relieved-as-agreed";
    public const string RepaidAsAnnounced = "repaid-as-announced";
    public const string RepaidBeforehand = "repaid-beforehand";
    public const string NotRepaid = "not-repaid";
    public const string BorrowerDeclined = "borrower-declined";
    public const string Withdrawn = "withdrawn";
    public const string RefusedTwice = "refused-twice";
    public const string GuarantorRefused = "guarantor-refused";
    public const string ListedZombie = "listed-zombie";
    public const string ListedShell = "listed-shell";
    public const string ListedDishonest = "listed-dishonest";
    public const string MaturedBeforehand = "matured-beforehand";
    public const string BorrowerNotReached = "borrower-not-reached";
    public const string BorrowerSilent = "borrower-silent";
    public const string DocumentsMissing = "documents-missing";
    public const string NotDecidedInTime = "not-decided-in-time";
    public const string GuarantorSilent = "guarantor-silent";
    public const string NotSignedInTime = "not-signed-in-time";
    public const string CoreSystemRefused = "core-system-refused";
}
