using LoanRelief.Desk.Orchestrations;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Local.Pump;

/// <summary>Which case is due when, in memory; the tables hold the truth and refill it after a start.</summary>
/// <remarks>
/// A case is handed out to one worker at a time; what is said about it meanwhile is not lost. One that was halted is
/// handed out to nobody, whatever is said about it, until it is released.
/// </remarks>
internal sealed class DueQueue
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<CaseId, DateTimeOffset> _queue = new();
    private readonly Dictionary<CaseId, DateTimeOffset> _due = [];
    private readonly HashSet<CaseId> _working = [];
    private readonly Dictionary<CaseId, Halt> _halted = [];

    /// <summary>Cases that wait, and those being worked on.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _due.Count + _working.Count;
        }
    }

    /// <summary>Cases that nobody gets.</summary>
    public IReadOnlyList<CaseId> Halted
    {
        get
        {
            lock (_lock)
                return [.. _halted.Keys];
        }
    }

    /// <summary>Earliest time at which a case that nobody works on is due.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_lock)
            {
                DropStale();
                return _queue.TryPeek(out _, out var due) ? due : null;
            }
        }
    }

    /// <summary>The case is due at this time, whatever was said before.</summary>
    public void Set(CaseId id, DateTimeOffset due)
    {
        lock (_lock)
        {
            if (_halted.ContainsKey(id))
                return;
            _due[id] = due;
            if (!_working.Contains(id))
                _queue.Enqueue(id, due);
        }
    }

    /// <summary>Nobody gets the case any more.</summary>
    public void Stop(CaseId id, Halt halt)
    {
        lock (_lock)
        {
            _halted[id] = halt;
            _due.Remove(id);
        }
    }

    /// <summary>The case may be handed out again.</summary>
    public void Release(CaseId id)
    {
        lock (_lock)
            _halted.Remove(id);
    }

    /// <summary>What is known of a case; null when nothing is.</summary>
    public DueEntry? Find(CaseId id)
    {
        lock (_lock)
        {
            var entry = new DueEntry(
                _due.TryGetValue(id, out var due) ? due : null, _working.Contains(id), _halted.TryGetValue(id, out var halt) ? halt : null);
            return entry is { DueAt: null, IsWorkedOn: false, Halt: null } ? null : entry;
        }
    }

    /// <summary>Hands out a case that is due by now.</summary>
    public bool TryTake(DateTimeOffset now, out CaseId id)
    {
        lock (_lock)
        {
            DropStale();
            if (!_queue.TryPeek(out id, out var due) || due > now)
                return false;
            _queue.Dequeue();
            _due.Remove(id);
            _working.Add(id);
            return true;
        }
    }

    /// <summary>The worker is done with the case.</summary>
    /// <param name="next">When it is due again, as the worker saw it. What was said meanwhile may be newer, or older: the earlier of both counts.</param>
    public void GiveBack(CaseId id, DateTimeOffset? next)
    {
        lock (_lock)
        {
            _working.Remove(id);
            if (_halted.ContainsKey(id))
                return;
            if (next is { } seen && !(_due.TryGetValue(id, out var said) && said < seen))
                _due[id] = seen;
            if (_due.TryGetValue(id, out var due))
                _queue.Enqueue(id, due);
        }
    }

    /// <summary>Entries of the heap that no longer say what is true: the case was taken, or is due at another time.</summary>
    private void DropStale()
    {
        while (_queue.TryPeek(out var id, out var due) && (_working.Contains(id) || !_due.TryGetValue(id, out var latest) || latest != due))
            _queue.Dequeue();
    }
}

/// <summary>What is known of a case.</summary>
/// <param name="DueAt">Business time; null when it does not wait.</param>
/// <param name="IsWorkedOn">A worker has it.</param>
/// <param name="Halt">Nobody gets it.</param>
internal sealed record DueEntry(DateTimeOffset? DueAt, bool IsWorkedOn, Halt? Halt);
