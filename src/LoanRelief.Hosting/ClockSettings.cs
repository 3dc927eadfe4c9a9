using LoanRelief.Desk;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace LoanRelief.Hosting;

/// <summary>The section <c>Clock</c> of the settings; empty for real time.</summary>
/// <param name="Start">What a simulated clock shows at the anchor, with offset.</param>
/// <param name="Speed">Business seconds in a machine second: 86,400 is a day a second, 0 stands still.</param>
/// <param name="Anchor">Machine time at which it shows the start; when the process starts if left out.</param>
internal sealed record ClockSettings(DateTimeOffset? Start = null, double? Speed = null, DateTimeOffset? Anchor = null)
{
    /// <exception cref="InvalidOperationException">A setting is missing, or the clock would be simulated in production.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The speed is outside its range.</exception>
    public static BusinessClock Clock(IConfiguration configuration, IHostEnvironment environment)
    {
        var settings = configuration.GetSection("Clock").Get<ClockSettings>() ?? new();
        if (settings.Start is not { } start)
            return settings.Speed is null ? BusinessClock.Real() : throw new InvalidOperationException("Clock:Speed needs Clock:Start, the time at which the simulated clock begins.");
        return environment.IsProduction()
            ? throw new InvalidOperationException("Clock:Start is set: a simulated clock is refused in production.")
            : BusinessClock.Simulated(start, settings.Speed ?? 1, settings.Anchor);
    }
}
