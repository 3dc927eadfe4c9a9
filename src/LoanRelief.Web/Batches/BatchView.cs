using LoanRelief.Desk.Batches;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Batches;

/// <summary>How far a batch has come.</summary>
public sealed record BatchView
{
    public required Guid Id { get; init; }

    public required InstitutionId Institution { get; init; }

    public required BatchState State { get; init; }

    public required string StateTitle { get; init; }

    /// <summary>Who prepared it.</summary>
    public required string By { get; init; }

    /// <summary>Who approved it, where it grants without application.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>How many loans: those with a verdict and those without.</summary>
    public required int Rows { get; init; }

    /// <summary>Each verdict once, also where no loan has it.</summary>
    public required IReadOnlyList<BatchVerdictView> Verdicts { get; init; }

    /// <summary>Loans without a verdict: still to come, or left when the batch was cancelled.</summary>
    public required int Remaining { get; init; }

    /// <summary>Whether what has not begun is not to be.</summary>
    public required bool CancelAsked { get; init; }

    public required DateTimeOffset PreparedAt { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>When it was completed or cancelled.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where the verdicts are, loan by loan.</summary>
    public required string RowsPath { get; init; }

    internal static string PathOf(CaseBatch batch) => PathOf(batch.Institution, batch.Id);

    internal static string PathOf(InstitutionId institution, Guid id) => $"/api/institutions/{institution}/case-batches/{id}";

    internal static BatchView Of(CaseBatch batch, Catalogue texts) => new()
    {
        Id = batch.Id,
        Institution = batch.Institution,
        State = batch.State,
        StateTitle = texts.Of(batch.State),
        By = batch.By,
        ApprovedBy = batch.ApprovedBy,
        Rows = batch.Rows,
        Verdicts = [.. Enum.GetValues<BatchVerdict>().Select(verdict => new BatchVerdictView(verdict, texts.Of(verdict), batch.Verdicts.GetValueOrDefault(verdict)))],
        Remaining = batch.Rows - batch.Done,
        CancelAsked = batch.CancelAsked,
        PreparedAt = batch.PreparedAt,
        ApprovedAt = batch.ApprovedAt,
        EndedAt = batch.EndedAt,
        RowsPath = $"{PathOf(batch)}/rows",
    };
}

/// <param name="Verdict">The verdict, by which the loans behind it are asked for.</param>
/// <param name="Title">In words.</param>
/// <param name="Count">How many loans have it.</param>
public sealed record BatchVerdictView(BatchVerdict Verdict, string Title, int Count);
