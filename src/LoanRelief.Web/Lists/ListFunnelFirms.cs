using System.Globalization;
using LoanRelief.Desk.Lists;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Institutions;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Lists;

/// <summary>One page of the firms behind a figure of the funnel, each firm once.</summary>
/// <param name="Continuation">Leads to the next page; not there on the last.</param>
public sealed record FunnelFirmList(IReadOnlyList<FunnelFirmView> Firms, string? Continuation);

/// <param name="CreditCode">统一社会信用代码.</param>
/// <param name="On">The day on which it came to the stage, the first of the period.</param>
/// <param name="District">Where it is counted.</param>
/// <param name="Sector">As what it is counted: 门类 of GB/T 4754, A to T, or <c>foreignTrade</c>.</param>
/// <param name="Amount">What it was granted, or got, in the period, in yuan; not there for the stages that have none.</param>
/// <param name="WithoutEarlier">Whether nobody has said that it came to the stage before.</param>
public sealed record FunnelFirmView(CreditCode CreditCode, DateOnly On, DistrictCode District, string Sector, Money? Amount, bool WithoutEarlier)
{
    internal static FunnelFirmView Of(FunnelStage stage, FunnelFirm firm) =>
        new(firm.Code, firm.On, firm.Cell.District, firm.Cell.Sector, StageView.AmountOf(stage, firm.Figure), firm.Figure.WithoutEarlier > 0);
}

internal static class ListFunnelFirms
{
    private static readonly string Sectors = "ABCDEFGHIJKLMNOPQRST";

    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ListFunnelFirms",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/funnel/firms",
        Handler = HandleAsync,
        Tag = "Lists",
        Summary = "The firms behind a figure of the funnel, a page at a time",
        Parameters =
        [
            ApiParameters.Institution, FunnelPeriod.From, FunnelPeriod.To,
            new("stage", ParameterPlace.Query, typeof(FunnelStage), "Firms that came to this stage; visited if left out.", "credit"),
            new("district", ParameterPlace.Query, typeof(DistrictCode), "Firms of this district; all if left out.", "330328"),
            new("sector", ParameterPlace.Query, typeof(string), "Firms of this sector, A to T or `foreignTrade`; all if left out.", "C"),
            new("withoutEarlier", ParameterPlace.Query, typeof(bool), "`true` for those of which nobody has said that they came to the stage before.", "false"),
            NextPage.Size("Firms", note: "A page may have fewer, even none, although others follow."),
            NextPage.After("wencheng-rcb~2025-12-22~92330328MA2CPQ4R51"),
        ],
        Answers = [new(StatusCodes.Status200OK, typeof(FunnelFirmList), "One page.", ApiHeaders.Link)],
        Problems = [ProblemKind.InstitutionUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, FunnelDesk desk, IInstitutionStore institutions, TimeProvider clock, CancellationToken cancellationToken)
    {
        var institution = input.Path<InstitutionId>("institution");
        var window = FunnelPeriod.Read(input, clock);
        var filter = new FunnelFilter(
            input.QueryWord<FunnelStage>("stage") ?? FunnelStage.Visited, input.QueryId<DistrictCode>("district"), SectorOf(input), input.QueryFlag("withoutEarlier"));
        var size = NextPage.SizeOf(input);
        var after = NextPage.PlaceOf(input, text => Place(text) is { } place && window.Contains(place.On) ? place : default(FunnelPlace?));
        input.Check();
        if (await institutions.FindAsync(institution, cancellationToken) is null)
            return GetInstitution.Unknown(institution);

        var page = await desk.PageAsync(institution, window, filter, after, size, cancellationToken);
        var continuation = page.Next is { } next ? string.Create(CultureInfo.InvariantCulture, $"{next.By}~{next.On:yyyy-MM-dd}~{next.Firm}") : null;
        NextPage.Link(input.Http, continuation);
        return Answer.Json(new FunnelFirmList([.. page.Firms.Select(firm => FunnelFirmView.Of(filter.Stage, firm))], continuation));
    }

    private static string? SectorOf(Input input)
    {
        if (input.QueryText("sector") is not { } sector)
            return null;
        if (sector is FunnelCell.ForeignTrade || (sector.Length == 1 && Sectors.Contains(sector, StringComparison.Ordinal)))
            return sector;
        input.Refuse(new Refusal("not-allowed", "sector").With("value", sector).With("allowed", $"A - T, {FunnelCell.ForeignTrade}"));
        return null;
    }

    private static FunnelPlace? Place(string continuation) =>
        continuation.Split('~') is [var by, var on, var firm]
        && InstitutionId.TryParse(by, out var institution)
        && DateOnly.TryParseExact(on, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && CreditCode.TryParse(firm, out var code)
            ? new(institution, day, code)
            : null;
}
