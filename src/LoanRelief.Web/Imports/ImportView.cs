using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Imports;

/// <summary>How far an import has come.</summary>
public sealed record ImportView
{
    public required Guid Id { get; init; }

    public required InstitutionId Institution { get; init; }

    public required ImportState State { get; init; }

    public required string StateTitle { get; init; }

    public required BookFormat Format { get; init; }

    /// <summary>The encoding in which the file was read.</summary>
    public required BookEncoding Encoding { get; init; }

    /// <summary>Whether the encoding was told by the text itself, because neither a byte order mark nor the content type said it.</summary>
    public required bool EncodingDetected { get; init; }

    /// <summary>Rows that are not blank and not the header, as far as they have been received.</summary>
    public required int Rows { get; init; }

    /// <summary>Those of them that are refused. The others go into the loan book all the same.</summary>
    public required int Rejected { get; init; }

    /// <summary>Loans that were not known.</summary>
    public required int Added { get; init; }

    /// <summary>Loans that were known and had changed.</summary>
    public required int Changed { get; init; }

    /// <summary>Loans that were known and had not changed.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Loans that have been received and are not in the loan book yet.</summary>
    public required int Remaining { get; init; }

    /// <summary>When the file began to come.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When all of it had been received.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>When all of it was in the loan book.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Where the refused rows are, while they are kept; not there when there are none.</summary>
    public string? RejectedRows { get; init; }

    /// <summary>The day up to which the refused rows are kept, in Beijing: they hold personal data.</summary>
    public DateOnly? RejectedRowsUntil { get; init; }

    internal static string PathOf(LoanImport import) => $"/api/institutions/{import.Institution}/loan-imports/{import.Id}";

    internal static ImportView Of(LoanImport import, Catalogue texts) => new()
    {
        Id = import.Id,
        Institution = import.Institution,
        State = import.State,
        StateTitle = texts.Of(import.State),
        Format = import.Format,
        Encoding = import.Encoding,
        EncodingDetected = import.EncodingDetected,
        Rows = import.Rows,
        Rejected = import.Rejected,
        Added = import.Added,
        Changed = import.Changed,
        Unchanged = import.Unchanged,
        Remaining = import.Rows - import.Rejected - import.Stored,
        BegunAt = import.BegunAt,
        ReceivedAt = import.ReceivedAt,
        CompletedAt = import.CompletedAt,
        RejectedRows = import is { Rejected: > 0, RejectedDeletedAt: null } ? $"{PathOf(import)}/rejected-rows" : null,
        RejectedRowsUntil = import.RejectedUntil,
    };
}
