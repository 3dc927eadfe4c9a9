using Azure.Data.Tables;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Cases;

/// <summary>An index row as it was read.</summary>
/// <remarks>
/// Besides its content it has the case's id (<c>Case</c>), the version of the case that wrote it (<c>Version</c>), for
/// open cases when somebody has to look at it (<c>Due</c>, as sortable text), and whether it has been found to hold with nothing left to
/// do (<c>Settled</c>).
/// </remarks>
internal sealed record IndexEntry(CaseList List, TableEntity Entity)
{
    private const string CaseName = "Case";
    private const string VersionName = "Version";
    private const string DueName = "Due";
    private const string SettledName = "Settled";

    /// <summary>All but the content.</summary>
    public static IReadOnlyList<string> WithoutContent { get; } =
        [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey), nameof(TableEntity.Timestamp), CaseName, VersionName, DueName, SettledName];

    public IndexRow Row => new(List, Entity.RowKey);

    public CaseId Id => Identifier.Parse<CaseId>(Entity.GetString(CaseName));

    public int Version => Entity.GetInt32(VersionName) ?? 0;

    /// <summary>In UTC.</summary>
    public DateTimeOffset? Due => Entity.GetString(DueName) is { } due ? Keys.Instant(due) : null;

    public bool IsSettled => Entity.GetBoolean(SettledName) ?? false;

    public DateTimeOffset? WrittenAt => Entity.Timestamp;

    public static TableEntity Make(string partition, IndexRow row, IndexPlace place, IndexMove move)
    {
        var entity = new Row(row.Key, place.Json).ToEntity(partition, Guid.NewGuid());
        entity[CaseName] = move.Id.ToString();
        entity[VersionName] = move.Version;
        if (row.List == CaseList.Open && move.Due is { } due)
            entity[DueName] = Keys.Sortable(due);
        return entity;
    }

    /// <summary>What is to be merged into the row when it holds and its case has nothing to send.</summary>
    public TableEntity Settle(DateTimeOffset? due)
    {
        var entity = new TableEntity(Entity.PartitionKey, Entity.RowKey) { [SettledName] = true };
        if (List == CaseList.Open && due is { } at)
            entity[DueName] = Keys.Sortable(at);
        return entity;
    }

    /// <summary>Keeps the rows that have to be looked at by a time.</summary>
    public static string DueFilter(DateTimeOffset upTo) => TableClient.CreateQueryFilter($"Due le {Keys.Sortable(upTo)}");
}
