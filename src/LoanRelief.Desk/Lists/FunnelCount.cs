using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Lists;

/// <param name="AsOf">Business time at which it was counted.</param>
/// <param name="Funnel">The figures.</param>
public sealed record FunnelCount(DateTimeOffset AsOf, Funnel Funnel);

/// <summary>Which firms are wanted.</summary>
/// <param name="Stage">Those that came to this stage.</param>
/// <param name="District">Those of this district; null for all.</param>
/// <param name="Sector">Those of this sector; null for all.</param>
/// <param name="WithoutEarlier">Those of which nobody has said that they came to the stage before.</param>
public sealed record FunnelFilter(FunnelStage Stage, DistrictCode? District, string? Sector, bool WithoutEarlier)
{
    public bool Has(FunnelFirm firm) =>
        (District is null || firm.Cell.District == District) && (Sector is null || firm.Cell.Sector == Sector) && (!WithoutEarlier || firm.Figure.WithoutEarlier > 0);
}

/// <summary>A firm behind a figure.</summary>
/// <param name="On">The first day of the period on which it came to the stage, as the first says who speaks of it.</param>
/// <param name="Cell">Where it is counted.</param>
/// <param name="Figure">What it adds to the figure.</param>
public sealed record FunnelFirm(CreditCode Code, DateOnly On, FunnelCell Cell, StageFigure Figure);

/// <param name="Firms">May be fewer than asked for although others follow.</param>
/// <param name="Next">What the next page comes after; null on the last.</param>
public sealed record FunnelPage(IReadOnlyList<FunnelFirm> Firms, FunnelPlace? Next);
