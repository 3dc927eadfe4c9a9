using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Cases;

/// <summary>The cases on which this process took a step last: what follows at once need not read them.</summary>
/// <remarks>Whoever uses one commits with its ETag, which is refused when another process has gone on with the case.</remarks>
internal sealed class RecentCases
{
    /// <summary>Some 20 MB; a case is needed again within moments, or is read.</summary>
    private const int Most = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<CaseId, LinkedListNode<StoredCase>> _cases = [];
    private readonly LinkedList<StoredCase> _latestFirst = [];

    public StoredCase? Find(CaseId id)
    {
        lock (_lock)
            return _cases.TryGetValue(id, out var node) ? node.Value : null;
    }

    /// <summary>It turned out to be old, or may be.</summary>
    public void Forget(CaseId id)
    {
        lock (_lock)
            Remove(id);
    }

    /// <summary>Keeps the case, unless a later version of it is kept.</summary>
    public void Keep(StoredCase stored)
    {
        lock (_lock)
        {
            var id = stored.State.Id;
            if (Remove(id) is { } known && known.State.Version > stored.State.Version)
                stored = known;
            _cases[id] = _latestFirst.AddFirst(stored);
            if (_cases.Count > Most)
                Remove(_latestFirst.Last!.Value.State.Id);
        }
    }

    private StoredCase? Remove(CaseId id)
    {
        if (!_cases.Remove(id, out var node))
            return null;
        _latestFirst.Remove(node);
        return node.Value;
    }
}
