namespace LoanRelief.Scenarios.House;

/// <summary>Settings of a clock that stands still.</summary>
internal static class FrozenClock
{
    /// <summary>A Monday before anything in the scenarios with fixed dates.</summary>
    public static readonly DateTimeOffset Start = new(2025, 3, 3, 9, 0, 0, TimeSpan.FromHours(8));

    public static Dictionary<string, string> At(DateTimeOffset now) => new()
    {
        ["Clock__Start"] = now.ToString("O"),
        ["Clock__Speed"] = "0",
    };
}
