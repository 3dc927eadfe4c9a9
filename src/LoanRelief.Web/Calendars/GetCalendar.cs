using LoanRelief.Desk.Calendars;
using LoanRelief.Domain.Calendars;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Calendars;

internal static class GetCalendar
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "GetCalendar",
        Method = HttpMethods.Get,
        Route = "/api/calendars/{year}",
        Handler = HandleAsync,
        Tag = "Calendars",
        Summary = "The holidays and make-up working days of one year",
        Description = "A year whose notice is not known is answered as provisional, with version 0.",
        Parameters =
        [
            ApiParameters.CalendarYear,
            new("version", ParameterPlace.Query, typeof(int), "Which version; the latest if left out. A version never changes.", "1"),
        ],
        Answers = [new(StatusCodes.Status200OK, typeof(CalendarView), "The year.", ApiHeaders.ETag)],
        Problems = [ProblemKind.CalendarUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, CalendarDesk desk, CancellationToken cancellationToken)
    {
        var year = input.PathNumber("year", HolidayRules.FirstYear, HolidayRules.LastYear);
        var version = input.QueryNumber("version", 1, 999_999, otherwise: 0);
        input.Check();
        var found = version == 0 ? await desk.FindLatestAsync(year, cancellationToken) : await desk.FindAsync(year, version, cancellationToken);
        if (found is null && version != 0)
            return new ProblemAnswer(ProblemKind.CalendarUnknown).With("year", year).With("version", version);
        var view = found is null ? CalendarView.Provisional(year) : CalendarView.Of(found);
        input.Http.Response.Headers.ETag = VersionTag.Of(view.Version);
        return Answer.Json(view);
    }
}
