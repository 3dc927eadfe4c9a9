using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk;

/// <summary>All time that the business sees. Real by default; for demonstrations and tests it starts elsewhere and runs faster, or stands still.</summary>
/// <remarks>
/// Timers made by this provider run in machine time; <see cref="MachineTimeUntil"/> translates. The machine time at
/// which the simulated clock showed its start is fixed by <c>anchor</c>, so that a process that starts again goes on
/// with the same time.
/// </remarks>
public sealed class BusinessClock : TimeProvider
{
    /// <summary>Longest wait that <see cref="MachineTimeUntil"/> gives; whoever waits asks again.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>How far it can be moved: past every loan that can be, and early enough that deadlines of then are still dates.</summary>
    public static readonly DateTimeOffset Latest = BeijingTime.StartOf(LoanRules.LatestDay);

    private readonly TimeProvider _machine;
    private readonly Lock _lock = new();
    private DateTimeOffset _start;
    private DateTimeOffset _anchor;

    private BusinessClock(TimeProvider machine, DateTimeOffset start, DateTimeOffset anchor, double speed, bool simulated)
    {
        (_machine, _start, _anchor, Speed, IsSimulated) = (machine, start, anchor, speed, simulated);
    }

    /// <summary>Someone moved the clock.</summary>
    public event Action? Moved;

    /// <summary>Business seconds in a machine second: 1 for real time, 86,400 for a day a second, 0 to stand still.</summary>
    public double Speed { get; }

    public bool IsSimulated { get; }

    /// <summary>The machine's own time.</summary>
    public static BusinessClock Real(TimeProvider? machine = null)
    {
        machine ??= System;
        var now = machine.GetUtcNow();
        return new(machine, now, now, 1, simulated: false);
    }

    /// <param name="start">What the clock shows at the anchor.</param>
    /// <param name="speed">0 to 10,000,000 business seconds in a machine second.</param>
    /// <param name="anchor">Machine time at which it shows the start; now if left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is outside its range.</exception>
    public static BusinessClock Simulated(DateTimeOffset start, double speed, DateTimeOffset? anchor = null, TimeProvider? machine = null)
    {
        if (speed is not (>= 0 and <= 10_000_000))
            throw new ArgumentOutOfRangeException(nameof(speed), speed, "A clock's speed is between 0 and 10,000,000.");
        machine ??= System;
        return new(machine, start, anchor ?? machine.GetUtcNow(), speed, simulated: true);
    }

    public override DateTimeOffset GetUtcNow()
    {
        if (!IsSimulated)
            return _machine.GetUtcNow();
        lock (_lock)
            return (_start + (_machine.GetUtcNow() - _anchor) * Speed).ToUniversalTime();
    }

    /// <summary>How long to wait in machine time until the clock shows <paramref name="time"/>: not negative, at most <see cref="LongestWait"/>.</summary>
    public TimeSpan MachineTimeUntil(DateTimeOffset time)
    {
        var left = time - GetUtcNow();
        if (left <= TimeSpan.Zero)
            return TimeSpan.Zero;
        return Speed == 0 || left / Speed > LongestWait ? LongestWait : left / Speed;
    }

    /// <summary>The machine time at which the clock will show <paramref name="time"/>, for whoever waits outside this process; null while it stands still.</summary>
    /// <remarks>A time that the clock has shown already lies now, not in the past.</remarks>
    public DateTimeOffset? MachineTimeOf(DateTimeOffset time)
    {
        var left = time - GetUtcNow();
        var now = _machine.GetUtcNow();
        return left <= TimeSpan.Zero ? now : Speed == 0 ? null : now + left / Speed;
    }

    /// <summary>Moves a simulated clock forward.</summary>
    /// <exception cref="InvalidOperationException">The clock is real.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time lies in the past, or after <see cref="Latest"/>.</exception>
    public void MoveTo(DateTimeOffset time)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, Latest);
        if (!IsSimulated)
            throw new InvalidOperationException("Real time can not be moved.");
        lock (_lock)
        {
            if (time < GetUtcNow())
                throw new ArgumentOutOfRangeException(nameof(time), time, "The clock only moves forward.");
            (_start, _anchor) = (time, _machine.GetUtcNow());
        }

        Moved?.Invoke();
    }
}
