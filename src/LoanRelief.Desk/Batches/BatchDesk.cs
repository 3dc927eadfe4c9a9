using System.Security.Cryptography;
using System.Text;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Chunks;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Desk.Batches;

/// <summary>Takes in batches, has a second person approve what is granted without application, and cancels what has not begun.</summary>
public sealed class BatchDesk(IBatchStore store, BatchLimits limits, ChunkSignal signal, TimeProvider clock, ILogger<BatchDesk> logger)
{
    /// <summary>Loans that are dealt with together. What has been begun of a batch is never more than this ahead of its verdicts.</summary>
    public const int ChunkRows = 100;

    /// <summary>Loans that are laid down together: ten chunks.</summary>
    public const int PartRows = 10 * ChunkRows;

    /// <summary>Takes in a batch; from then on it goes on by itself.</summary>
    /// <param name="loans">Each once.</param>
    public async Task<BatchAnswer> PrepareAsync(InstitutionId institution, IReadOnlyList<LoanNumber> loans, BatchMeasure measure, Caller caller, CancellationToken cancellationToken)
    {
        if (loans.Count == 0)
            return new BatchAnswer.Refused([new("no-loan-selected", "filter")]);
        if (loans.Count > limits.Rows)
            return new BatchAnswer.Refused([new Refusal("too-many-rows", "filter").With("maximum", limits.Rows)]);
        var batch = new CaseBatch
        {
            Institution = institution,
            Id = IdOf(institution, caller),
            State = BatchState.Preparing,
            By = caller.By,
            Measure = measure,
            Key = caller.Mark,
            Rows = loans.Count,
            PreparedAt = BeijingTime.Of(clock.GetUtcNow()),
        };
        try
        {
            return new BatchAnswer.Taken(await LayDownAsync(batch, loans, cancellationToken), Changed: true);
        }
        catch (ConflictException) when (caller.Key is not null)
        {
            var before = (await store.FindAsync(institution, batch.Id, cancellationToken))?.Work;
            // Gone again, or still on its way: the other request will have its answer in a moment.
            return before is null or { State: BatchState.Preparing } ? throw new ConflictException("A request with the same key is on its way.")
                : before.Key == caller.Mark ? new BatchAnswer.Taken(before, Changed: false)
                : new BatchAnswer.KeyReused();
        }
    }

    /// <summary>A second person lets a batch of automatic grants begin.</summary>
    public async Task<BatchAnswer?> ApproveAsync(InstitutionId institution, Guid id, string by, CancellationToken cancellationToken)
    {
        BatchAnswer? against = null;
        var answer = await ChangeAsync(institution, id, batch =>
        {
            against = batch switch
            {
                { State: not BatchState.AwaitingApproval } when batch.ApprovedBy == by => null,
                { State: not BatchState.AwaitingApproval } => new BatchAnswer.NotNow(batch),
                _ when string.Equals(batch.By.Trim(), by.Trim(), StringComparison.OrdinalIgnoreCase) => new BatchAnswer.Refused([new("preparer-may-not-approve", "by")]),
                _ => null,
            };
            return against is null && batch.State == BatchState.AwaitingApproval
                ? batch with { State = BatchState.Running, ApprovedBy = by, ApprovedAt = BeijingTime.Of(clock.GetUtcNow()) }
                : batch;
        }, cancellationToken);
        return answer is null ? null : against ?? answer;
    }

    /// <summary>Has what has not begun left undone. Nothing happens to a batch that is over.</summary>
    public Task<BatchAnswer?> CancelAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken) => ChangeAsync(
        institution,
        id,
        batch => batch switch
        {
            { IsOver: true } or { CancelAsked: true } => batch,
            // Nothing has begun, so nobody has to be waited for.
            { State: BatchState.AwaitingApproval } => batch with { CancelAsked = true, State = BatchState.Cancelled, EndedAt = BeijingTime.Of(clock.GetUtcNow()) },
            _ => batch with { CancelAsked = true },
        },
        cancellationToken);

    /// <summary>The batch, once all of it has been laid down; null if there is none.</summary>
    public async Task<CaseBatch?> FindAsync(InstitutionId institution, Guid id, CancellationToken cancellationToken) =>
        await store.FindAsync(institution, id, cancellationToken) is { Work: { State: not BatchState.Preparing } batch } ? batch : null;

    /// <remarks>Not broken off half way: nobody would know what has to be forgotten.</remarks>
    private async Task<CaseBatch> LayDownAsync(CaseBatch batch, IReadOnlyList<LoanNumber> loans, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var begun = await store.BeginAsync(batch, CancellationToken.None);
        foreach (var (part, numbers) in loans.Chunk(PartRows).Index())
            await store.AddLoansAsync(batch, part, numbers, CancellationToken.None);
        var ready = batch with { State = batch.Measure.Automatic is null ? BatchState.Running : BatchState.AwaitingApproval };
        await store.PutAsync(begun, ready, CancellationToken.None);
        logger.LogInformation("Batch {Batch} of {Institution} has been taken in: {Rows} loans", batch.Id, batch.Institution, batch.Rows);
        signal.Want(BatchWork.WorkName, batch.Institution);
        return ready;
    }

    private Task<BatchAnswer?> ChangeAsync(InstitutionId institution, Guid id, Func<CaseBatch, CaseBatch> change, CancellationToken cancellationToken) =>
        ConflictException.RetryAsync<BatchAnswer?>(async () =>
        {
            if (await store.FindAsync(institution, id, cancellationToken) is not { Work: { State: not BatchState.Preparing } batch } stored)
                return null;
            var after = change(batch);
            if (after == batch)
                return new BatchAnswer.Taken(batch, Changed: false);
            await store.PutAsync(stored, after, cancellationToken);
            signal.Want(BatchWork.WorkName, institution);
            return new BatchAnswer.Taken(after, Changed: true);
        }, cancellationToken);

    /// <summary>The same for a repeat with the same key.</summary>
    private static Guid IdOf(InstitutionId institution, Caller caller) => caller.Key is { } key
        ? new(SHA256.HashData(Encoding.UTF8.GetBytes($"{institution}\n{key}")).AsSpan(..16))
        : Guid.CreateVersion7();
}

/// <summary>What the desk answers about a batch.</summary>
public abstract record BatchAnswer
{
    private BatchAnswer()
    {
    }

    /// <param name="Changed">Whether this very request did it.</param>
    public sealed record Taken(CaseBatch Batch, bool Changed) : BatchAnswer;

    public sealed record Refused(IReadOnlyList<Refusal> Reasons) : BatchAnswer;

    /// <summary>The batch does not take this in the state that it is in.</summary>
    public sealed record NotNow(CaseBatch Batch) : BatchAnswer;

    /// <summary>The idempotency key was used before for something else.</summary>
    public sealed record KeyReused : BatchAnswer;
}
