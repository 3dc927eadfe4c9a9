using Azure.Data.Tables;
using LoanRelief.Desk.Jobs;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Jobs;

/// <summary>The watermarks of the daily jobs in Table Storage.</summary>
internal sealed class TableJobStore(TableSet tables) : IJobStore
{
    private const string Partition = "jobs";

    private readonly RowReader _rows = new(tables.Jobs);

    public async Task<JobMark?> FindAsync(string job, CancellationToken cancellationToken) =>
        await _rows.FindAsync(Partition, job, cancellationToken) is { } row ? Row.Read<JobMark>(row) : null;

    public Task PutAsync(JobMark mark, CancellationToken cancellationToken) =>
        tables.Jobs.UpsertEntityAsync(Row.Of(mark.Job, mark).ToEntity(Partition, Guid.NewGuid()), TableUpdateMode.Replace, cancellationToken);
}
