using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Relief;

namespace LoanRelief.Domain.Policies;

/// <summary>A published policy as data: what it gives to whom, what it asks of whom, from when to when.</summary>
public sealed record PolicyPack
{
    public required PolicyPackId Id { get; init; }

    /// <summary>Counts from 1 and is given out when the pack is stored; what a submitted pack says is not looked at.</summary>
    public int Version { get; init; } = 1;

    public required LocalText Title { get; init; }

    /// <summary>Who published it.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Authority { get; init; }

    /// <summary>文号, such as 渝北金〔2022〕16号, where it has one.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? DocumentNumber { get; init; }

    /// <summary>Where it holds, in words; <see cref="Scope"/> is what loans are held against.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Jurisdiction { get; init; }

    public DateOnly? IssuedOn { get; init; }

    /// <summary>First day on which it is in force.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Last day on which it is in force; open if left out.</summary>
    public DateOnly? EffectiveUntil { get; init; }

    /// <summary>Where the text was taken from, and which of its parameters are a reading and not a quotation.</summary>
    [StringLength(2000, MinimumLength = 1)]
    public required string Source { get; init; }

    /// <summary>提前沟通: how long before maturity the lender has to have spoken with the borrower, where the policy says so.</summary>
    public ContactRule? Contact { get; init; }

    /// <summary>Conditions that every measure and rule of the pack shares.</summary>
    [Length(0, 20)]
    public IReadOnlyList<Condition> Scope { get; init; } = [];

    [Length(0, 100)]
    public IReadOnlyList<PolicyMeasure> Measures { get; init; } = [];

    /// <summary>Articles that ask something of somebody which no figure follows from.</summary>
    [Length(0, 200)]
    public IReadOnlyList<PolicyDuty> Duties { get; init; } = [];

    /// <summary>What the policy says about the five categories (五级分类).</summary>
    [Length(0, 50)]
    public IReadOnlyList<ClassificationRule> Classification { get; init; } = [];

    [JsonIgnore]
    public PolicyPackReference Reference => new(Id, Version);

    /// <summary>By what it is quoted: 文号, or the title of a policy without one.</summary>
    [JsonIgnore]
    public string Document => DocumentNumber ?? Title.Zh;

    /// <summary>Whether it holds on a day.</summary>
    public bool IsInForce(DateOnly on) => on >= EffectiveFrom && (EffectiveUntil is not { } until || on <= until);
}

/// <summary>A text in both languages.</summary>
/// <param name="Zh">中文; the words of the policy itself where it is a quotation.</param>
/// <param name="En">English.</param>
public sealed record LocalText(
    [property: StringLength(1000, MinimumLength = 1)] string Zh,
    [property: StringLength(2000, MinimumLength = 1)] string En);

/// <summary>An article of a policy from which relief can be worked out.</summary>
public sealed record PolicyMeasure
{
    /// <summary>Unique within the pack.</summary>
    [StringLength(64, MinimumLength = 1)]
    public required string Id { get; init; }

    /// <summary>Where it stands, as it is quoted: （一）, 第十二条.</summary>
    [StringLength(50, MinimumLength = 1)]
    public required string Article { get; init; }

    public required LocalText Title { get; init; }

    /// <summary>What it gives, all of it together.</summary>
    [Length(1, 10)]
    public required IReadOnlyList<Offer> Offers { get; init; }

    /// <summary>All have to be met, those of <see cref="PolicyPack.Scope"/> too.</summary>
    [Length(0, 30)]
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>When it can be asked for; at any time while the pack is in force if left out.</summary>
    public Period? Window { get; init; }

    /// <summary>免申即享: granted without being asked for.</summary>
    public bool Automatic { get; init; }

    /// <summary>原则上: an approver may go beyond its limits with a written reason.</summary>
    public bool InPrinciple { get; init; }

    /// <summary>
    /// Relief of this kind is allowed only under a measure that says so: one whose conditions are not met rules it out. A
    /// measure that does not restrict favours those who meet its conditions; others may still agree on the like.
    /// </summary>
    public bool Restricts { get; init; }

    /// <summary>Deferral, extension or renewal, where it gives one of them.</summary>
    [JsonIgnore]
    public IntentKind? Intent => Offers.FirstOrDefault(offer => offer.Intent is not null)?.Intent;

    /// <summary>The cap on all extensions together, where it has one.</summary>
    [JsonIgnore]
    public ExtensionCap? ExtensionCap => Conditions.OfType<ExtensionCapLeft>().FirstOrDefault()?.Cap;
}

/// <param name="From">First day; open if left out.</param>
/// <param name="To">Last day; open if left out.</param>
public sealed record Period(DateOnly? From = null, DateOnly? To = null)
{
    public bool Contains(DateOnly date) => (From is not { } from || date >= from) && (To is not { } to || date <= to);

    /// <summary>As an interval of ISO 8601, <c>..</c> for an open end: <c>2022-10-01/2022-12-31</c>.</summary>
    public override string ToString() => $"{From?.ToString("O", null) ?? ".."}/{To?.ToString("O", null) ?? ".."}";
}

/// <summary>An article that asks something of somebody which no figure follows from.</summary>
public sealed record PolicyDuty
{
    /// <summary>Unique within the pack.</summary>
    [StringLength(64, MinimumLength = 1)]
    public required string Id { get; init; }

    [StringLength(50, MinimumLength = 1)]
    public required string Article { get; init; }

    public required LocalText Title { get; init; }

    public required LocalText Summary { get; init; }

    /// <summary>牵头单位.</summary>
    [Length(0, 20)]
    public IReadOnlyList<string> Lead { get; init; } = [];

    /// <summary>责任单位.</summary>
    [Length(0, 20)]
    public IReadOnlyList<string> Responsible { get; init; } = [];
}
