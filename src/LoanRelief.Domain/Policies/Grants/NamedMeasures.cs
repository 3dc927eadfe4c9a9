using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Policies;

/// <summary>The measures that a request names, and what is wrong with how it was put.</summary>
internal sealed class NamedMeasures
{
    private readonly List<PackMeasure> _all = [];
    private readonly List<Refusal> _wrong = [];

    public NamedMeasures(IReadOnlyList<PolicyPack> packs, ReliefRequest request)
    {
        if (request is { Changes.Count: > 0, AsksForTerms: false })
            _wrong.Add(new Refusal("changes-without-measure", "changes").With("measure", request.Kind));
        for (var i = 0; i < request.Changes.Count; i++)
        {
            // The calculator takes it for what it is, no change; as a measure it would count as relief.
            if (request.Changes[i] is Deferral { Months: 0 })
                _wrong.Add(new("nothing-to-defer", $"changes[{i}].months"));
        }

        for (var i = 0; i < request.Measures.Count; i++)
            Add(packs, request, request.Measures[i], $"measures[{i}]");
    }

    public IReadOnlyList<PackMeasure> All => _all;

    /// <summary>The one of the kind that is asked for; null where none of it is named.</summary>
    public PackMeasure? Main => _all.Where(each => each.Measure.Intent is not null).Select(each => (PackMeasure?)each).FirstOrDefault();

    /// <summary>The others: a rate cut, fees.</summary>
    public IReadOnlyList<PackMeasure> Beside => [.. _all.Where(each => each.Measure.Intent is null)];

    /// <summary>What is wrong with the request; empty when nothing is.</summary>
    public IReadOnlyList<Refusal> Wrong => _wrong;

    private void Add(IReadOnlyList<PolicyPack> packs, ReliefRequest request, MeasureId id, string field)
    {
        if (MeasureRules.Find(packs, id, out var held) is { } unknown)
            _wrong.Add(unknown with { Field = field });
        else if (held.Measure.Intent is { } kind && kind != request.Kind)
            _wrong.Add(new Refusal("measure-of-other-kind", field).With("seen", kind).With("wanted", request.Kind));
        else if (_all.Any(earlier => GivesTheLike(earlier.Measure, held.Measure)))
            _wrong.Add(new("duplicate-change", field));
        else
            _all.Add(held);
    }

    private static bool GivesTheLike(PolicyMeasure one, PolicyMeasure other) =>
        one.Offers.Any(offer => other.Offers.Any(each => each.GetType() == offer.GetType()));
}
