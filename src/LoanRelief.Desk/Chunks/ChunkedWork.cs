using LoanRelief.Domain.Loans;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Desk.Chunks;

/// <summary>Goes through the open work of an institution, the oldest first, and does the next chunk that there is.</summary>
public abstract class ChunkedWork<TWork>(IWorkStore<TWork> store, ILogger logger) : IChunkedWork
    where TWork : IWork
{
    /// <summary>Work that still comes in and that nobody has touched for so long, in machine time, has broken off.</summary>
    private static readonly TimeSpan BrokenOffAfter = TimeSpan.FromHours(1);

    public abstract string Name { get; }

    public IAsyncEnumerable<InstitutionId> OpenAsync(CancellationToken cancellationToken) => store.OpenAsync(cancellationToken).Select(open => open.Institution).Distinct();

    public async Task<bool> DoChunkAsync(InstitutionId institution, CancellationToken cancellationToken)
    {
        RightOfWay.GiveWay();
        await foreach (var open in store.OpenAsync(cancellationToken).Where(open => open.Institution == institution))
        {
            if (await DoChunkAsync(open, cancellationToken))
                return true;
        }

        return false;
    }

    /// <summary>Does the next chunk, or whatever else is next.</summary>
    protected abstract Task<WorkProgress> DoNextAsync(StoredWork<TWork> stored, CancellationToken cancellationToken);

    private async Task<bool> DoChunkAsync(WorkId open, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(open.Institution, open.Id, cancellationToken) is not { } stored)
        {
            // Begun and never stored, or removed in part.
            await store.RemoveAsync(open.Institution, open.Id, cancellationToken);
            return false;
        }

        switch (await DoNextAsync(stored, cancellationToken))
        {
            case WorkProgress.UnderWay:
                return true;
            case WorkProgress.Over:
                await store.CloseAsync(open.Institution, open.Id, cancellationToken);
                break;
            case WorkProgress.ComingIn when DateTimeOffset.UtcNow - stored.TouchedAt >= BrokenOffAfter:
                logger.LogWarning("{Work} {Id} of {Institution} broke off while it came in; nothing of it is kept", Name, open.Id, open.Institution);
                await store.RemoveAsync(open.Institution, open.Id, cancellationToken);
                break;
        }

        return false;
    }
}

/// <summary>How it stands with work on many loans.</summary>
public enum WorkProgress
{
    /// <summary>It is still being laid down, or that broke off.</summary>
    ComingIn,

    /// <summary>Somebody has to say something first.</summary>
    Waiting,

    /// <summary>There may be more to do at once.</summary>
    UnderWay,

    /// <summary>All is done.</summary>
    Over,
}
