using System.Globalization;
using LoanRelief.Desk;
using LoanRelief.Desk.Batches;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Tables.Chunks;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Batches;

/// <summary>Batches in Table Storage; the parts are their loans and the verdicts. Grants are in partitions of their loans.</summary>
internal sealed class TableBatchStore(TableSet tables) : ChunkedRows<CaseBatch>(tables.Batches, tables.OpenBatches, tables.BatchRows), IBatchStore
{
    private readonly RowReader _grants = new(tables.Grants);

    public Task AddLoansAsync(CaseBatch batch, int part, IReadOnlyList<LoanNumber> loans, CancellationToken cancellationToken) =>
        PutPartAsync(batch, LoansKey(part), loans, cancellationToken);

    public async Task<IReadOnlyList<LoanNumber>> LoansAsync(CaseBatch batch, int part, CancellationToken cancellationToken) =>
        await FindPartAsync<LoanNumber[]>(batch, LoansKey(part), cancellationToken)
        ?? throw new InvalidOperationException($"Part {part} of batch {batch.Id} is not there.");

    public Task PutVerdictsAsync(CaseBatch batch, int chunk, IReadOnlyList<BatchRow> rows, CancellationToken cancellationToken) =>
        PutPartAsync(batch, VerdictsKey(chunk), rows, cancellationToken);

    public async Task<IReadOnlyList<BatchRow>> VerdictsAsync(CaseBatch batch, int chunk, CancellationToken cancellationToken) =>
        await FindPartAsync<BatchRow[]>(batch, VerdictsKey(chunk), cancellationToken) ?? [];

    public async Task<LoanGrant?> FindGrantAsync(InstitutionId institution, LoanNumber loan, MeasureId measure, CancellationToken cancellationToken) =>
        await _grants.FindAsync(Keys.Partition(institution, loan), GrantKey(measure), cancellationToken) is { } row ? Row.Read<LoanGrant>(row) : null;

    public async Task<IReadOnlyList<LoanGrant>> GrantsAsync(InstitutionId institution, LoanNumber loan, CancellationToken cancellationToken) =>
        await _grants.ReadAsync(Keys.Partition(institution, loan), RowRange.All, cancellationToken)
            .Select(Row.Read<LoanGrant>)
            .OrderBy(grant => grant.At)
            .ToListAsync(cancellationToken);

    public async Task<LoanGrant> GrantAsync(LoanGrant grant, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var row = Row.Of(GrantKey(grant.Measure), grant);
        try
        {
            await new RowTransaction(tables.Grants, Keys.Partition(grant.Institution, grant.Loan)).Insert(row).SubmitAsync(row.Key, witness: row.Key);
            return grant;
        }
        catch (ConflictException)
        {
            return (await FindGrantAsync(grant.Institution, grant.Loan, grant.Measure, cancellationToken))!;
        }
    }

    private static string LoansKey(int part) => string.Create(CultureInfo.InvariantCulture, $"loans~{part:D6}");

    private static string VerdictsKey(int chunk) => string.Create(CultureInfo.InvariantCulture, $"verdicts~{chunk:D6}");

    /// <summary>Ids of policies and measures are longer together than is sure to be a key.</summary>
    private static string GrantKey(MeasureId measure) => Keys.Digest($"{measure.Policy}/{measure.Measure}");
}
