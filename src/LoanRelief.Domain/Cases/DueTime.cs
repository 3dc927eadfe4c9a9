namespace LoanRelief.Domain.Cases;

/// <summary>So many working days after a day, kept so that they can be counted again when other holidays become known.</summary>
/// <param name="From">The day itself does not count.</param>
/// <param name="WorkingDays">1 or more.</param>
public sealed record WorkingDayCount(DateOnly From, int WorkingDays);

/// <summary>When a task is due, and what that rests on.</summary>
/// <param name="At">The time.</param>
/// <param name="Provisional">True when it rests on a year whose holidays are not published.</param>
/// <param name="Counted">The working days that it was counted in; null where it was not.</param>
internal readonly record struct DueTime(DateTimeOffset At, bool Provisional = false, WorkingDayCount? Counted = null)
{
    /// <summary>A time that no calendar can move.</summary>
    public static implicit operator DueTime(DateTimeOffset at) => new(at);
}
