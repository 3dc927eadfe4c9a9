using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Data.Tables;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Loans;

/// <summary>Institutions in Table Storage: tens to hundreds, in one partition, by id.</summary>
internal sealed class TableInstitutionStore(TableSet tables) : IInstitutionStore
{
    private const string Partition = "institutions";

    private readonly RowReader _rows = new(tables.Institutions);

    /// <summary>What another process has changed is seen after this time.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<InstitutionId, (Institution Institution, long SeenAt)> _seen = new();

    public async Task<Institution?> FindAsync(InstitutionId id, CancellationToken cancellationToken) =>
        await _rows.FindAsync(Partition, id.Value, cancellationToken) is { } row ? Remember(Row.Read<Institution>(row)) : null;

    public async Task<Institution?> RecallAsync(InstitutionId id, CancellationToken cancellationToken) =>
        _seen.TryGetValue(id, out var seen) && Stopwatch.GetElapsedTime(seen.SeenAt) < Memory ? seen.Institution : await FindAsync(id, cancellationToken);

    public async Task PutAsync(Institution institution, CancellationToken cancellationToken)
    {
        await tables.Institutions.UpsertEntityAsync(
            Row.Of(institution.Id.Value, institution).ToEntity(Partition, Guid.NewGuid()), TableUpdateMode.Replace, cancellationToken);
        Remember(institution);
    }

    public IAsyncEnumerable<Institution> AllAsync(CancellationToken cancellationToken) =>
        _rows.ReadAsync(Partition, RowRange.Of(""), cancellationToken).Select(Row.Read<Institution>);

    /// <summary>The ids, without the rest.</summary>
    /// <param name="from">The first one wanted; null for the very first.</param>
    /// <param name="atATime">How many to read at a time.</param>
    public IAsyncEnumerable<InstitutionId> IdsAsync(InstitutionId? from, int atATime, CancellationToken cancellationToken) =>
        tables.Institutions
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {from?.Value ?? ""}"),
                atATime, [nameof(TableEntity.RowKey)], cancellationToken)
            .Select(row => Identifier.Parse<InstitutionId>(row.RowKey));

    private Institution Remember(Institution institution)
    {
        _seen[institution.Id] = (institution, Stopwatch.GetTimestamp());
        return institution;
    }
}
