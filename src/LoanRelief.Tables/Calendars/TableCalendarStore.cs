using System.Globalization;
using Azure.Data.Tables;
using LoanRelief.Desk.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Calendars;

/// <summary>
/// Years of holidays in Table Storage: a row for each version, and one with the latest of all years, some tens at about
/// 1 KB. In a partition of its own, a row for each institution says with which years its dates were computed.
/// </summary>
internal sealed class TableCalendarStore(TableSet tables) : ICalendarStore
{
    private const string Partition = "calendars";
    private const string ComputedPartition = "computed";
    private const string LatestKey = "latest";

    private readonly RowReader _rows = new(tables.Calendars);

    public async Task<StoredCalendars> LatestAsync(CancellationToken cancellationToken) =>
        await _rows.FindAsync(Partition, LatestKey, cancellationToken) is { } row
            ? new(Row.Read<Dictionary<int, CalendarYear>>(row), row.ETag.ToString())
            : new(new Dictionary<int, CalendarYear>(), ETag: null);

    public async Task<CalendarYear?> FindAsync(int year, int version, CancellationToken cancellationToken) =>
        await _rows.FindAsync(Partition, Key(year, version), cancellationToken) is { } row ? Row.Read<CalendarYear>(row) : null;

    public Task AddAsync(StoredCalendars before, CalendarYear added, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var latest = new Dictionary<int, CalendarYear>(before.Years) { [added.Year] = added };
        return new RowTransaction(tables.Calendars, Partition)
            .Write(Row.Of(LatestKey, latest), before.ETag)
            .Insert(Row.Of(Key(added.Year, added.Version), added))
            .SubmitAsync(LatestKey, witness: LatestKey);
    }

    public async Task<ComputedWith?> FindComputedAsync(InstitutionId institution, CancellationToken cancellationToken) =>
        await _rows.FindAsync(ComputedPartition, institution.Value, cancellationToken) is { } row ? Row.Read<ComputedWith>(row) : null;

    public IAsyncEnumerable<ComputedWith> AllComputedAsync(CancellationToken cancellationToken) =>
        _rows.ReadAsync(ComputedPartition, RowRange.Of(""), cancellationToken).Select(Row.Read<ComputedWith>);

    public Task PutComputedAsync(ComputedWith computed, CancellationToken cancellationToken) =>
        tables.Calendars.UpsertEntityAsync(
            Row.Of(computed.Institution.Value, computed).ToEntity(ComputedPartition, Guid.NewGuid()), TableUpdateMode.Replace, cancellationToken);

    private static string Key(int year, int version) => string.Create(CultureInfo.InvariantCulture, $"version~{year:D4}~{version:D6}");
}
