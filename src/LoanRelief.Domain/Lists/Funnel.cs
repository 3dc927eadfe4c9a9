using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Lists;

/// <summary>How many firms came to each stage in a period, by district and sector. Every figure is the sum of those below it.</summary>
/// <param name="Cells">Those that have a firm.</param>
public sealed record Funnel(IReadOnlyDictionary<FunnelCell, FunnelFigures> Cells)
{
    public FunnelFigures Total => FunnelFigures.Sum(Cells.Values);

    /// <summary>The cells put together by what they have in common, in its order.</summary>
    public IEnumerable<(TKey Key, FunnelFigures Figures)> By<TKey>(Func<FunnelCell, TKey> of, IComparer<TKey> order) =>
        Cells.GroupBy(cell => of(cell.Key)).OrderBy(group => group.Key, order).Select(group => (group.Key, FunnelFigures.Sum(group.Select(cell => cell.Value))));
}

/// <summary>Where a firm is counted: in one district and one sector.</summary>
/// <param name="Sector">A section of GB/T 4754, A to T, or <see cref="ForeignTrade"/>.</param>
public readonly record struct FunnelCell(DistrictCode District, string Sector)
{
    /// <summary>外贸, a sector of its own.</summary>
    public const string ForeignTrade = "foreignTrade";

    public static FunnelCell Of(FunnelRecord record) => new(record.District, record.ForeignTrade ? ForeignTrade : record.Sector.Section);
}

/// <param name="Firms">Firms that came to the stage, each once (户数).</param>
/// <param name="WithoutEarlier">Those of them of which nobody has said that they came to the stage before.</param>
/// <param name="Amount">What they were granted, or got, in the period (金额).</param>
public readonly record struct StageFigure(int Firms, int WithoutEarlier, Money Amount)
{
    public static StageFigure operator +(StageFigure a, StageFigure b) => new(a.Firms + b.Firms, a.WithoutEarlier + b.WithoutEarlier, a.Amount + b.Amount);
}

/// <summary>The figures of all stages.</summary>
public sealed record FunnelFigures(StageFigure Visited, StageFigure Recommended, StageFigure Credit, StageFigure Disbursed)
{
    public StageFigure this[FunnelStage stage] => stage switch
    {
        FunnelStage.Visited => Visited,
        FunnelStage.Recommended => Recommended,
        FunnelStage.Credit => Credit,
        _ => Disbursed,
    };

    public static FunnelFigures Sum(IEnumerable<FunnelFigures> figures) => figures.Aggregate(
        new FunnelFigures(default, default, default, default),
        (sum, each) => new(sum.Visited + each.Visited, sum.Recommended + each.Recommended, sum.Credit + each.Credit, sum.Disbursed + each.Disbursed));
}
