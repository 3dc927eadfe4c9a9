namespace LoanRelief.Desk;

/// <summary>An event that could not be delivered and waits for an operator.</summary>
/// <param name="Key">Key of the effect, by which it is sent again.</param>
/// <param name="Type">Type of the event.</param>
/// <param name="Subject">The case or loan that it is about.</param>
/// <param name="AskedAt">Business time at which it was decided.</param>
/// <param name="Detail">How the last attempt ended, as far as it is kept.</param>
public sealed record DeadLetter(string Key, string Type, string Subject, DateTimeOffset AskedAt, string? Detail);
