namespace LoanRelief.Domain.Schedules;

/// <summary>A share of a year, exactly: 182/360, or 1/12 for a month.</summary>
public readonly record struct YearShare(int Numerator, int Denominator)
{
    public static YearShare operator +(YearShare a, YearShare b) =>
        new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    /// <summary>What some of the actual days of this share count as: 15 of April's 30 days are (1·15)/(12·30) of a year.</summary>
    internal YearShare Part(int days, int ofDays) =>
        days == ofDays ? this
        : Numerator == ofDays ? this with { Numerator = days }
        : new(Numerator * days, Denominator * ofDays);
}
