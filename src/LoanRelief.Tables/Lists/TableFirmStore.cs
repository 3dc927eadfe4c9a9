using LoanRelief.Desk.Lists;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Lists;

/// <summary>Firms in Table Storage: one row in a partition of its own for each, read by nothing but point reads.</summary>
internal sealed class TableFirmStore(TableSet tables) : IFirmStore
{
    private const string Key = "firm";

    private readonly RowReader _firms = new(tables.Firms);

    public async Task<StoredFirm> FindAsync(CreditCode code, CancellationToken cancellationToken) =>
        await _firms.FindAsync(code.Value, Key, cancellationToken) is { } row ? new(Row.Read<Firm>(row), row.ETag.ToString()) : new(new(code), null);

    public Task PutAsync(StoredFirm before, Firm after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new RowTransaction(tables.Firms, after.Code.Value).Write(Row.Of(Key, after), before.ETag).SubmitAsync(Key, witness: Key);
    }
}
