using LoanRelief.Desk.Chunks;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;
using Microsoft.Extensions.Logging;

namespace LoanRelief.Desk.Imports;

/// <summary>Takes in loan books: checks every row while it comes and lays it down, so that an import that has been accepted survives anything.</summary>
/// <remarks>Nothing gets into the loan book before all has been received: a file that breaks off, or passes a limit, leaves nothing behind.</remarks>
public sealed class ImportDesk(IImportStore store, ImportLimits limits, CasePolicy policy, ChunkSignal signal, TimeProvider clock, ILogger<ImportDesk> logger)
{
    /// <summary>Loans that are laid down, and later stored, together.</summary>
    public const int ChunkRows = 1_000;

    /// <summary>Bytes that the rows of a chunk have together, in UTF-8: they fit into an entity however badly they pack.</summary>
    public const int ChunkBytes = 384 * 1024;

    private int _coming;

    /// <summary>What was received before with an idempotency key; null when that has not come before and the book is to be received.</summary>
    /// <param name="book">The book that comes with the key now: read to its end, to be told from the other.</param>
    public async Task<ReceiveAnswer?> RecallAsync(InstitutionId institution, string key, Stream book, CancellationToken cancellationToken) =>
        await store.FindByKeyAsync(institution, key, cancellationToken) is { } before
            ? Repeated(before, await BookFingerprint.OfAsync(book, cancellationToken))
            : null;

    /// <summary>Receives a book to its end.</summary>
    /// <remarks>
    /// The key is kept with the last write, in one transaction: a book that broke off has none and can be sent again with it,
    /// and of two that come at a time one is received and the other is its repeat.
    /// </remarks>
    /// <param name="key">The caller's idempotency key, if it gave one.</param>
    public async Task<ReceiveAnswer> ReceiveAsync(InstitutionId institution, IIncomingBook<Loan> book, string? key, CancellationToken cancellationToken)
    {
        try
        {
            return Interlocked.Increment(ref _coming) > limits.AtATime
                ? new ReceiveAnswer.TooManyAtATime()
                : await ReceiveInPlaceAsync(institution, book, key, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _coming);
        }
    }

    private async Task<ReceiveAnswer> ReceiveInPlaceAsync(InstitutionId institution, IIncomingBook<Loan> book, string? key, CancellationToken cancellationToken)
    {
        await using var rows = book.RowsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        if (!await rows.MoveNextAsync())
            return new ReceiveAnswer.Refused(new("book-empty"), []);
        var begun = new LoanImport
        {
            Institution = institution,
            Id = Guid.CreateVersion7(),
            State = ImportState.Receiving,
            Format = book.Format,
            Header = book.Header,
            BegunAt = BeijingTime.Of(clock.GetUtcNow()),
        };
        // Not broken off half way: nobody would know what has to be forgotten.
        var intake = new ImportIntake(store, limits, policy.Imports, await store.BeginAsync(begun, CancellationToken.None), key);
        var isReceived = false;
        try
        {
            do
            {
                if (await intake.TakeAsync(rows.Current, cancellationToken) is { } refused)
                    return refused;
            }
            while (await rows.MoveNextAsync());

            var import = await intake.CompleteAsync(book, BeijingTime.Of(clock.GetUtcNow()), cancellationToken);
            isReceived = true;
            logger.LogInformation("Import {Import} of {Institution} has been received: {Rows} rows, {Rejected} of them refused", import.Id, institution, import.Rows, import.Rejected);
            signal.Want(ImportWork.WorkName, institution);
            return new ReceiveAnswer.Received(import, Changed: true);
        }
        catch (ConflictException) when (key is not null)
        {
            if (await store.FindByKeyAsync(institution, key, cancellationToken) is { } before)
                return Repeated(before, book.Fingerprint);
            throw;
        }
        finally
        {
            if (!isReceived)
                await ForgetAsync(begun);
        }
    }

    private static ReceiveAnswer Repeated(LoanImport before, string fingerprint) =>
        before.Fingerprint == fingerprint ? new ReceiveAnswer.Received(before, Changed: false) : new ReceiveAnswer.KeyReused();

    /// <summary>What can not be forgotten now is forgotten by <see cref="ImportWork"/> when nobody has touched it for a while.</summary>
    private async Task ForgetAsync(LoanImport import)
    {
        try
        {
            await store.RemoveAsync(import.Institution, import.Id, CancellationToken.None);
        }
        catch (Exception failure)
        {
            logger.LogWarning("What was received of import {Import} could not be removed yet: {Failure}", import.Id, failure.GetType().Name);
        }
    }
}

/// <summary>What came of receiving a book.</summary>
public abstract record ReceiveAnswer
{
    private ReceiveAnswer()
    {
    }

    /// <summary>It is laid down and will be stored.</summary>
    /// <param name="Changed">Whether by this very request; if not, by one with the same key.</param>
    public sealed record Received(LoanImport Import, bool Changed) : ReceiveAnswer;

    /// <summary>The idempotency key was used before for another book.</summary>
    public sealed record KeyReused : ReceiveAnswer;

    /// <summary>It has no rows, or passes a limit; nothing of it is kept.</summary>
    /// <param name="Reason">Why, and which limit.</param>
    /// <param name="First">The first of the rows that were refused.</param>
    public sealed record Refused(Refusal Reason, IReadOnlyList<RejectedRow> First) : ReceiveAnswer;

    /// <summary>Too many books are coming in; worth trying again in a while.</summary>
    public sealed record TooManyAtATime : ReceiveAnswer;
}
