using System.Collections.Concurrent;

namespace LoanRelief.Tables.Cases;

/// <summary>Index rows that this process knows to hold, because it made the commit that names them: they need not be looked up.</summary>
/// <remarks>
/// What is known stays safe when another process goes on with the case. Should the case become due earlier, it stands
/// by a new row, which is not known here; and a row that it no longer stands by is deleted by whoever moved it.
/// </remarks>
internal sealed class KnownRows
{
    /// <summary>Some megabytes. Whoever forgets has to read.</summary>
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<IndexRow, KnownRow> _rows = new();

    public KnownRow? Find(IndexRow row) => _rows.TryGetValue(row, out var known) ? known : null;

    /// <summary>A commit made the case stand by these rows.</summary>
    public void Learn(TableCase stored)
    {
        if (_rows.Count > Most)
            _rows.Clear();
        foreach (var row in stored.Rows)
            _rows[row] = new(stored.State.NextDue, stored.State.PendingEffects.Count == 0, stored.Leaving);
    }

    public void Forget(IEnumerable<IndexRow> rows)
    {
        foreach (var row in rows)
            _rows.TryRemove(row, out _);
    }
}

/// <param name="Due">When the case has to be touched next.</param>
/// <param name="Idle">It has nothing to send.</param>
/// <param name="Leaving">What had to go when it came to stand by the row.</param>
internal readonly record struct KnownRow(DateTimeOffset? Due, bool Idle, IReadOnlyList<LeavingRow> Leaving)
{
    /// <inheritdoc cref="TableCase.IsAtRest"/>
    public bool AtRest => Idle && Leaving.All(each => each.HasGone);
}
