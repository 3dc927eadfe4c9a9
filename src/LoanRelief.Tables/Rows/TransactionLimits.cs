namespace LoanRelief.Tables.Rows;

/// <summary>How much goes into an entity group transaction.</summary>
internal static class TransactionLimits
{
    public const int Rows = 100;

    /// <summary>A transaction may have 4 MiB; a character takes at most three bytes, once escaped twice as many.</summary>
    public const int Characters = 600_000;
}
