using LoanRelief.Domain.Loans;

namespace LoanRelief.Domain.Lists;

/// <summary>What all lists say about one firm, whoever published them; who may see what of it is for the reader to ask.</summary>
public sealed record Firm(CreditCode Code)
{
    public IReadOnlyList<Exclusion> Exclusions { get; init; } = [];

    /// <summary>With an entry, in the place of an earlier one of the same kind on the same list; the same firm when it stands there already.</summary>
    public Firm With(Exclusion entry) =>
        Exclusions.Contains(entry) ? this : this with { Exclusions = [.. Exclusions.Where(other => !entry.Replaces(other)), entry] };
}
