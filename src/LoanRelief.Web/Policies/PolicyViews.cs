using LoanRelief.Domain.Policies;

namespace LoanRelief.Web.Policies;

/// <summary>The latest version of every policy pack, by id.</summary>
public sealed record PolicyList(IReadOnlyList<PolicySummary> Policies);

/// <summary>A policy pack without its articles.</summary>
public sealed record PolicySummary
{
    public required PolicyPackId Id { get; init; }

    public required int Version { get; init; }

    public required LocalText Title { get; init; }

    public required string Authority { get; init; }

    /// <summary>文号.</summary>
    public string? DocumentNumber { get; init; }

    public required string Jurisdiction { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    public DateOnly? EffectiveUntil { get; init; }

    /// <summary>Whether it is in force today, by the program's clock.</summary>
    public required bool InForce { get; init; }

    /// <summary>How many measures it has.</summary>
    public required int Measures { get; init; }

    /// <summary>How many duties it has.</summary>
    public required int Duties { get; init; }

    internal static PolicySummary Of(PolicyPack pack, DateOnly today) => new()
    {
        Id = pack.Id,
        Version = pack.Version,
        Title = pack.Title,
        Authority = pack.Authority,
        DocumentNumber = pack.DocumentNumber,
        Jurisdiction = pack.Jurisdiction,
        EffectiveFrom = pack.EffectiveFrom,
        EffectiveUntil = pack.EffectiveUntil,
        InForce = pack.IsInForce(today),
        Measures = pack.Measures.Count,
        Duties = pack.Duties.Count,
    };
}
