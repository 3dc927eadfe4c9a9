using LoanRelief.Desk.Chunks;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Desk.Imports;

/// <summary>A loan book on its way in: it is received row by row, checked and laid down, and then stored in the background.</summary>
public sealed record LoanImport : IWork
{
    public required InstitutionId Institution { get; init; }

    /// <summary>A version 7 UUID: those of one institution sort by when they were begun, in machine time.</summary>
    public required Guid Id { get; init; }

    public required ImportState State { get; init; }

    /// <summary>The caller's idempotency key; kept when all has been received, so that a file that broke off is no obstacle to the next.</summary>
    public string? Key { get; init; }

    /// <summary>Tells the file from another with the same key; known when all has been received.</summary>
    public string? Fingerprint { get; init; }

    public required BookFormat Format { get; init; }

    /// <summary>The encoding of the file; final when it has been received.</summary>
    public BookEncoding Encoding { get; init; }

    /// <summary>Whether the encoding was told by the text itself, because neither its sender nor a byte order mark said it.</summary>
    public bool EncodingDetected { get; init; }

    /// <summary>The first line of a CSV file, as it stands there.</summary>
    public string? Header { get; init; }

    /// <summary>Rows that are not blank and not the header, as far as they have been received.</summary>
    public int Rows { get; init; }

    /// <summary>Those of them that are refused.</summary>
    public int Rejected { get; init; }

    /// <summary>Into how many pages of refused rows they have been laid down.</summary>
    public int RejectedPages { get; init; }

    /// <summary>The day up to which the refused rows are kept (Beijing); null when there are none.</summary>
    public DateOnly? RejectedUntil { get; init; }

    /// <summary>When the refused rows were deleted, because their day had passed.</summary>
    public DateTimeOffset? RejectedDeletedAt { get; init; }

    /// <summary>Into how many chunks of loans the others have been laid down.</summary>
    public int Chunks { get; init; }

    /// <summary>All chunks before this one have been taken away.</summary>
    public int FirstChunk { get; init; }

    /// <summary>The watermark: all chunks before this one have been stored.</summary>
    public int NextChunk { get; init; }

    /// <summary>Loans that were not known.</summary>
    public int Added { get; init; }

    /// <summary>Loans that were known and had changed.</summary>
    public int Changed { get; init; }

    /// <summary>Loans that were known and had not changed.</summary>
    public int Unchanged { get; init; }

    /// <summary>Business time at which the file began to come.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When all of it had been received.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>When all of it had been stored.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Loans that have been stored.</summary>
    public int Stored => Added + Changed + Unchanged;
}

public enum ImportState
{
    /// <summary>The file is coming in. Nothing of it is in the loan book yet; if it breaks off nothing will be.</summary>
    Receiving,

    /// <summary>The file has been received; its loans are going into the loan book.</summary>
    Storing,

    /// <summary>All of it is in the loan book.</summary>
    Completed,
}

/// <summary>A row that was refused, to be given back.</summary>
/// <param name="Line">Line in the file.</param>
/// <param name="Text">The row as it stands there.</param>
/// <param name="Errors">Everything that is wrong with it.</param>
public sealed record RejectedRow(int Line, string Text, IReadOnlyList<RowError> Errors);

/// <summary>A file that is coming in, a row at a time: a loan book, or a list.</summary>
public interface IIncomingBook<T>
    where T : class
{
    BookFormat Format { get; }

    /// <summary>The first line of a CSV book.</summary>
    string? Header { get; }

    /// <summary>The encoding; final when all rows have been read.</summary>
    BookEncoding Encoding { get; }

    /// <summary>Whether the encoding was told by the text itself, because neither its sender nor a byte order mark said it.</summary>
    bool IsEncodingDetected { get; }

    /// <summary>Of its bytes, as by <see cref="BookFingerprint"/>; there when all rows have been read.</summary>
    string Fingerprint { get; }

    /// <summary>The rows, once: a bad one comes with all its errors and the next one follows; blank lines are passed over.</summary>
    IAsyncEnumerable<BookRow<T>> RowsAsync(CancellationToken cancellationToken);
}

/// <summary>How much of everything an import may have. A file that passes a limit is refused before anything of it is in the loan book.</summary>
public sealed record ImportLimits
{
    /// <summary>Bytes of a file.</summary>
    public long Bytes { get; init; } = 1L << 30;

    /// <summary>Rows of a file that are not blank.</summary>
    public int Rows { get; init; } = 1_000_000;

    /// <summary>Rows that are refused: every one is kept to be given back, and a file with more is not the file that was meant.</summary>
    public int Rejected { get; init; } = 100_000;

    /// <summary>
    /// Chunks that are stored together. Of ten thousand loans some forty share a partition of the book and some thirty a
    /// day, and so a transaction: a row then costs little more than in a full one, and all take some tens of megabytes.
    /// </summary>
    public int ChunksAtOnce { get; init; } = 10;

    /// <summary>Files that one process receives at a time; each takes some ten megabytes of memory.</summary>
    public int AtATime { get; init; } = 8;
}
