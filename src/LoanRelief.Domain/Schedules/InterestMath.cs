using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Schedules;

/// <summary>Interest for a time: principal × rate a year × share of a year, rounded once.</summary>
public static class InterestMath
{
    /// <summary>Whole periods of equal instalments and equal principal count as months; every other period counts its days.</summary>
    public static bool CountsMonths(RepaymentMethod method) =>
        method is RepaymentMethod.EqualInstalment or RepaymentMethod.EqualPrincipal;

    /// <summary>Days from the first, which counts, to the last, which does not (算头不算尾).</summary>
    /// <returns>Negative when <paramref name="to"/> lies before <paramref name="from"/>.</returns>
    public static int Days(DayCount dayCount, DateOnly from, DateOnly to) =>
        dayCount == DayCount.Thirty360 ? ThirtyDayMonths(from, to) : to.DayNumber - from.DayNumber;

    /// <summary>Days that make a year: 360 or 365.</summary>
    public static int DaysInYear(DayCount dayCount) => dayCount == DayCount.Actual365Fixed ? 365 : 360;

    /// <summary>The days as a share of a year.</summary>
    public static YearShare ShareOfDays(DayCount dayCount, DateOnly from, DateOnly to) =>
        new(Days(dayCount, from, to), DaysInYear(dayCount));

    /// <summary>Whole months, each a twelfth of a year.</summary>
    public static YearShare ShareOfMonths(int months) => new(months, 12);

    /// <summary>Interest for a share of a year, rounded to the fen.</summary>
    public static Money Interest(Money principal, Rate rate, YearShare share) =>
        Money.RoundFen(Exact(principal.Fen, rate.Fraction, share));

    /// <summary>Unrounded interest in fen. Multiplies before it divides, so that no digit is lost before the rounding.</summary>
    internal static decimal Exact(long fen, decimal rate, YearShare share) =>
        rate * fen * share.Numerator / share.Denominator;

    /// <summary>30/360, bond basis: a 31st counts as a 30th, at the end only when the start is a 30th or 31st too.</summary>
    private static int ThirtyDayMonths(DateOnly from, DateOnly to)
    {
        var firstDay = Math.Min(from.Day, 30);
        var lastDay = to.Day == 31 && firstDay == 30 ? 30 : to.Day;
        return (360 * (to.Year - from.Year)) + (30 * (to.Month - from.Month)) + lastDay - firstDay;
    }
}
