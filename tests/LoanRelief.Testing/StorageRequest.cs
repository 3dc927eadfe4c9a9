namespace LoanRelief.Testing;

/// <summary>One call to the table service as <see cref="StorageProxy"/> saw it.</summary>
/// <param name="Kind">What it costs and does.</param>
/// <param name="Operations">What it does to entities: one for a single read or write, each of a transaction, none for a query.</param>
/// <param name="Target">Method, path and query, for messages.</param>
/// <param name="Body">What it carries; a transaction's operations with their entities.</param>
/// <param name="Status">What the table service answered; null before it was asked.</param>
/// <param name="EntitiesRead">How many entities came with the answer of a query or a point read.</param>
public sealed record StorageRequest(
    StorageRequestKind Kind,
    IReadOnlyList<EntityOperation> Operations,
    string Target,
    string Body,
    int? Status = null,
    int EntitiesRead = 0)
{
    /// <summary>Whether it changes entities.</summary>
    public bool IsWrite => Kind is StorageRequestKind.SingleWrite or StorageRequestKind.Transaction;

    /// <summary>Whether the table service has done it: the answer is 2xx.</summary>
    public bool Succeeded => Status is >= 200 and < 300;
}

/// <param name="Method">GET, POST (insert), PUT (replace), PATCH or MERGE, DELETE.</param>
/// <param name="Table">The table.</param>
/// <param name="PartitionKey">Null for an insert, which has its keys in the body.</param>
/// <param name="RowKey">Null for an insert, which has its keys in the body.</param>
public sealed record EntityOperation(string Method, string Table, string? PartitionKey, string? RowKey);

public enum StorageRequestKind
{
    /// <summary>One entity by its keys.</summary>
    PointRead,

    /// <summary>Entities by a filter; the next page of a query is a query of its own.</summary>
    Query,

    /// <summary>One entity inserted, replaced, merged or deleted.</summary>
    SingleWrite,

    /// <summary>An entity group transaction.</summary>
    Transaction,

    /// <summary>Tables made, listed or deleted, and the service's settings.</summary>
    Management,
}

/// <summary>Calls that reached the table service, whatever it answered.</summary>
/// <param name="TransactionOperations">Entity operations inside the transactions.</param>
public readonly record struct StorageCounts(
    int PointReads, int Queries, int SingleWrites, int Transactions, int TransactionOperations, int Management)
{
    /// <summary>What is billed and waited for: all calls but those that manage tables.</summary>
    public int Calls => PointReads + Queries + SingleWrites + Transactions;

    /// <summary>What happened between two moments.</summary>
    public static StorageCounts operator -(StorageCounts later, StorageCounts earlier) => new(
        later.PointReads - earlier.PointReads,
        later.Queries - earlier.Queries,
        later.SingleWrites - earlier.SingleWrites,
        later.Transactions - earlier.Transactions,
        later.TransactionOperations - earlier.TransactionOperations,
        later.Management - earlier.Management);

    internal StorageCounts Plus(StorageRequest request) => request.Kind switch
    {
        StorageRequestKind.PointRead => this with { PointReads = PointReads + 1 },
        StorageRequestKind.Query => this with { Queries = Queries + 1 },
        StorageRequestKind.SingleWrite => this with { SingleWrites = SingleWrites + 1 },
        StorageRequestKind.Transaction => this with
        {
            Transactions = Transactions + 1,
            TransactionOperations = TransactionOperations + request.Operations.Count,
        },
        _ => this with { Management = Management + 1 },
    };
}

/// <summary>What a hook of <see cref="StorageProxy"/> wants done with a call.</summary>
public readonly record struct ProxyVerdict
{
    /// <summary>Go on as if nobody watched.</summary>
    public static readonly ProxyVerdict Pass;

    /// <summary>Break the connection without an answer.</summary>
    public static readonly ProxyVerdict Drop = new() { Drops = true };

    /// <summary>503, the table service is busy.</summary>
    public static readonly ProxyVerdict Unavailable = new() { Status = 503 };

    internal bool Drops { get; private init; }

    internal int? Status { get; private init; }

    internal TimeSpan Pause { get; private init; }

    /// <summary>Go on, only later.</summary>
    public static ProxyVerdict Delay(TimeSpan pause) => new() { Pause = pause };
}
