using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Calendars;

/// <summary>How long before maturity the lender has to have spoken with the borrower; a parameter of the jurisdiction's policy.</summary>
/// <param name="MonthsAhead">Calendar months, 1 to 12.</param>
/// <param name="MinimumDays">
/// The strict variant: at least this many days as well, for one calendar month may have only 28; 0 to 400, 0 for none.
/// </param>
public sealed record ContactRule(int MonthsAhead = 1, int MinimumDays = 0)
{
    /// <summary>至少提前一个月 (银保监发〔2019〕8号).</summary>
    public static readonly ContactRule OneMonth = new();

    /// <summary>The earlier of one month and 30 days.</summary>
    public static readonly ContactRule OneMonthAndThirtyDays = new(1, 30);

    /// <summary>More days than a deadline is moved back from a day off.</summary>
    private const int LongestWayBack = 31;

    /// <summary>By how many days its deadline can lie before that of another rule at most, whatever the maturity; 0 if it never does.</summary>
    /// <remarks>An upper bound, to know how far to look; which deadline a loan has is for <see cref="ContactDeadline"/> to say.</remarks>
    public int MostDaysBefore(ContactRule other)
    {
        if (MonthsAhead <= other.MonthsAhead && MinimumDays <= other.MinimumDays)
            return 0;
        var (most, least) = (Math.Max(MonthsAhead * 31, MinimumDays), Math.Max(other.MonthsAhead * 28, other.MinimumDays));
        return Math.Max(most - least + LongestWayBack, 0);
    }

    /// <param name="field">Path of the rule in the input, for the refusals.</param>
    public IEnumerable<Refusal> Check(string field)
    {
        if (MonthsAhead is < 1 or > 12)
            yield return new Refusal("out-of-range", $"{field}.monthsAhead").With("value", MonthsAhead).With("minimum", 1).With("maximum", 12);
        if (MinimumDays is < 0 or > 400)
            yield return new Refusal("out-of-range", $"{field}.minimumDays").With("value", MinimumDays).With("minimum", 0).With("maximum", 400);
    }
}

public static class ContactDeadline
{
    /// <summary>Last working day on which the borrower can be contacted in time (提前1个月沟通).</summary>
    /// <param name="maturity">Maturity date of the contract, not rolled to a working day.</param>
    /// <param name="calendar">The working days.</param>
    /// <param name="rule">What the jurisdiction asks for.</param>
    /// <remarks>
    /// The day is clamped to the end of a shorter month, then moved back to a working day: 2025-03-31 gives 2025-02-28,
    /// and 2025-11-05 gives 2025-09-30 because 10-05 lies in the National Day holiday.
    /// </remarks>
    public static BusinessDate For(DateOnly maturity, BusinessCalendar calendar, ContactRule rule)
    {
        var byMonths = maturity.AddMonths(-rule.MonthsAhead);
        var byDays = maturity.AddDays(-rule.MinimumDays);
        return calendar.PreviousWorkingDayOnOrBefore(byMonths <= byDays ? byMonths : byDays);
    }
}
