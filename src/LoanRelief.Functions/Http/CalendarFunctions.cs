using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace LoanRelief.Functions.Http;

/// <summary>Holidays and make-up working days, year by year.</summary>
internal sealed class CalendarFunctions(Api api)
{
    [Function(nameof(PutCalendar))]
    public Task PutCalendar([HttpTrigger(AuthorizationLevel.Function, "put", Route = "api/calendars/{year}")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(GetCalendar))]
    public Task GetCalendar([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/calendars/{year}")] HttpRequest request) =>
        api.AnswerAsync(request);

    [Function(nameof(ListCalendars))]
    public Task ListCalendars([HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/calendars")] HttpRequest request) =>
        api.AnswerAsync(request);
}
