using LoanRelief.Desk.Chunks;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Desk.Imports;

/// <summary>Takes received books into the loan book, a chunk at a time. A host calls it until nothing is left, and again after a crash.</summary>
/// <remarks>
/// The watermark moves when a chunk is in the loan book. A crash before that repeats the chunk, which changes nothing: each
/// loan bears the mark of the import that stored it, by which it also counts the same as the first time. A chunk is taken
/// away when the next one begins, after its watermark, so that none is left behind.
/// </remarks>
public sealed class ImportWork(IImportStore store, LoanDesk loans, TimeProvider clock, ILogger<ImportWork> logger) : IChunkedWork
{
    public const string WorkName = "loan-imports";

    /// <summary>A book that is still being received and that nobody has touched for so long, in machine time, has broken off.</summary>
    public static readonly TimeSpan BrokenOffAfter = TimeSpan.FromHours(1);

    public string Name => WorkName;

    public IAsyncEnumerable<InstitutionId> OpenAsync(CancellationToken cancellationToken) => store.OpenAsync(cancellationToken).Select(open => open.Institution).Distinct();

    /// <summary>Stores the next chunk of the institution's oldest import that has one.</summary>
    /// <returns>Whether there may be more to do at once.</returns>
    public async Task<bool> DoChunkAsync(InstitutionId institution, CancellationToken cancellationToken)
    {
        await foreach (var open in store.OpenAsync(cancellationToken).Where(open => open.Institution == institution))
        {
            if (await DoChunkAsync(open, cancellationToken))
                return true;
        }

        return false;
    }

    private async Task<bool> DoChunkAsync(OpenImport open, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(open.Institution, open.Id, cancellationToken) is not { } stored)
        {
            // Begun and never stored, or removed in part.
            await store.RemoveAsync(open.Institution, open.Id, cancellationToken);
            return false;
        }

        switch (stored.Import.State)
        {
            case ImportState.Receiving:
                await ForgetIfBrokenOffAsync(stored, cancellationToken);
                return false;
            case ImportState.Storing when stored.Import.NextChunk < stored.Import.Chunks:
                await StoreAsync(stored, cancellationToken);
                return true;
            case ImportState.Storing:
                await RemoveStoredAsync(stored.Import, cancellationToken);
                await store.PutAsync(stored, stored.Import with { State = ImportState.Completed, CompletedAt = BeijingTime.Of(clock.GetUtcNow()) }, cancellationToken);
                logger.LogInformation(
                    "Import {Import} of {Institution} is completed: {Added} loans added, {Changed} changed, {Unchanged} unchanged",
                    open.Id, open.Institution, stored.Import.Added, stored.Import.Changed, stored.Import.Unchanged);
                break;
        }

        await store.CloseAsync(open.Institution, open.Id, cancellationToken);
        return false;
    }

    private async Task StoreAsync(StoredImport stored, CancellationToken cancellationToken)
    {
        var import = stored.Import;
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

    private async Task ForgetIfBrokenOffAsync(StoredImport stored, CancellationToken cancellationToken)
    {
        if (DateTimeOffset.UtcNow - stored.TouchedAt < BrokenOffAfter)
            return;
        logger.LogWarning("Import {Import} of {Institution} broke off while it was received; nothing of it is kept", stored.Import.Id, stored.Import.Institution);
        await store.RemoveAsync(stored.Import.Institution, stored.Import.Id, cancellationToken);
    }
}
