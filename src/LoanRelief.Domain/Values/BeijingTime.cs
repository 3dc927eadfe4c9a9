namespace LoanRelief.Domain.Values;

/// <summary>Between instants and Beijing dates, whatever the machine's time zone.</summary>
/// <remarks>
/// A fixed offset and no time-zone database: China has kept UTC+8 without daylight saving since 1992, and a machine
/// without the database, or with an old one, must not move a deadline.
/// </remarks>
public static class BeijingTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The same instant, written with the offset of Beijing.</summary>
    public static DateTimeOffset Of(DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>The date on the wall calendar in Beijing at that instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime + Offset);

    /// <summary>Midnight at which the date begins in Beijing.</summary>
    public static DateTimeOffset StartOf(DateOnly date) => At(date, TimeOnly.MinValue);

    /// <summary>Midnight at which the date ends in Beijing: the first instant that no longer belongs to it.</summary>
    public static DateTimeOffset EndOf(DateOnly date) => StartOf(date.AddDays(1));

    /// <summary>That time of day in Beijing.</summary>
    public static DateTimeOffset At(DateOnly date, TimeOnly time) => new(date, time, Offset);
}
