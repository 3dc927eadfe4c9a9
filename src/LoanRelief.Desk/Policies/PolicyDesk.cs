using System.Collections.Concurrent;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Policies;

/// <summary>The policy packs: those that ship with the program, overlaid by what was submitted since.</summary>
/// <remarks>
/// Versions never change, so each is read once and kept. Which version is the latest is asked again every few seconds of
/// machine time; a submission through this very process is seen at once.
/// </remarks>
public sealed class PolicyDesk(IPolicyStore store)
{
    private static readonly TimeSpan LatestIsKnownFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<PolicyPackReference, PolicyPack> _versions =
        new(PolicyPacks.Shipped.ToDictionary(pack => pack.Reference));

    private volatile Known? _known;
    private int _submissions;

    /// <summary>The latest version of every pack, by id, in force or not.</summary>
    public async Task<IReadOnlyList<PolicyPack>> LatestAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known && TimeProvider.System.GetElapsedTime(known.At) < LatestIsKnownFor)
            return known.Packs;
        return await ReadLatestAsync(cancellationToken);
    }

    /// <summary>The same, asked of the store anew.</summary>
    public async Task<IReadOnlyList<PolicyPack>> ReadLatestAsync(CancellationToken cancellationToken)
    {
        var (at, submissions) = (TimeProvider.System.GetTimestamp(), Volatile.Read(ref _submissions));
        var latest = PolicyPacks.Shipped.ToDictionary(pack => pack.Id, pack => pack.Reference);
        await foreach (var stored in store.LatestAsync(cancellationToken))
            latest[stored.Id] = stored;
        var packs = await ResolveAsync([.. latest.Values.OrderBy(each => each.Id.Value, StringComparer.Ordinal)], cancellationToken);
        // What was read while a submission came in may lack it.
        if (submissions == Volatile.Read(ref _submissions))
            _known = new(at, packs);
        return packs;
    }

    /// <summary>These very versions, in this order.</summary>
    /// <exception cref="InvalidOperationException">One of them was never stored.</exception>
    public async ValueTask<IReadOnlyList<PolicyPack>> ResolveAsync(IReadOnlyList<PolicyPackReference> versions, CancellationToken cancellationToken)
    {
        var packs = new PolicyPack[versions.Count];
        for (var i = 0; i < packs.Length; i++)
        {
            packs[i] = await FindAsync(versions[i], cancellationToken)
                ?? throw new InvalidOperationException($"Policy pack {versions[i]} is referred to and not stored.");
        }

        return packs;
    }

    /// <summary>One version of a pack; null if there is none.</summary>
    public async ValueTask<PolicyPack?> FindAsync(PolicyPackReference version, CancellationToken cancellationToken)
    {
        if (_versions.TryGetValue(version, out var known))
            return known;
        return await store.FindAsync(version, cancellationToken) is { } pack ? _versions.GetOrAdd(version, pack) : null;
    }

    /// <summary>The latest version of a pack; null if there is none.</summary>
    public async Task<PolicyPack?> FindLatestAsync(PolicyPackId id, CancellationToken cancellationToken) =>
        (await LatestAsync(cancellationToken)).FirstOrDefault(pack => pack.Id == id);

    /// <summary>Stores a pack as a new version. Open cases keep the version that they began with.</summary>
    /// <param name="ifVersion">The latest version that the caller has seen; null if it does not care.</param>
    public async Task<PutPolicyAnswer> PutAsync(PolicyPack pack, int? ifVersion, CancellationToken cancellationToken)
    {
        if (PolicyPackRules.Check(pack) is { Count: > 0 } reasons)
            return new PutPolicyAnswer.Refused(reasons);
        // Somebody else may submit the same pack meanwhile; this one becomes the version after.
        return await ConflictException.RetryAsync<PutPolicyAnswer>(async () =>
        {
            var latest = (await ReadLatestAsync(cancellationToken)).FirstOrDefault(each => each.Id == pack.Id)?.Version ?? 0;
            if (ifVersion is { } seen && seen != latest)
                return new PutPolicyAnswer.Stale(latest);
            var next = pack with { Version = latest + 1 };
            await store.AddAsync(next, cancellationToken);
            Interlocked.Increment(ref _submissions);
            _known = null;
            return new PutPolicyAnswer.Stored(next);
        }, cancellationToken);
    }

    private sealed record Known(long At, IReadOnlyList<PolicyPack> Packs);
}

public abstract record PutPolicyAnswer
{
    private PutPolicyAnswer()
    {
    }

    /// <param name="Pack">With its version.</param>
    public sealed record Stored(PolicyPack Pack) : PutPolicyAnswer;

    /// <param name="Reasons">At least one; fields are JSON paths.</param>
    public sealed record Refused(IReadOnlyList<Refusal> Reasons) : PutPolicyAnswer;

    /// <summary>The caller wanted another version to be the latest.</summary>
    /// <param name="Latest">The one that is; 0 where there is none.</param>
    public sealed record Stale(int Latest) : PutPolicyAnswer;
}
