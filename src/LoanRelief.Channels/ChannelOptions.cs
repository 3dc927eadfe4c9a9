namespace LoanRelief.Channels;

/// <summary>How events leave the house; bound from the configuration section <see cref="Section"/>.</summary>
public sealed class ChannelOptions
{
    public const string Section = "Channels";

    /// <summary>The CloudEvents <c>source</c> of everything sent: a URI reference that tells this installation from others.</summary>
    public string Source { get; set; } = "/loanrelief";

    /// <summary>How long one attempt may take from name resolution to the head of the answer; above zero, at most 5 minutes.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause that a receiver can ask for; what it asks beyond is cut to this. Not negative.</summary>
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromHours(1);

    internal bool IsValid =>
        Uri.TryCreate(Source, UriKind.RelativeOrAbsolute, out _) && Source.Length > 0
        && AttemptTimeout > TimeSpan.Zero && AttemptTimeout <= TimeSpan.FromMinutes(5)
        && LongestRetryAfter >= TimeSpan.Zero;
}
