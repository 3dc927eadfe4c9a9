namespace LoanRelief.Web;

/// <summary>What a host tells the HTTP surface.</summary>
public sealed class LoanReliefWebOptions
{
    /// <summary>
    /// Says whether an exception means that something behind the program, such as the storage, can not be reached for the
    /// moment, and after how long it is worth asking again; null when it means something else.
    /// </summary>
    /// <remarks>The ports pass exceptions of their libraries through, which only a host knows.</remarks>
    public Func<Exception, TimeSpan?> UnavailableFor { get; set; } = static _ => null;
}
