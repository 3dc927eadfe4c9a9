using System.Globalization;
using LoanRelief.Desk.Lists;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Lists;

/// <summary>Firms in Table Storage: one row in a partition of its own for each, read by nothing but point reads; and an index of who came to which stage.</summary>
/// <remarks>
/// The rows of the index say all that is counted, so that a count reads no firm. They are put before the firm: none is ever
/// missing, and one of a write that broke off is put again when its list is sent again. One that was withdrawn stays and says so.
/// </remarks>
internal sealed class TableFirmStore(TableSet tables) : IFirmStore
{
    private const string Key = "firm";

    private readonly RowReader _firms = new(tables.Firms);

    public async Task<StoredFirm> FindAsync(CreditCode code, CancellationToken cancellationToken) =>
        await _firms.FindAsync(code.Value, Key, cancellationToken) is { } row ? new(Row.Read<Firm>(row), row.ETag.ToString()) : new(new(code), null);

    public async Task PutAsync(StoredFirm before, Firm after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var rows = after.Records.Except(before.Firm.Records).Select(record => new FunnelRow(after.Code, record))
            .Concat(after.Withdrawn.Except(before.Firm.Withdrawn).Select(record => new FunnelRow(after.Code, record, Withdrawn: true)));
        await Task.WhenAll(rows.Select(PutAsync));
        await new RowTransaction(tables.Firms, after.Code.Value).Write(Row.Of(Key, after), before.ETag).SubmitAsync(Key, witness: Key);
    }

    public IAsyncEnumerable<FunnelRow> CameAsync(InstitutionId by, FunnelStage stage, DateOnly from, DateOnly to, FunnelPlace? after, CancellationToken cancellationToken)
    {
        var range = RowRange.UpTo(Prefix(stage), Keys.Sortable(to)).From(after is { } last ? KeyOf(stage, last.On, last.Firm) : Prefix(stage) + Keys.Sortable(from));
        return tables.FunnelRecords.ReadAsync(by, range, cancellationToken).Select(Row.Read<FunnelRow>).Where(row => !row.Withdrawn);
    }

    private Task PutAsync(FunnelRow row)
    {
        var key = KeyOf(row.Record.Stage, row.Record.On, row.Firm);
        var partition = tables.FunnelRecords.Partition(row.Record.By, key);
        return tables.FunnelRecords.PutAsync(partition, Row.Of(key, row).ToEntity(partition, Guid.NewGuid()));
    }

    private static string KeyOf(FunnelStage stage, DateOnly on, CreditCode firm) => $"{Prefix(stage)}{Keys.Sortable(on)}~{firm}";

    private static string Prefix(FunnelStage stage) => string.Create(CultureInfo.InvariantCulture, $"{(int)stage}~");
}
