using LoanRelief.Desk.Orchestrations;

namespace LoanRelief.Functions.Orchestrations;

/// <summary>How far the orchestration of a case has come; its custom status.</summary>
internal sealed record CaseProgress
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Stage of the case after the last round that succeeded, as JSON writes it; null before the first.</summary>
    public string? Stage { get; init; }

    /// <summary>Machine time until which there is nothing to do; null when only a nudge can bring work.</summary>
    public DateTimeOffset? WaitUntil { get; init; }

    /// <summary>The case is closed and all its effects are out, or there is no such case.</summary>
    public bool IsDone { get; init; }

    /// <summary>How many rounds have failed since the last one that succeeded.</summary>
    public int Failures { get; init; }

    /// <summary>What the last round failed with, without anything that anybody wrote; null after one that succeeded.</summary>
    public string? LastError { get; init; }

    /// <summary>Where an orchestration begins when one before it ended in the middle of failures; null when it did not.</summary>
    public static CaseProgress? After(RoundFailure? failure) =>
        failure is null ? null : new() { Failures = failure.Rounds, LastError = failure.Error };

    /// <summary>After a round that failed: a minute's pause, twice as long each time, an hour at most.</summary>
    public CaseProgress AfterFailure(string error, DateTime now)
    {
        var doublings = Math.Min(Failures, 6);
        var pause = ShortestPause * Math.Pow(2, doublings);
        return this with
        {
            Failures = Failures + 1,
            LastError = error,
            WaitUntil = new DateTimeOffset(now, TimeSpan.Zero) + (pause < LongestPause ? pause : LongestPause),
        };
    }
}
