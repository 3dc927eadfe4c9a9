namespace LoanRelief.Desk;

/// <summary>Somebody else changed the row meanwhile.</summary>
public sealed class ConflictException(string message, Exception? inner = null) : Exception(message, inner);
