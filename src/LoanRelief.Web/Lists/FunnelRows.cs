using System.Text.Json;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Imports.Reading;

namespace LoanRelief.Web.Lists;

/// <summary>A line of a list of who came to which stage.</summary>
public sealed record FunnelBody
{
    /// <summary>统一社会信用代码.</summary>
    public required CreditCode CreditCode { get; init; }

    /// <summary>Read over: the firm is known by its code, and names stay at home.</summary>
    public string? Name { get; init; }

    public required FunnelStage Stage { get; init; }

    /// <summary>The day on which it came there; not in the future.</summary>
    public required DateOnly On { get; init; }

    /// <summary>县级行政区划代码.</summary>
    public required DistrictCode District { get; init; }

    /// <summary>A code of GB/T 4754.</summary>
    public required SectorCode Sector { get; init; }

    /// <summary>外贸企业.</summary>
    public bool ForeignTrade { get; init; }

    /// <summary>What was granted, or disbursed, in yuan; for the other stages left out.</summary>
    public Money? Amount { get; init; }

    /// <summary><c>true</c> takes back what was recorded of the firm for this stage and day.</summary>
    public bool Withdrawn { get; init; }
}

/// <summary>Who came to which stage.</summary>
/// <param name="by">Who says so.</param>
internal sealed class FunnelRows(InstitutionId by) : RowKind<FunnelRow>
{
    public override IReadOnlyList<string> Required { get; } = ["creditCode", "stage", "on", "district", "sector"];

    public override IReadOnlyList<string> Optional { get; } = ["name", "foreignTrade", "amount", "withdrawn"];

    public override Type Body => typeof(FunnelBody);

    public override FunnelRow Read(CsvFields fields) => new(
        fields.Identifier<CreditCode>("creditCode"),
        new(
            fields.Choice<FunnelStage>("stage"), by, fields.Date("on"), fields.Identifier<DistrictCode>("district"), fields.Identifier<SectorCode>("sector"),
            fields.YesOrNo("foreignTrade", false), fields.AmountOrNone("amount")),
        fields.YesOrNo("withdrawn", false));

    public override FunnelRow Read(JsonElement json, List<Refusal> found)
    {
        var body = json.Deserialize<FunnelBody>(WebJson.Options)!;
        return new(body.CreditCode, new(body.Stage, by, body.On, body.District, body.Sector, body.ForeignTrade, body.Amount), body.Withdrawn);
    }

    public override IReadOnlyList<Refusal> Check(FunnelRow content) => content.Check();
}
