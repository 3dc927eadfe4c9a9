using LoanRelief.Desk.Coverage;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Coverage;

/// <summary>The window of maturities that a request names.</summary>
internal static class CoverageWindow
{
    public static readonly ApiParameter From =
        new("from", ParameterPlace.Query, typeof(DateOnly), "The first day of maturity; today if left out.", "2026-03-01");

    public static readonly ApiParameter To = new(
        "to", ParameterPlace.Query, typeof(DateOnly),
        $"The last day of maturity, in all at most {CoverageDesk.LongestDays} days; as long as that if left out.", "2026-03-31");

    public static DayWindow Read(Input input, TimeProvider clock)
    {
        var from = input.QueryDate("from") ?? BeijingTime.DateOf(clock.GetUtcNow());
        // The very last days of the calendar have nothing after them.
        var longest = DateOnly.FromDayNumber(Math.Min(from.DayNumber + CoverageDesk.LongestDays - 1, DateOnly.MaxValue.DayNumber));
        var window = new DayWindow(from, input.QueryDate("to") ?? longest);
        if (window.Check(CoverageDesk.LongestDays, "to") is { } wrong)
            input.Refuse(wrong);
        return window;
    }
}
