using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Chunks;

/// <summary>Work on many loans of an institution, done a chunk at a time in the background and through any crash.</summary>
/// <remarks>
/// A host does one chunk of each institution in turn, so that a million rows of one do not hold up the hundred of another,
/// and a chunk is over in moments, so that requests find room beside it. How far the work has come stands in its row.
/// </remarks>
public interface IChunkedWork
{
    /// <summary>Stable name, in ids of orchestrations.</summary>
    string Name { get; }

    /// <summary>The institutions that may have something to do, each once.</summary>
    IAsyncEnumerable<InstitutionId> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Does the next chunk of the institution's work. May be repeated.</summary>
    /// <returns>Whether there may be more to do at once.</returns>
    Task<bool> DoChunkAsync(InstitutionId institution, CancellationToken cancellationToken);
}
