using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Lists;

/// <summary>A firm stands on a list of those to be screened out beforehand (预先剔除, seed 003), as whoever published the list says.</summary>
/// <param name="Kind">Zombie, shell or dishonest.</param>
/// <param name="By">Who published the list: an institution for itself, or an authority for all.</param>
/// <param name="List">The list, among those of whoever published it.</param>
/// <param name="Source">On what the entry rests, such as 市场监管部门在册数据.</param>
/// <param name="ValidFrom">The first day on which it holds.</param>
/// <param name="ValidUntil">The last; null while no end is known.</param>
public sealed record Exclusion(ExclusionList Kind, InstitutionId By, ListId List, string Source, DateOnly ValidFrom, DateOnly? ValidUntil)
{
    public bool IsValidOn(DateOnly day) => ValidFrom <= day && (ValidUntil is null || day <= ValidUntil);

    /// <summary>Whether it takes the place of the other: the same kind on the same list.</summary>
    public bool Replaces(Exclusion other) => (Kind, By, List) == (other.Kind, other.By, other.List);

    /// <summary>In a line: the kind, on which list, on what it rests, and when it holds.</summary>
    public override string ToString() => $"{Words.Of(Kind)} ({By}/{List}: {Source}, {new Period(ValidFrom, ValidUntil)})";
}

/// <summary>A row of an exclusion list.</summary>
public sealed record ExclusionRow(CreditCode Firm, Exclusion Entry)
{
    /// <summary>Everything that is wrong with it; fields are members of the row.</summary>
    public IReadOnlyList<Refusal> Check()
    {
        var found = new Findings();
        found.Unknown(Entry.Kind, "kind");
        found.Text(Entry.Source, LoanRules.MaximumNameLength, "source");
        if (!found.OutOfRange(Entry.ValidFrom, LoanRules.EarliestDrawdown, LoanRules.LatestDrawdown, "validFrom") && Entry.ValidUntil is { } until)
            found.OutOfRange(until, Entry.ValidFrom, LoanRules.LatestDay, "validUntil");
        return found.All;
    }
}
