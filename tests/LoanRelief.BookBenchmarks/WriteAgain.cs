using System.Globalization;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using LoanRelief.Testing;

namespace LoanRelief.BookBenchmarks;

/// <summary>A write that the program made, for a bare client: the same operations with the same content, on rows that belong to this write alone.</summary>
/// <remarks>So it does not matter which of several writes comes first. A row that is replaced or deleted has to be there before.</remarks>
internal sealed class WriteAgain
{
    /// <summary>Where the bare client writes.</summary>
    public const string Table = "BareRows";

    private const string ChangeSet = "--changeset";

    /// <param name="call">A single write or a transaction.</param>
    /// <param name="number">No other write has it.</param>
    public WriteAgain(StorageRequest call, int number)
    {
        string[] parts = call.Kind == StorageRequestKind.Transaction
            ? [.. call.Body.Split(ChangeSet).Where(part => part.Contains(" HTTP/1.1", StringComparison.Ordinal))]
            : [call.Body];
        Actions = [.. call.Operations.Zip(parts, (operation, part) => Action(operation, part, number))];
    }

    public IReadOnlyList<TableTransactionAction> Actions { get; }

    public IEnumerable<TableEntity> RowsBefore => Actions
        .Where(action => action.ActionType != TableTransactionActionType.Add)
        .Select(action => new TableEntity((TableEntity)action.Entity));

    private static TableTransactionAction Action(EntityOperation operation, string part, int number)
    {
        var row = Content(part);
        row.PartitionKey = $"{operation.Table}~{operation.PartitionKey ?? row.PartitionKey}";
        row.RowKey = string.Create(CultureInfo.InvariantCulture, $"{operation.RowKey ?? row.RowKey}~{number}");
        var isGuarded = part.Contains("If-Match", StringComparison.OrdinalIgnoreCase);
        return operation.Method switch
        {
            "POST" => new(TableTransactionActionType.Add, row),
            "DELETE" => new(TableTransactionActionType.Delete, row, ETag.All),
            "PUT" => isGuarded ? new(TableTransactionActionType.UpdateReplace, row, ETag.All) : new(TableTransactionActionType.UpsertReplace, row),
            _ => isGuarded ? new(TableTransactionActionType.UpdateMerge, row, ETag.All) : new(TableTransactionActionType.UpsertMerge, row),
        };
    }

    private static TableEntity Content(string part)
    {
        var row = new TableEntity();
        if (part.IndexOf('{', StringComparison.Ordinal) is >= 0 and var begin && JsonNode.Parse(part[begin..(part.LastIndexOf('}') + 1)]) is JsonObject json)
        {
            foreach (var (name, value) in json.Where(each => !each.Key.Contains('@', StringComparison.Ordinal))) // the types of other properties
                row[name] = (value as JsonValue)?.ToString();
        }

        return row;
    }
}
