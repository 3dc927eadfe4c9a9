using LoanRelief.Desk.Lists;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Lists;

/// <summary>The period that a request names.</summary>
internal static class FunnelPeriod
{
    public static readonly ApiParameter From =
        new("from", ParameterPlace.Query, typeof(DateOnly), "The first day; the first of the year of the last one if left out.", "2025-01-01");

    public static readonly ApiParameter To =
        new("to", ParameterPlace.Query, typeof(DateOnly), $"The last day, in all at most {FunnelDesk.LongestDays} days; today if left out.", "2025-12-31");

    public static DayWindow Read(Input input, TimeProvider clock)
    {
        var to = input.QueryDate("to") ?? BeijingTime.DateOf(clock.GetUtcNow());
        var window = new DayWindow(input.QueryDate("from") ?? new(to.Year, 1, 1), to);
        if (window.Check(FunnelDesk.LongestDays, "to") is { } wrong)
            input.Refuse(wrong);
        return window;
    }
}
