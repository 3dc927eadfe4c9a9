using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Lists;
using LoanRelief.Web.Imports;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Lists;

/// <summary>What came of a list that was sent: it is stored, all but the rows that were refused.</summary>
public sealed record ListStored
{
    /// <summary>Rows that are not blank and not the header.</summary>
    public required int Rows { get; init; }

    /// <summary>Entries that were not known.</summary>
    public required int Added { get; init; }

    /// <summary>Entries that were known and had changed.</summary>
    public required int Changed { get; init; }

    /// <summary>Entries that stood like this already.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Every row that was refused. The others are stored all the same.</summary>
    public required IReadOnlyList<RejectedRowView> Rejected { get; init; }

    internal static ListStored Of(ListCounts counts, IReadOnlyList<RejectedRow> rejected, Catalogue texts) => new()
    {
        Rows = counts.Added + counts.Changed + counts.Unchanged + rejected.Count,
        Added = counts.Added,
        Changed = counts.Changed,
        Unchanged = counts.Unchanged,
        Rejected = [.. rejected.Select(row => RejectedRowView.Of(row, texts))],
    };
}
