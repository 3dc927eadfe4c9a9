using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;

namespace LoanRelief.Tables.Cases;

/// <summary>A case as it is stored, with the index rows that it stands by.</summary>
/// <param name="Rows">By these rows the case is found; any other row about it does not hold.</param>
/// <param name="Leaving">Rows of the states before, which have to go.</param>
internal sealed record TableCase(CaseState State, string ETag, IReadOnlyList<IndexRow> Rows, IReadOnlyList<LeavingRow> Leaving) : StoredCase(State, ETag)
{
    /// <summary>It has nothing to send, and nothing of it is left elsewhere.</summary>
    public bool IsAtRest => State.PendingEffects.Count == 0 && Leaving.All(each => each.HasGone);
}

/// <summary>What the snapshot of a case holds.</summary>
internal sealed record CaseContent(CaseState State, IReadOnlyList<IndexRow> Rows, IReadOnlyList<IndexRow> Left);
