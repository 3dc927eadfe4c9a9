using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using LoanRelief.Desk.Chunks;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Imports;

/// <summary>One book while it is received: gathers good and bad rows and lays them down a chunk at a time.</summary>
/// <param name="key">The caller's idempotency key, if it gave one.</param>
internal sealed class ImportIntake(IImportStore store, ImportLimits limits, ImportPolicy policy, StoredWork<LoanImport> begun, string? key)
{
    /// <summary>Refused rows that are shown with the answer when the whole file is refused.</summary>
    private const int Shown = 20;

    /// <summary>How often the import says how far it has come, in machine time.</summary>
    private static readonly TimeSpan Touch = TimeSpan.FromSeconds(5);

    private readonly Pile<Loan> _loans = new();
    private readonly Pile<RejectedRow> _rejected = new();
    private readonly List<RejectedRow> _first = [];
    private readonly Dictionary<ulong, int> _lines = [];
    private StoredWork<LoanImport> _stored = begun;
    private LoanImport _import = begun.Work;
    private long _touchedAt = Stopwatch.GetTimestamp();

    /// <summary>Takes one row.</summary>
    /// <returns>Why the whole book is refused, if it is.</returns>
    public async Task<ReceiveAnswer.Refused?> TakeAsync(BookRow<Loan> row, CancellationToken cancellationToken)
    {
        if (_import.Rows == limits.Rows)
            return new(new Refusal("too-many-rows").With("maximum", limits.Rows), _first);
        _import = _import with { Rows = _import.Rows + 1 };
        if (row.Content is not { } loan)
            return await RejectAsync(new(row.Line, row.Text, row.Errors), cancellationToken);
        if (LineBefore(loan, row.Line) is { } before)
            return await RejectAsync(new(row.Line, row.Text, [Repeated(loan, before)]), cancellationToken);
        var bytes = Encoding.UTF8.GetByteCount(row.Text);
        if (!_loans.HasRoomFor(bytes))
            await LayDownLoansAsync(cancellationToken);
        _loans.Add(loan, bytes);
        return null;
    }

    /// <summary>The book has ended: from now on the import goes on by itself, whatever happens here.</summary>
    /// <exception cref="ConflictException">A book with the same key has been received meanwhile.</exception>
    public async Task<LoanImport> CompleteAsync(IIncomingBook<Loan> book, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_loans.Rows.Count > 0)
            await LayDownLoansAsync(cancellationToken);
        if (_rejected.Rows.Count > 0)
            await LayDownRejectedAsync(cancellationToken);
        var received = _import with
        {
            State = ImportState.Storing,
            Key = key,
            Fingerprint = book.Fingerprint,
            Encoding = book.Encoding,
            EncodingDetected = book.IsEncodingDetected,
            ReceivedAt = now,
            RejectedUntil = _import.Rejected > 0 ? BeijingTime.DateOf(now).AddDays(policy.KeepRejectedDays) : null,
        };
        return (await store.PutAsync(_stored, received, cancellationToken)).Work;
    }

    private async Task<ReceiveAnswer.Refused?> RejectAsync(RejectedRow row, CancellationToken cancellationToken)
    {
        if (_first.Count < Shown)
            _first.Add(row);
        if (_import.Rejected == limits.Rejected)
            return new(new Refusal("too-many-rejected").With("maximum", limits.Rejected), _first);
        _import = _import with { Rejected = _import.Rejected + 1 };
        // Each value and each reason is kept beside the row that it is in.
        var bytes = Encoding.UTF8.GetByteCount(row.Text) + row.Errors.Sum(error => Encoding.UTF8.GetByteCount(error.Value ?? "") + 200);
        if (!_rejected.HasRoomFor(bytes))
            await LayDownRejectedAsync(cancellationToken);
        _rejected.Add(row, bytes);
        return null;
    }

    private async Task LayDownLoansAsync(CancellationToken cancellationToken)
    {
        await store.AddChunkAsync(_import, _import.Chunks, _loans.Rows, cancellationToken);
        _import = _import with { Chunks = _import.Chunks + 1 };
        _loans.Clear();
        await TouchAsync(cancellationToken);
    }

    private async Task LayDownRejectedAsync(CancellationToken cancellationToken)
    {
        await store.AddRejectedAsync(_import, _import.RejectedPages, _rejected.Rows, cancellationToken);
        _import = _import with { RejectedPages = _import.RejectedPages + 1 };
        _rejected.Clear();
        await TouchAsync(cancellationToken);
    }

    private async Task TouchAsync(CancellationToken cancellationToken)
    {
        if (Stopwatch.GetElapsedTime(_touchedAt) < Touch)
            return;
        _stored = await store.PutAsync(_stored, _import, cancellationToken);
        _touchedAt = Stopwatch.GetTimestamp();
    }

    /// <summary>In which line the loan stood before; null if it did not.</summary>
    /// <remarks>
    /// A loan that stands in a file twice would make the outcome depend on the order of the rows. Eight bytes of each
    /// number are remembered, which makes some thirty megabytes for a million; two numbers of a million are alike in
    /// them once in thirty million files.
    /// </remarks>
    private int? LineBefore(Loan loan, int line)
    {
        var number = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(loan.Number.Value)));
        return _lines.TryAdd(number, line) ? null : _lines[number];
    }

    private static RowError Repeated(Loan loan, int line) =>
        new("number", loan.Number.Value, new Refusal("loan-repeated", "number").With("line", line));

    /// <summary>Rows that are laid down together: as many, and of as many bytes, as an entity holds.</summary>
    private sealed class Pile<T>
    {
        private readonly List<T> _rows = [];
        private int _bytes;

        public IReadOnlyList<T> Rows => _rows;

        /// <summary>A row that is alone always has room.</summary>
        public bool HasRoomFor(int bytes) => _rows.Count == 0 || (_rows.Count < ImportDesk.ChunkRows && _bytes + bytes <= ImportDesk.ChunkBytes);

        public void Add(T row, int bytes)
        {
            _rows.Add(row);
            _bytes += bytes;
        }

        public void Clear()
        {
            _rows.Clear();
            _bytes = 0;
        }
    }
}
