using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Values;

namespace LoanRelief.Web.Imports.Reading;

/// <summary>A file that is being read: CSV or NDJSON, UTF-8 or GB18030, in one pass and a few hundred rows at a time.</summary>
public sealed class Book<T> : IIncomingBook<T>, IAsyncDisposable
    where T : class
{
    /// <summary>Rows that are read at once.</summary>
    private const int Block = 256;

    private readonly SHA256 _hash;
    private readonly BookText _text;
    private readonly IAsyncEnumerator<BookLine> _lines;
    private readonly IBookRows<T> _rows;

    private Book(BookFormat format, SHA256 hash, BookText text, IAsyncEnumerator<BookLine> lines, IBookRows<T> rows, string? header) =>
        (Format, _hash, _text, _lines, _rows, Header) = (format, hash, text, lines, rows, header);

    public BookFormat Format { get; }

    public string? Header { get; }

    public BookEncoding Encoding => _text.Encoding ?? BookEncoding.Utf8;

    public bool IsEncodingDetected => _text.IsDetected;

    public string Fingerprint => BookFingerprint.Of(_hash.Hash ?? throw new InvalidOperationException("The book has not been read to its end."));

    /// <summary>Reads as far as the header.</summary>
    /// <param name="declared">The encoding, where the sender says it.</param>
    /// <param name="kind">What its rows are.</param>
    /// <exception cref="BookRefusedException">There is nothing in it, or its header is wrong.</exception>
    internal static async Task<Book<T>> OpenAsync(
        Stream book, BookFormat format, BookEncoding? declared, RowKind<T> kind, CancellationToken cancellationToken)
    {
        var hash = SHA256.Create();
        var text = new BookText(new CryptoStream(book, hash, CryptoStreamMode.Read), format == BookFormat.Ndjson ? BookEncoding.Utf8 : declared);
        var lines = text.LinesAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            if (format == BookFormat.Ndjson)
                return new(format, hash, text, lines, new JsonRows<T>(kind), header: null);
            if (!await lines.MoveNextAsync())
                throw new BookRefusedException(new Refusal("book-empty"));
            return new(format, hash, text, lines, CsvRows<T>.Under(lines.Current, kind), lines.Current.Text);
        }
        catch
        {
            await lines.DisposeAsync();
            hash.Dispose();
            throw;
        }
    }

    public async IAsyncEnumerable<BookRow<T>> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var block = new List<BookLine>(Block);
        for (var more = true; more;)
        {
            // A book that comes as fast as it is read would keep its thread from everybody else's requests.
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            block.Clear();
            while (block.Count < Block && (more = await _lines.MoveNextAsync()))
                block.Add(_lines.Current);
            foreach (var row in _rows.Read(block))
                yield return row;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _lines.DisposeAsync();
        _hash.Dispose();
    }
}
