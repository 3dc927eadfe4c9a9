using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Cases;

/// <summary>Whoever decides on a case waits for whoever does so in this process already: two at once would only have one of them refused by storage.</summary>
/// <remarks>It saves calls and guards nothing: another process may come between at any time, and the ETag is what keeps it out.</remarks>
internal sealed class CaseTurns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CaseId, Turn> _turns = [];

    /// <summary>Whether somebody has a turn at the case, or waits for one.</summary>
    public bool IsWanted(CaseId id)
    {
        lock (_lock)
            return _turns.ContainsKey(id);
    }

    /// <summary>Does something when those who asked before have done theirs.</summary>
    public async Task<T> TakeAsync<T>(CaseId id, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        Turn? turn;
        lock (_lock)
        {
            if (!_turns.TryGetValue(id, out turn))
                _turns.Add(id, turn = new());
            turn.Wanted++;
        }

        try
        {
            await turn.Free.WaitAsync(cancellationToken);
            try
            {
                return await work();
            }
            finally
            {
                turn.Free.Release();
            }
        }
        finally
        {
            lock (_lock)
            {
                if (--turn.Wanted == 0)
                    _turns.Remove(id);
            }
        }
    }

    private sealed class Turn
    {
        public SemaphoreSlim Free { get; } = new(1);

        /// <summary>How many have the turn or wait for it; the last one clears it away.</summary>
        public int Wanted { get; set; }
    }
}
