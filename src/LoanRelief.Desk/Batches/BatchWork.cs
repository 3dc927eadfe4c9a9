using LoanRelief.Desk.Chunks;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Values;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Desk.Batches;

/// <summary>Gives the loans of batches their verdicts, a chunk at a time. A host calls it until nothing is left, and again after a crash.</summary>
/// <remarks>
/// A chunk is marked as begun, done, and its verdicts stored; then the watermark moves. A crash before that repeats the
/// chunk, in which each loan finds what was done for it by this batch. A chunk that was begun is done although the batch is
/// cancelled, so that nothing that happened is without a verdict.
/// </remarks>
public sealed class BatchWork(
    IBatchStore store, BatchVerdicts verdicts, EligibilityDesk eligibilities, IInstitutionStore institutions, TimeProvider clock, ILogger<BatchWork> logger) : ChunkedWork<CaseBatch>(store, logger)
{
    public const string WorkName = "case-batches";

    public override string Name => WorkName;

    protected override async Task<WorkProgress> DoNextAsync(StoredWork<CaseBatch> stored, CancellationToken cancellationToken)
    {
        var batch = stored.Work;
        switch (batch.State)
        {
            case BatchState.Preparing:
                return WorkProgress.ComingIn;
            case BatchState.AwaitingApproval:
                return WorkProgress.Waiting;
            case BatchState.Running when batch.BegunChunks > batch.NextChunk || (batch.NextChunk < batch.Chunks && !batch.CancelAsked):
                await DoAsync(stored, cancellationToken);
                return WorkProgress.UnderWay;
            case BatchState.Running:
                var state = batch.NextChunk < batch.Chunks ? BatchState.Cancelled : BatchState.Completed;
                if (await TryPutAsync(stored, batch with { State = state, EndedAt = BeijingTime.Of(clock.GetUtcNow()) }, cancellationToken) is null)
                    return WorkProgress.UnderWay;
                logger.LogInformation("Batch {Batch} of {Institution} is {State}: {Verdicts}", batch.Id, batch.Institution, state, batch.Verdicts);
                return WorkProgress.Over;
            default:
                return WorkProgress.Over;
        }
    }

    private async Task DoAsync(StoredWork<CaseBatch> stored, CancellationToken cancellationToken)
    {
        var chunk = stored.Work.NextChunk;
        if (stored.Work.BegunChunks == chunk)
        {
            if (await TryPutAsync(stored, stored.Work with { BegunChunks = chunk + 1 }, cancellationToken) is not { } begun)
                return;
            stored = begun;
        }

        var rows = await DecideAsync(stored.Work, chunk, cancellationToken);
        await store.PutVerdictsAsync(stored.Work, chunk, rows, cancellationToken);
        // What happened is counted also when the batch was cancelled meanwhile.
        for (StoredWork<CaseBatch>? now = stored;
            now?.Work.NextChunk == chunk && await TryPutAsync(now, Counted(now.Work, rows), cancellationToken) is null;
            now = await store.FindAsync(stored.Work.Institution, stored.Work.Id, cancellationToken))
        {
        }
    }

    /// <returns>Null when somebody else changed it: it was cancelled, or another process is at it.</returns>
    private async Task<StoredWork<CaseBatch>?> TryPutAsync(StoredWork<CaseBatch> before, CaseBatch after, CancellationToken cancellationToken)
    {
        try
        {
            return await store.PutAsync(before, after, cancellationToken);
        }
        catch (ConflictException)
        {
            return null;
        }
    }

    private async Task<BatchRow[]> DecideAsync(CaseBatch batch, int chunk, CancellationToken cancellationToken)
    {
        const int ChunksOfPart = BatchDesk.PartRows / BatchDesk.ChunkRows;
        var part = await store.LoansAsync(batch, chunk / ChunksOfPart, cancellationToken);
        var loans = part.Skip(chunk % ChunksOfPart * BatchDesk.ChunkRows).Take(BatchDesk.ChunkRows).ToList();
        // All loans of a chunk are held against the same policies, calendar and day.
        var institution = await institutions.FindAsync(batch.Institution, cancellationToken);
        var eligibility = await eligibilities.TodayAsync(institution?.Kind, cancellationToken);
        var rows = await SideBySide.SelectAsync(loans, (loan, token) => verdicts.OfAsync(batch, loan, eligibility, institution, token), cancellationToken);
        return [.. rows.Select((row, n) => row with { Row = (chunk * BatchDesk.ChunkRows) + n + 1 })];
    }

    private static CaseBatch Counted(CaseBatch batch, IReadOnlyList<BatchRow> rows)
    {
        var counts = batch.Verdicts.ToDictionary();
        foreach (var (verdict, count) in rows.CountBy(row => row.Verdict))
            counts[verdict] = counts.GetValueOrDefault(verdict) + count;
        return batch with { NextChunk = batch.NextChunk + 1, Verdicts = counts };
    }
}
