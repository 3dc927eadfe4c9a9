using LoanRelief.Testing;

namespace LoanRelief.Scenarios.Storage;

/// <summary>Calls to the table service.</summary>
/// <param name="RowsWritten">Rows inserted, replaced or deleted in transactions.</param>
/// <param name="Others">Queries and single writes.</param>
internal sealed record Cost(int PointReads, int Transactions, int RowsWritten, int Others)
{
    public int Calls => PointReads + Transactions + Others;

    public static Cost Of(IReadOnlyCollection<StorageRequest> calls)
    {
        var transactions = calls.Where(call => call.Kind == StorageRequestKind.Transaction).ToList();
        return new(
            calls.Count(call => call.Kind == StorageRequestKind.PointRead),
            transactions.Count,
            transactions.Sum(call => call.Operations.Count),
            calls.Count(call => call.Kind is StorageRequestKind.Query or StorageRequestKind.SingleWrite));
    }

    public static Cost operator +(Cost a, Cost b) =>
        new(a.PointReads + b.PointReads, a.Transactions + b.Transactions, a.RowsWritten + b.RowsWritten, a.Others + b.Others);

    public static Cost operator -(Cost a, Cost b) =>
        new(a.PointReads - b.PointReads, a.Transactions - b.Transactions, a.RowsWritten - b.RowsWritten, a.Others - b.Others);
}

/// <summary>A step of a case with all that it causes: its history, its indexes, its events and the record that they went out.</summary>
/// <param name="Step">In words.</param>
/// <param name="Events">How many events went out because of it.</param>
internal sealed record StepCost(string Step, int Events, Cost Cost);
