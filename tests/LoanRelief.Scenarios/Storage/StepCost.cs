using LoanRelief.Testing;

namespace LoanRelief.Scenarios.Storage;

/// <summary>Calls to the table service.</summary>
/// <param name="SingleWrites">Rows inserted, replaced or deleted one by one: those of the indexes.</param>
/// <param name="RowsWritten">Rows inserted, replaced or deleted, in transactions and one by one.</param>
internal sealed record Cost(int PointReads, int Transactions, int SingleWrites, int RowsWritten, int Queries)
{
    public int Calls => PointReads + Transactions + SingleWrites + Queries;

    public static Cost Of(IReadOnlyCollection<StorageRequest> calls) => new(
        Count(calls, StorageRequestKind.PointRead),
        Count(calls, StorageRequestKind.Transaction),
        Count(calls, StorageRequestKind.SingleWrite),
        calls.Where(call => call.IsWrite).Sum(call => call.Operations.Count),
        Count(calls, StorageRequestKind.Query));

    public static Cost operator +(Cost a, Cost b) => new(
        a.PointReads + b.PointReads, a.Transactions + b.Transactions, a.SingleWrites + b.SingleWrites, a.RowsWritten + b.RowsWritten, a.Queries + b.Queries);

    public static Cost operator -(Cost a, Cost b) => new(
        a.PointReads - b.PointReads, a.Transactions - b.Transactions, a.SingleWrites - b.SingleWrites, a.RowsWritten - b.RowsWritten, a.Queries - b.Queries);

    private static int Count(IEnumerable<StorageRequest> calls, StorageRequestKind kind) => calls.Count(call => call.Kind == kind);
}

/// <summary>A step of a case with all that it causes: its history, its indexes, its events and the record that they went out.</summary>
/// <param name="Step">In words.</param>
/// <param name="Events">How many events went out because of it.</param>
internal sealed record StepCost(string Step, int Events, Cost Cost);
