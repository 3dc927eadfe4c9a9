namespace LoanRelief.Scenarios.Faults;

/// <summary>Holds whoever comes until all have come, lets something happen then, once, and is open to everybody afterwards.</summary>
internal sealed class Rendezvous(IEnumerable<string> expected, Func<Task> whenAllAreThere)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _missing = [.. expected];
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _happens;

    /// <summary>Whether all have come and it has happened.</summary>
    public bool IsOver => _over.Task.IsCompleted;

    /// <summary>Who has not come yet, for messages.</summary>
    public string Missing
    {
        get
        {
            lock (_lock)
                return string.Join(", ", _missing.Order());
        }
    }

    /// <summary>Comes, and waits for the others.</summary>
    /// <returns>Whether it was there when it happened; false for whoever comes too late or is not expected.</returns>
    public async Task<bool> ArriveAsync(string who)
    {
        bool isLast;
        lock (_lock)
        {
            if (_happens || !_missing.Remove(who))
                return false;
            isLast = _happens = _missing.Count == 0;
        }

        if (isLast)
        {
            await whenAllAreThere();
            _over.SetResult();
        }

        await _over.Task;
        return true;
    }
}
