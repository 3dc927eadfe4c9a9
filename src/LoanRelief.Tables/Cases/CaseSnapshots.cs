using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Cases;

/// <summary>Reads cases, each by one point read.</summary>
internal sealed class CaseSnapshots(TableSet tables)
{
    private readonly RowReader _rows = new(tables.Cases);

    public async Task<TableCase?> FindAsync(CaseId id, CancellationToken cancellationToken)
    {
        if (await _rows.FindAsync(Keys.Partition(id.Institution, id.Loan), CaseKeys.Case(id), cancellationToken) is not { } row)
            return null;
        var content = Row.Read<CaseContent>(row);
        return new(content.State, row.ETag.ToString(), content.Rows, [.. content.Left.Select(LeavingRow.Left)]);
    }
}
