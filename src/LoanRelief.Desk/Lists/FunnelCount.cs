using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Lists;

/// <param name="AsOf">Business time at which it was counted.</param>
/// <param name="Funnel">The figures.</param>
public sealed record FunnelCount(DateTimeOffset AsOf, Funnel Funnel);

/// <summary>Days that are counted, both included.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last; at most <see cref="LongestDays"/> days in all.</param>
public readonly record struct FunnelWindow(DateOnly From, DateOnly To)
{
    /// <summary>A year, whichever.</summary>
    public const int LongestDays = 366;

    public bool Contains(DateOnly day) => From <= day && day <= To;

    /// <summary>Why it can not be counted; null when it can.</summary>
    /// <param name="field">Where its last day was said.</param>
    public Refusal? Check(string field) => (To.DayNumber - From.DayNumber + 1) switch
    {
        < 1 => new Refusal("window-backwards", field).With("from", From.ToString("O", null)).With("to", To.ToString("O", null)),
        > LongestDays and var days => new Refusal("window-too-long", field).With("days", days).With("maximum", LongestDays),
        _ => null,
    };
}

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
