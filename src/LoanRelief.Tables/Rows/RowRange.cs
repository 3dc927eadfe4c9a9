using Azure.Data.Tables;

namespace LoanRelief.Tables.Rows;

/// <summary>The rows of a partition whose keys lie between two bounds, both left out.</summary>
internal readonly record struct RowRange(string After, string Before)
{
    private const string Last = "~";

    /// <summary>All keys.</summary>
    public static readonly RowRange All = new("", Last);

    /// <summary>All keys that begin with a prefix and go on.</summary>
    public static RowRange Of(string prefix) => new(prefix, prefix + Last);

    /// <summary>The keys with the prefix whose next part is less than a value.</summary>
    public static RowRange Below(string prefix, string part) => new(prefix, prefix + part);

    /// <summary>The keys with the prefix whose next part is at most a value.</summary>
    public static RowRange UpTo(string prefix, string part) => new(prefix, prefix + part + Last + Last);

    /// <summary>What of the range comes after a key.</summary>
    public RowRange From(string key) => string.CompareOrdinal(key, After) > 0 ? this with { After = key } : this;

    public bool Contains(string key) => string.CompareOrdinal(key, After) > 0 && string.CompareOrdinal(key, Before) < 0;

    public string Filter(string partition) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {After} and RowKey lt {Before}");
}
