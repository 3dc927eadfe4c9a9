using System.Text.Json;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Imports.Reading;

namespace LoanRelief.Web.Lists;

/// <summary>A line of an exclusion list.</summary>
public sealed record ExclusionBody
{
    /// <summary>统一社会信用代码.</summary>
    public required CreditCode CreditCode { get; init; }

    /// <summary>Read over: the firm is known by its code, and names stay at home.</summary>
    public string? Name { get; init; }

    public required ExclusionList Kind { get; init; }

    /// <summary>On what the entry rests.</summary>
    public required string Source { get; init; }

    /// <summary>The first day on which it holds.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last; left out while no end is known.</summary>
    public DateOnly? ValidUntil { get; init; }
}

/// <summary>Entries of an exclusion list.</summary>
/// <param name="by">Who publishes it.</param>
/// <param name="list">Its name.</param>
internal sealed class ExclusionRows(InstitutionId by, ListId list) : RowKind<ExclusionRow>
{
    public override IReadOnlyList<string> Required { get; } = ["creditCode", "kind", "source", "validFrom"];

    public override IReadOnlyList<string> Optional { get; } = ["name", "validUntil"];

    public override Type Body => typeof(ExclusionBody);

    public override ExclusionRow Read(CsvFields fields) => new(
        fields.Identifier<CreditCode>("creditCode"),
        new(fields.Choice<ExclusionList>("kind"), by, list, fields.Text("source"), fields.Date("validFrom"), fields.DateOrNone("validUntil")));

    public override ExclusionRow Read(JsonElement json, List<Refusal> found)
    {
        var body = json.Deserialize<ExclusionBody>(WebJson.Options)!;
        return new(body.CreditCode, new(body.Kind, by, list, body.Source, body.ValidFrom, body.ValidUntil));
    }

    public override IReadOnlyList<Refusal> Check(ExclusionRow content) => content.Check();
}
