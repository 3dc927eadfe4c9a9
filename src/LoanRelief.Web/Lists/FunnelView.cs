using LoanRelief.Desk.Lists;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Lists;

/// <summary>How many firms came to each stage in a period. The figures of the rows add up to those of the districts, of the sectors, and of all.</summary>
public sealed record FunnelView
{
    public required InstitutionId Institution { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly To { get; init; }

    /// <summary>When it was counted.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>All firms.</summary>
    public required IReadOnlyList<StageView> Stages { get; init; }

    public required IReadOnlyList<DistrictView> Districts { get; init; }

    public required IReadOnlyList<SectorView> Sectors { get; init; }

    /// <summary>By district and sector.</summary>
    public required IReadOnlyList<FunnelRowView> Rows { get; init; }

    internal static FunnelView Of(InstitutionId institution, DayWindow window, FunnelCount count, Catalogue texts) => new()
    {
        Institution = institution,
        From = window.From,
        To = window.To,
        AsOf = count.AsOf,
        Stages = StageView.Of(count.Funnel.Total, texts),
        Districts = [.. count.Funnel.By(cell => cell.District.Value, StringComparer.Ordinal).Select(each => new DistrictView(Identifier.Parse<DistrictCode>(each.Key), StageView.Of(each.Figures, texts)))],
        Sectors = [.. count.Funnel.By(cell => cell.Sector, StringComparer.Ordinal).Select(each => new SectorView(each.Key, texts.Text("sectors", each.Key), StageView.Of(each.Figures, texts)))],
        Rows =
        [
            .. count.Funnel.Cells.OrderBy(cell => cell.Key.District.Value, StringComparer.Ordinal).ThenBy(cell => cell.Key.Sector, StringComparer.Ordinal)
                .Select(cell => new FunnelRowView(cell.Key.District, cell.Key.Sector, texts.Text("sectors", cell.Key.Sector), StageView.Of(cell.Value, texts))),
        ],
    };
}

/// <param name="Title">In words.</param>
/// <param name="Firms">Firms that came to the stage, each once (户数).</param>
/// <param name="WithoutEarlier">Those of them of which nobody has said that they came to the stage before.</param>
/// <param name="Amount">What they were granted, or got, in the period, in yuan (金额); not there for the stages that have none.</param>
public sealed record StageView(FunnelStage Stage, string Title, int Firms, int WithoutEarlier, Money? Amount)
{
    internal static IReadOnlyList<StageView> Of(FunnelFigures figures, Catalogue texts) =>
        [.. Enum.GetValues<FunnelStage>().Select(stage => new StageView(stage, texts.Of(stage), figures[stage].Firms, figures[stage].WithoutEarlier, AmountOf(stage, figures[stage])))];

    internal static Money? AmountOf(FunnelStage stage, StageFigure figure) => stage is FunnelStage.Credit or FunnelStage.Disbursed ? figure.Amount : null;
}

/// <param name="District">县级行政区划代码.</param>
/// <param name="Stages">The firms of the district.</param>
public sealed record DistrictView(DistrictCode District, IReadOnlyList<StageView> Stages);

/// <param name="Sector">门类 of GB/T 4754, A to T, or <c>foreignTrade</c>.</param>
/// <param name="Title">In words.</param>
/// <param name="Stages">The firms of the sector.</param>
public sealed record SectorView(string Sector, string Title, IReadOnlyList<StageView> Stages);

/// <param name="District">县级行政区划代码.</param>
/// <param name="Sector">门类 of GB/T 4754, A to T, or <c>foreignTrade</c>.</param>
/// <param name="SectorTitle">In words.</param>
/// <param name="Stages">The firms of the one in the other.</param>
public sealed record FunnelRowView(DistrictCode District, string Sector, string SectorTitle, IReadOnlyList<StageView> Stages);
