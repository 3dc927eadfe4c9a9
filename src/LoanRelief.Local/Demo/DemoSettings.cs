using System.Security.Cryptography;

namespace LoanRelief.Local.Demo;

/// <summary><c>./run --demo</c>: two months of 2025 at a day a second, with the sample loan book.</summary>
internal static class DemoSettings
{
    public const string Switch = "--demo";

    public const string InboxPath = "/demo/inbox";

    public static readonly DateTimeOffset Start = new(2025, 3, 3, 8, 0, 0, TimeSpan.FromHours(8));

    public static readonly DateTimeOffset End = Start.AddMonths(2);

    /// <summary>Signs the demonstration's events to itself; new at each start.</summary>
    public static readonly string Secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>What the demonstration sets, unless it is set otherwise.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Defaults =>
    [
        new("Clock:Start", Start.ToString("O")),
        new("Clock:Speed", "86400"),
        // The table is to be read. What goes wrong with a delivery is sent again, and at the end nobody is there to take it.
        new("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning"),
        new("Logging:LogLevel:LoanRelief", "Warning"),
        new("Logging:LogLevel:LoanRelief.Channels", "Error"),
    ];
}
