using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Xunit;

namespace LoanRelief.Scenarios.Crashes;

/// <summary>All that stands in the tables, row by row, in a form in which two runs can be held against each other.</summary>
/// <remarks>
/// Left out is what tells of attempts and not of the outcome: when and by which attempt a row was written, how much of a
/// job the last run of it found to do, and what an index row still has to be looked at for. A row of an index that no
/// loan and no case stands by is nothing but a leaving, which the program's readers take away in passing; but every row
/// that one stands by has to be there.
/// </remarks>
internal static partial class Ledger
{
    private static readonly Dictionary<string, string> IndexOfList = new()
    {
        ["open"] = "OpenCases",
        ["closed"] = "ClosedCases",
        ["outcome"] = "CasesByOutcome",
        ["deadLetters"] = "CaseDeadLetters",
    };

    private static readonly string[] OfAttempts = ["odata.etag", "Timestamp", "Commit", "Due", "Settled"];

    public static async Task<IReadOnlyList<string>> ReadAsync(string connectionString)
    {
        var rows = await RowsAsync(connectionString);
        var named = rows.SelectMany(Named).ToHashSet();
        Assert.Empty(named.Except(rows.Select(row => (row.Table, row.Key))));
        // Books whose sender heard nothing, because the host died: the program forgets them after an hour.
        var imports = rows.Where(row => row.Table == "Imports")
            .ToLookup(row => (string?)row.Json["state"] != "receiving", row => Guid.Parse((string)row.Json["id"]!));
        var kept = imports[true].Order().ToList();
        return
        [
            .. rows.Where(row => !IsIndex(row) || named.Contains((row.Table, row.Key)))
                .Select(Line)
                .Where(line => !imports[false].Any(id => Name(line, id, 0) != line))
                .Select(line => kept.Index().Aggregate(line, (text, import) => Name(text, import.Item, import.Index)))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static async Task<List<LedgerRow>> RowsAsync(string connectionString)
    {
        var (service, rows) = (new TableServiceClient(connectionString), new List<LedgerRow>());
        await foreach (var table in service.QueryAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            await foreach (var row in service.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
                rows.Add(new(table.Name, row, JsonOf(row)));
        }

        return rows;
    }

    /// <summary>The index rows that a loan or a case stands by.</summary>
    private static IEnumerable<(string Table, string Key)> Named(LedgerRow row)
    {
        if (row.Table == "Cases" && row.Key.StartsWith("case~", StringComparison.Ordinal))
            return row.Json["rows"]!.AsArray().Select(each => (IndexOfList[(string)each!["list"]!], (string)each["key"]!));
        return row.Table == "Loans" ? Days("LoansToScan", "scanOn", "scanRow").Concat(Days("LoansToRemind", "remindOn", "remindRow")) : [];

        IEnumerable<(string Table, string Key)> Days(string table, string on, string by)
        {
            if ((string?)row.Json["watch"]![on] is { } day)
                yield return (table, string.Create(CultureInfo.InvariantCulture, $"{day.Replace("-", "", StringComparison.Ordinal)}~{row.Key}~{(int)row.Json[by]!:D6}"));
        }
    }

    private static bool IsIndex(LedgerRow row) => row.Table is "LoansToScan" or "LoansToRemind" || IndexOfList.ContainsValue(row.Table);

    private static string Line(LedgerRow row)
    {
        if (row.Table == "Cases")
            row.Json.Remove("left"); // index rows that have gone, or go with the next step
        if (row.Table == "Jobs")
            row.Json.Remove("counts");
        var key = row.Table == "Imports" ? "" : row.Key; // its place in a list; its id stands in it
        var others = row.Entity.Where(each => !OfAttempts.Contains(each.Key) && !each.Key.StartsWith("Json", StringComparison.Ordinal) && each.Key is not ("PartitionKey" or "RowKey"));
        return Marks.Replace($"{row.Table} {row.Entity.PartitionKey} {key} {string.Join(' ', others.Select(each => $"{each.Key}={each.Value}"))} {row.Json.ToJsonString()}", "");
    }

    private static string Name(string text, Guid import, int number) => text
        .Replace(import.ToString("N"), $"import-{number}", StringComparison.Ordinal)
        .Replace(import.ToString(), $"import-{number}", StringComparison.Ordinal);

    private static JsonObject JsonOf(TableEntity row)
    {
        if (row.GetString("Json") is { } text)
            return JsonNode.Parse(text) as JsonObject ?? new() { ["list"] = JsonNode.Parse(text) };
        using var packed = new MemoryStream();
        foreach (var part in row.Where(each => each.Key.StartsWith("JsonGz", StringComparison.Ordinal)).OrderBy(each => each.Key.Length).ThenBy(each => each.Key, StringComparer.Ordinal))
            packed.Write((byte[])part.Value);
        packed.Position = 0;
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        return packed.Length == 0 ? [] : new() { ["packed"] = JsonNode.Parse(unpacked) };
    }

    /// <summary>By which an attempt at a step tells its index rows from those of another attempt.</summary>
    [GeneratedRegex("~[0-9a-f]{16}(?![0-9a-z])")]
    private static partial Regex Marks { get; }

    private sealed record LedgerRow(string Table, TableEntity Entity, JsonObject Json)
    {
        public string Key => Entity.RowKey;
    }
}
