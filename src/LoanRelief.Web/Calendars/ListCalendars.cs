using LoanRelief.Desk.Calendars;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;

namespace LoanRelief.Web.Calendars;

internal static class ListCalendars
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ListCalendars",
        Method = HttpMethods.Get,
        Route = "/api/calendars",
        Handler = HandleAsync,
        Tag = "Calendars",
        Summary = "The years of holidays, each in its latest version, and which are provisional",
        Description = "All years that are known. Up to the year after this one, a year that is not known is listed as provisional.",
        Answers = [new(StatusCodes.Status200OK, typeof(CalendarList), "The years, first to last.")],
    };

    private static async Task<IResult> HandleAsync(CalendarDesk desk, TimeProvider clock, CancellationToken cancellationToken)
    {
        var known = (await desk.YearsAsync(cancellationToken)).ToDictionary(year => year.Year);
        var last = Math.Max(known.Keys.Max(), BeijingTime.DateOf(clock.GetUtcNow()).Year + 1);
        return Answer.Json(new CalendarList(
        [
            .. Enumerable.Range(known.Keys.Min(), last - known.Keys.Min() + 1)
                .Select(year => known.TryGetValue(year, out var content) ? CalendarSummary.Of(content) : CalendarSummary.Provisional(year)),
        ]));
    }
}
