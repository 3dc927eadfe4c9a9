using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Chunks;
using LoanRelief.Desk.Jobs;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
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
    IBatchStore store, BatchVerdicts verdicts, IInstitutionStore institutions, PolicyDesk policies, CasePolicy policy, CalendarDesk calendars, TimeProvider clock,
    ILogger<BatchWork> logger) : IChunkedWork
{
    public const string WorkName = "case-batches";

    /// <summary>A batch that is still being laid down and that nobody has touched for so long, in machine time, has broken off.</summary>
    public static readonly TimeSpan BrokenOffAfter = TimeSpan.FromHours(1);

    public string Name => WorkName;

    public IAsyncEnumerable<InstitutionId> OpenAsync(CancellationToken cancellationToken) => store.OpenAsync(cancellationToken).Select(open => open.Institution).Distinct();

    public async Task<bool> DoChunkAsync(InstitutionId institution, CancellationToken cancellationToken)
    {
        await foreach (var open in store.OpenAsync(cancellationToken).Where(open => open.Institution == institution))
        {
            if (await DoChunkAsync(open, cancellationToken))
                return true;
        }

        return false;
    }

    private async Task<bool> DoChunkAsync(OpenBatch open, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(open.Institution, open.Id, cancellationToken) is not { } stored)
        {
            // Begun and never stored, or removed in part.
            await store.RemoveAsync(open.Institution, open.Id, cancellationToken);
            return false;
        }

        var batch = stored.Batch;
        switch (batch.State)
        {
            case BatchState.Preparing:
                await ForgetIfBrokenOffAsync(stored, cancellationToken);
                return false;
            case BatchState.AwaitingApproval:
                return false;
            case BatchState.Running when batch.BegunChunks > batch.NextChunk || (batch.NextChunk < batch.Chunks && !batch.CancelAsked):
                await DoAsync(stored, cancellationToken);
                return true;
            case BatchState.Running:
                var state = batch.NextChunk < batch.Chunks ? BatchState.Cancelled : BatchState.Completed;
                if (await TryPutAsync(stored, batch with { State = state, EndedAt = BeijingTime.Of(clock.GetUtcNow()) }, cancellationToken) is null)
                    return true;
                logger.LogInformation("Batch {Batch} of {Institution} is {State}: {Verdicts}", batch.Id, batch.Institution, state, batch.Verdicts);
                break;
        }

        await store.CloseAsync(open.Institution, open.Id, cancellationToken);
        return false;
    }

    private async Task DoAsync(StoredBatch stored, CancellationToken cancellationToken)
    {
        var chunk = stored.Batch.NextChunk;
        if (stored.Batch.BegunChunks == chunk)
        {
            if (await TryPutAsync(stored, stored.Batch with { BegunChunks = chunk + 1 }, cancellationToken) is not { } begun)
                return;
            stored = begun;
        }

        var rows = await DecideAsync(stored.Batch, chunk, cancellationToken);
        await store.PutVerdictsAsync(stored.Batch, chunk, rows, cancellationToken);
        // What happened is counted also when the batch was cancelled meanwhile.
        for (StoredBatch? now = stored;
            now?.Batch.NextChunk == chunk && await TryPutAsync(now, Counted(now.Batch, rows), cancellationToken) is null;
            now = await store.FindAsync(stored.Batch.Institution, stored.Batch.Id, cancellationToken))
        {
        }
    }

    /// <returns>Null when somebody else changed it: it was cancelled, or another process is at it.</returns>
    private async Task<StoredBatch?> TryPutAsync(StoredBatch before, CaseBatch after, CancellationToken cancellationToken)
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
        var eligibility = new Eligibility(
            await policies.LatestAsync(cancellationToken), policy, await calendars.CurrentAsync(cancellationToken), BeijingTime.DateOf(clock.GetUtcNow()), institution?.Kind);
        var rows = new BatchRow[loans.Count];
        await Parallel.ForAsync(0, rows.Length, IDailyJob.Parallelism(cancellationToken), async (n, token) =>
            rows[n] = (await verdicts.OfAsync(batch, loans[n], eligibility, institution, token)) with { Row = (chunk * BatchDesk.ChunkRows) + n + 1 });
        return rows;
    }

    private static CaseBatch Counted(CaseBatch batch, IReadOnlyList<BatchRow> rows)
    {
        var counts = batch.Verdicts.ToDictionary();
        foreach (var (verdict, count) in rows.CountBy(row => row.Verdict))
            counts[verdict] = counts.GetValueOrDefault(verdict) + count;
        return batch with { NextChunk = batch.NextChunk + 1, Verdicts = counts };
    }

    private async Task ForgetIfBrokenOffAsync(StoredBatch stored, CancellationToken cancellationToken)
    {
        if (DateTimeOffset.UtcNow - stored.TouchedAt < BrokenOffAfter)
            return;
        logger.LogWarning("Batch {Batch} of {Institution} broke off while it was taken in; nothing of it is kept", stored.Batch.Id, stored.Batch.Institution);
        await store.RemoveAsync(stored.Batch.Institution, stored.Batch.Id, cancellationToken);
    }
}
