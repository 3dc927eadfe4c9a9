using LoanRelief.Desk.Chunks;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Desk.Imports;

/// <summary>Takes received books into the loan book, some chunks at a time. A host calls it until nothing is left, and again after a crash.</summary>
/// <remarks>
/// The watermark moves when chunks are in the loan book. A crash before that repeats them, which changes nothing: each
/// loan bears the mark of the import that stored it, by which it also counts the same as the first time. Chunks are taken
/// away when the next ones begin, after their watermark, so that none is left behind.
/// </remarks>
public sealed class ImportWork(IImportStore store, LoanDesk loans, ImportLimits limits, TimeProvider clock, ILogger<ImportWork> logger) : ChunkedWork<LoanImport>(store, logger)
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
                import = import with { State = ImportState.Completed, FirstChunk = import.NextChunk, CompletedAt = BeijingTime.Of(clock.GetUtcNow()) };
                await store.PutAsync(stored, import, cancellationToken);
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
        var next = Math.Min(import.NextChunk + limits.ChunksAtOnce, import.Chunks);
        var chunks = await SideBySide.SelectAsync([.. Enumerable.Range(import.NextChunk, next - import.NextChunk)], (number, token) => FindAsync(import, number, token), cancellationToken);
        var answers = await loans.PutManyAsync(import.Institution, [.. chunks.SelectMany(chunk => chunk)], import.Id, cancellationToken);
        var kinds = answers.CountBy(KindOf).ToDictionary();
        await store.PutAsync(
            stored,
            import with
            {
                FirstChunk = import.NextChunk,
                NextChunk = next,
                Added = import.Added + kinds.GetValueOrDefault(LoanChangeKind.Added),
                Changed = import.Changed + kinds.GetValueOrDefault(LoanChangeKind.Changed),
                Unchanged = import.Unchanged + kinds.GetValueOrDefault(LoanChangeKind.None),
            },
            cancellationToken);
    }

    private async Task<IReadOnlyList<Loan>> FindAsync(LoanImport import, int chunk, CancellationToken cancellationToken) =>
        await store.FindChunkAsync(import, chunk, cancellationToken) ?? throw new InvalidOperationException($"Chunk {chunk} of import {import.Id} is not there.");

    /// <summary>What lies before the watermark and has not gone yet.</summary>
    private Task RemoveStoredAsync(LoanImport import, CancellationToken cancellationToken) => Parallel.ForAsync(
        import.FirstChunk, import.NextChunk, SideBySide.Options(cancellationToken), async (chunk, token) => await store.RemoveChunkAsync(import, chunk, token));

    private static LoanChangeKind KindOf(PutLoanAnswer answer) => answer is PutLoanAnswer.Stored stored
        ? stored.Kind
        : throw new InvalidOperationException("A loan was laid down that breaks the rules for loans.");
}
