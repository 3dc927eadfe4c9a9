using System.Text.RegularExpressions;

namespace LoanRelief.Testing;

/// <summary>Reads from a call's method, path and body what it does (Table service REST API).</summary>
internal static partial class StorageRequestParser
{
    public static StorageRequest Parse(string method, string target, string body)
    {
        var path = target.Split('?')[0];
        var resource = path.Split('/', 3) is [_, _, var rest] ? rest : "";
        var (kind, operations) = resource switch
        {
            "$batch" => (StorageRequestKind.Transaction, Operations(body)),
            "" => (StorageRequestKind.Management, []),
            _ when TablesResource.IsMatch(resource) => (StorageRequestKind.Management, []),
            _ => OfTable(method, resource),
        };
        return new(kind, operations, $"{method} {target}", body);
    }

    private static (StorageRequestKind Kind, EntityOperation[] Operations) OfTable(string method, string resource) =>
        (method, Operation(method, resource)) switch
        {
            ("GET" or "HEAD", { RowKey: not null } read) => (StorageRequestKind.PointRead, [read]),
            ("GET" or "HEAD", _) => (StorageRequestKind.Query, []),
            (_, var write) => (StorageRequestKind.SingleWrite, [write]),
        };

    private static EntityOperation[] Operations(string batch) =>
        [.. RequestLine.Matches(batch).Select(line => Operation(line.Groups["method"].Value, line.Groups["resource"].Value))];

    private static EntityOperation Operation(string method, string resource)
    {
        var keys = Keys.Match(resource);
        return keys.Success
            ? new(method, keys.Groups["table"].Value, Unquote(keys.Groups["partition"].Value), Unquote(keys.Groups["row"].Value))
            : new(method, resource.Replace("()", "", StringComparison.Ordinal), null, null);
    }

    private static string Unquote(string key) => Uri.UnescapeDataString(key).Replace("''", "'", StringComparison.Ordinal);

    [GeneratedRegex(@"^Tables(\(|$)")]
    private static partial Regex TablesResource { get; }

    // Quotes come as they are or escaped.
    [GeneratedRegex(@"^(?<table>\w+)\(PartitionKey=(?:'|%27)(?<partition>.*)(?:'|%27),\s*RowKey=(?:'|%27)(?<row>.*)(?:'|%27)\)$")]
    private static partial Regex Keys { get; }

    [GeneratedRegex(@"^(?<method>GET|POST|PUT|PATCH|MERGE|DELETE) https?://[^/\s]+/[^/\s]+/(?<resource>[^\s?]+)\S* HTTP/1\.1\r?$", RegexOptions.Multiline)]
    private static partial Regex RequestLine { get; }
}
