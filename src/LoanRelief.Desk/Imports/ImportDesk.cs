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

    /// <summary>Receives a book to its end.</summary>
    public async Task<ReceiveAnswer> ReceiveAsync(InstitutionId institution, IIncomingBook book, CancellationToken cancellationToken)
    {
        try
        {
            return Interlocked.Increment(ref _coming) > limits.AtATime
                ? new ReceiveAnswer.TooManyAtATime()
                : await ReceiveInPlaceAsync(institution, book, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _coming);
        }
    }

    private async Task<ReceiveAnswer> ReceiveInPlaceAsync(InstitutionId institution, IIncomingBook book, CancellationToken cancellationToken)
    {
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
        var intake = new ImportIntake(store, limits, policy.Imports, await store.BeginAsync(begun, CancellationToken.None));
        var isReceived = false;
        try
        {
            await foreach (var row in book.RowsAsync(cancellationToken))
            {
                if (await intake.TakeAsync(row, cancellationToken) is { } refused)
                    return refused;
            }

            var import = await intake.CompleteAsync(book, BeijingTime.Of(clock.GetUtcNow()), cancellationToken);
            isReceived = true;
            logger.LogInformation("Import {Import} of {Institution} has been received: {Rows} rows, {Rejected} of them refused", import.Id, institution, import.Rows, import.Rejected);
            signal.Want(ImportWork.WorkName, institution);
            return new ReceiveAnswer.Received(import);
        }
        finally
        {
            if (!isReceived)
                await ForgetAsync(begun);
        }
    }

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
    public sealed record Received(LoanImport Import) : ReceiveAnswer;

    /// <summary>It passes a limit; nothing of it is kept.</summary>
    /// <param name="Reason">Which limit.</param>
    /// <param name="First">The first of the rows that were refused.</param>
    public sealed record Refused(Refusal Reason, IReadOnlyList<RejectedRow> First) : ReceiveAnswer;

    /// <summary>Too many books are coming in; worth trying again in a while.</summary>
    public sealed record TooManyAtATime : ReceiveAnswer;
}
