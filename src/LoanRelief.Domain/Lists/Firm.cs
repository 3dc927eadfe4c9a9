using System.Text.Json.Serialization;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Domain.Lists;

/// <summary>What all lists say about one firm, whoever published them; who may see what of it is for the reader to ask.</summary>
public sealed record Firm(CreditCode Code)
{
    public IReadOnlyList<Exclusion> Exclusions { get; init; } = [];

    /// <summary>To which stages of the funnel it came.</summary>
    public IReadOnlyList<FunnelRecord> Records { get; init; } = [];

    /// <summary>Records that were taken back, as they stood: they count nowhere.</summary>
    public IReadOnlyList<FunnelRecord> Withdrawn { get; init; } = [];

    /// <summary>How many entries and records there are.</summary>
    [JsonIgnore]
    public int Entries => Exclusions.Count + Records.Count + Withdrawn.Count;

    /// <summary>With an entry, in the place of an earlier one of the same kind on the same list; the same firm when it stands there already.</summary>
    public Firm With(Exclusion entry) =>
        Exclusions.Contains(entry) ? this : this with { Exclusions = [.. Exclusions.Where(other => !entry.Replaces(other)), entry] };

    /// <summary>With a record, in the place of an earlier one of the same stage, day and author, withdrawn or not; the same firm when it stands there already.</summary>
    public Firm With(FunnelRecord record) => Records.Contains(record) ? this : this with { Records = [.. Others(Records, record), record], Withdrawn = [.. Others(Withdrawn, record)] };

    /// <summary>Without the record of the same stage, day and author; the same firm when none stands there.</summary>
    public Firm Without(FunnelRecord record) => Records.FirstOrDefault(record.Replaces) is { } stood
        ? this with { Records = [.. Others(Records, record)], Withdrawn = [.. Withdrawn, stood] }
        : this;

    /// <summary>Whether there is, or was, a record of the same stage, day and author.</summary>
    public bool Knows(FunnelRecord record) => Records.Concat(Withdrawn).Any(record.Replaces);

    private static IEnumerable<FunnelRecord> Others(IEnumerable<FunnelRecord> records, FunnelRecord record) => records.Where(other => !record.Replaces(other));
}
