using LoanRelief.Desk.Calendars;
using LoanRelief.Domain.Calendars;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Calendars;

internal static class PutCalendar
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "PutCalendar",
        Method = HttpMethods.Put,
        Route = "/api/calendars/{year}",
        Handler = HandleAsync,
        Tag = "Calendars",
        Summary = "Stores the State Council's notice of a year, new or corrected",
        Description = "A correction is a new version with the whole year in it; earlier versions stay as they are, and the same content again changes nothing. "
            + "What was computed with the year as it was before is computed again at once, by the job `calendar-recomputation`. "
            + "The notice of a year may also name the last days of the December before it. What is wrong is named with its JSON path.",
        Parameters =
        [
            ApiParameters.CalendarYear,
            new("If-Match", ParameterPlace.Header, typeof(string),
                "The `ETag` of the latest version as the caller has seen it, `\"v0\"` for a provisional year: nothing is stored if there is a later one.", "\"v0\""),
        ],
        Body = new(typeof(HolidayYear), Example),
        Answers =
        [
            new(StatusCodes.Status201Created, typeof(CalendarView), "The year was provisional and now is not.", ApiHeaders.Location, ApiHeaders.ETag),
            new(StatusCodes.Status200OK, typeof(CalendarView), "The year has a new version, or had this content already.", ApiHeaders.Location, ApiHeaders.ETag),
        ],
        Problems = [ProblemKind.Refused, ProblemKind.CalendarChanged],
    };

    /// <summary>Invented: the notice for 2027 is not out yet.</summary>
    private static HolidayYear Example => new(
        ["示例〔2026〕1号"],
        [
            new("元旦", new(2027, 1, 1), new(2027, 1, 3)),
            new("春节", new(2027, 2, 5), new(2027, 2, 12)) { MakeUpDays = [new(2027, 1, 31), new(2027, 2, 20)] },
            new("清明节", new(2027, 4, 3), new(2027, 4, 5)),
            new("劳动节", new(2027, 5, 1), new(2027, 5, 5)) { MakeUpDays = [new(2027, 5, 8)] },
            new("端午节", new(2027, 6, 9), new(2027, 6, 9)),
            new("中秋节", new(2027, 9, 15), new(2027, 9, 15)),
            new("国庆节", new(2027, 10, 1), new(2027, 10, 7)) { MakeUpDays = [new(2027, 9, 26), new(2027, 10, 9)] },
        ])
    {
        Source = "Invented as an example; the notice of a year is published late in the year before.",
    };

    private static async Task<IResult> HandleAsync(Input input, CalendarDesk desk, CancellationToken cancellationToken)
    {
        var year = input.PathNumber("year", HolidayRules.FirstYear, HolidayRules.LastYear);
        var content = await input.BodyAsync<HolidayYear>(cancellationToken);
        var ifVersion = input.IfMatch();
        input.Check();
        switch (await desk.PutAsync(year, content, ifVersion, cancellationToken))
        {
            case PutCalendarAnswer.Refused refused:
                return new ProblemAnswer(ProblemKind.Refused) { Errors = refused.Reasons };
            case PutCalendarAnswer.Stale stale:
                return new ProblemAnswer(ProblemKind.CalendarChanged).With("version", stale.Latest);
            case PutCalendarAnswer.Stored { Year: var stored, IsNew: var isNew }:
                input.Http.Response.Headers.Location = $"/api/calendars/{year}?version={stored.Version}";
                input.Http.Response.Headers.ETag = VersionTag.Of(stored.Version);
                return Answer.Json(CalendarView.Of(stored), isNew && stored.Version == 1 ? StatusCodes.Status201Created : StatusCodes.Status200OK);
            default:
                throw new InvalidOperationException("A year is stored or it is not.");
        }
    }
}
