using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Chunks;

/// <summary>Tells the host that there is something to do in chunks. May be lost: the host finds the work all the same, a little later.</summary>
public sealed class ChunkSignal
{
    /// <summary>The name of the work, and the institution whose it is.</summary>
    public event Action<string, InstitutionId>? Wanted;

    public void Want(string work, InstitutionId institution) => Wanted?.Invoke(work, institution);
}
