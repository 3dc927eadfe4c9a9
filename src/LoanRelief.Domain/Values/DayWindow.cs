namespace LoanRelief.Domain.Values;

/// <summary>Days that are looked at, both included.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
public readonly record struct DayWindow(DateOnly From, DateOnly To)
{
    public int Days => To.DayNumber - From.DayNumber + 1;

    public bool Contains(DateOnly day) => From <= day && day <= To;

    /// <summary>Why it can not be looked at; null when it can.</summary>
    /// <param name="longest">Days that it may have.</param>
    /// <param name="field">Where its last day was said.</param>
    public Refusal? Check(int longest, string field) => Days switch
    {
        < 1 => new Refusal("window-backwards", field).With("from", From).With("to", To),
        var days when days > longest => new Refusal("window-too-long", field).With("days", days).With("maximum", longest),
        _ => null,
    };
}
