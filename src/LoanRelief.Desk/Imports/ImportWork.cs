using LoanRelief.Desk.Chunks;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Values;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Desk.Imports;

/// <summary>Takes received books into the loan book, a chunk at a time. A host calls it until nothing is left, and again after a crash.</summary>
/// <remarks>
/// The watermark moves when a chunk is in the loan book. A crash before that repeats the chunk, which changes nothing: each
/// loan bears the mark of the import that stored it, by which it also counts the same as the first time. A chunk is taken
/// away when the next one begins, after its watermark, so that none is left behind.
/// </remarks>
public sealed class ImportWork(IImportStore store, LoanDesk loans, TimeProvider clock, ILogger<ImportWork> logger) : ChunkedWork<LoanImport>(store, logger)
{
    public const string WorkName = "loan-imports";

    public override string Name => WorkName;

    protected override async Task<WorkProgress> DoNextAsync(StoredWork<LoanImport> stored, CancellationToken cancellationToken)
    {
        var import = stored.Work;
        switch (import.State)
        {
            case ImportState.Receiving:
                return WorkProgress.ComingIn;
            case ImportState.Storing when import.NextChunk < import.Chunks:
                await StoreAsync(stored, cancellationToken);
                return WorkProgress.UnderWay;
            case ImportState.Storing:
                await RemoveStoredAsync(import, cancellationToken);
                await store.PutAsync(stored, import with { State = ImportState.Completed, CompletedAt = BeijingTime.Of(clock.GetUtcNow()) }, cancellationToken);
                logger.LogInformation(
                    "Import {Import} of {Institution} is completed: {Added} loans added, {Changed} changed, {Unchanged} unchanged",
                    import.Id, import.Institution, import.Added, import.Changed, import.Unchanged);
                return WorkProgress.Over;
            default:
                return WorkProgress.Over;
        }
    }

    private async Task StoreAsync(StoredWork<LoanImport> stored, CancellationToken cancellationToken)
    {
        var import = stored.Work;
        await RemoveStoredAsync(import, cancellationToken);
        var chunk = await store.FindChunkAsync(import, import.NextChunk, cancellationToken)
            ?? throw new InvalidOperationException($"Chunk {import.NextChunk} of import {import.Id} is not there.");
        var kinds = (await loans.PutManyAsync(import.Institution, chunk, import.Id, cancellationToken)).Select(KindOf).CountBy(kind => kind).ToDictionary();
        await store.PutAsync(
            stored,
            import with
            {
                NextChunk = import.NextChunk + 1,
                Added = import.Added + kinds.GetValueOrDefault(LoanChangeKind.Added),
                Changed = import.Changed + kinds.GetValueOrDefault(LoanChangeKind.Changed),
                Unchanged = import.Unchanged + kinds.GetValueOrDefault(LoanChangeKind.None),
            },
            cancellationToken);
    }

    /// <summary>The chunk before the watermark; those before it have gone.</summary>
    private Task RemoveStoredAsync(LoanImport import, CancellationToken cancellationToken) =>
        import.NextChunk > 0 ? store.RemoveChunkAsync(import, import.NextChunk - 1, cancellationToken) : Task.CompletedTask;

    private static LoanChangeKind KindOf(PutLoanAnswer answer) => answer is PutLoanAnswer.Stored stored
        ? stored.Kind
        : throw new InvalidOperationException("A loan was laid down that breaks the rules for loans.");
}
