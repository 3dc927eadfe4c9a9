namespace LoanRelief.Desk;

/// <summary>In one process, calls that somebody waits for go before work in the background, which nobody waits for.</summary>
/// <remarks>
/// <para>
/// What imports, batches and daily jobs ask of the storage passes here, and at once while nobody else is about. While a
/// call is under way, and for a <see cref="Moment"/> after the last one, for whoever asks one thing mostly asks another,
/// only few pass at a time: so a call finds hardly anything before it in the storage's queue.
/// </para><para>
/// A large request, a transaction of many rows, waits besides until no call is under way, but never longer than
/// <see cref="Patience"/> once the one before it has passed: however many calls there are, some forty large requests a
/// second go on, and small ones like a step of a case are not held up.
/// </para>
/// </remarks>
/// <param name="machine">Machine time; the business clock may stand still.</param>
public sealed class RightOfWay(TimeProvider machine)
{
    /// <summary>How long a large request of the background waits for calls at most.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(25);

    /// <summary>How long after a call another is expected.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    /// <summary>Small requests of the background that are on their way at a time while calls are about.</summary>
    public const int SmallAtATime = 4;

    private static readonly AsyncLocal<bool> Background = new();

    private readonly Lock _lock = new();
    private readonly Lane _large = new(1);
    private readonly Lane _small = new(SmallAtATime);
    private int _calls;
    private long? _lastCallAt;

    /// <summary>Completes when something has changed for those that wait; then there is another.</summary>
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether what happens here is work in the background.</summary>
    public static bool IsGivingWay => Background.Value;

    /// <summary>From here to the end of the method that says so, and in all that it calls, this is work in the background.</summary>
    /// <remarks>An asynchronous method says it for itself and what it calls, never for its caller.</remarks>
    /// <param name="isSo">False to say the opposite: somebody waits for it although the work that it is part of is in the background.</param>
    public static void GiveWay(bool isSo = true) => Background.Value = isSo;

    /// <summary>Somebody waits for what happens from now until this is disposed of.</summary>
    public IDisposable Call()
    {
        lock (_lock)
            _calls++;
        return new Ending(() =>
        {
            lock (_lock)
            {
                _calls--;
                _lastCallAt = machine.GetTimestamp();
                Change();
            }
        });
    }

    /// <summary>Waits until a request of the background may go to the storage.</summary>
    /// <returns>To be disposed of when it has been answered.</returns>
    public async Task<IDisposable> PassAsync(bool isLarge, CancellationToken cancellationToken)
    {
        var lane = isLarge ? _large : _small;
        await lane.Head.WaitAsync(cancellationToken);
        try
        {
            for (var since = machine.GetTimestamp(); WaitFor(lane, since) is { } wait;)
                await wait.WaitAsync(cancellationToken);
        }
        finally
        {
            lane.Head.Release();
        }

        return new Ending(() =>
        {
            lock (_lock)
            {
                lane.OnTheWay--;
                Change();
            }
        });
    }

    /// <summary>Lets the head of a lane go.</summary>
    /// <returns>Null if so, else what has to come first.</returns>
    private Task? WaitFor(Lane lane, long since)
    {
        lock (_lock)
        {
            if (_calls > 0 || (_lastCallAt is { } last && machine.GetElapsedTime(last) < Moment))
            {
                if (lane.OnTheWay >= lane.Width)
                    return _changed.Task;
                var left = Patience - machine.GetElapsedTime(since);
                if (lane == _large && _calls > 0 && left > TimeSpan.Zero)
                    return Task.WhenAny(_changed.Task, Task.Delay(left, machine, CancellationToken.None));
            }

            lane.OnTheWay++;
            return null;
        }
    }

    private void Change()
    {
        _changed.SetResult();
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Requests of one kind, which pass in the order in which they came.</summary>
    /// <param name="width">How many are on their way at a time while calls are about.</param>
    private sealed class Lane(int width)
    {
        public int Width => width;

        public SemaphoreSlim Head { get; } = new(1);

        public int OnTheWay { get; set; }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
