using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Values;

namespace LoanRelief.Web.Imports.Reading;

/// <summary>Takes a stream of bytes apart into lines of text, holding some hundred kilobytes at a time, however long it is.</summary>
/// <remarks>
/// Neither encoding has the byte of a line break within another character, so lines are found before anything is decoded
/// and one that can not be decoded harms no other.
/// </remarks>
/// <param name="declared">The encoding, where the sender says it.</param>
internal sealed class BookText(Stream bytes, BookEncoding? declared)
{
    /// <summary>The longest line that is read, in bytes. A loan with a hundred guarantors has some twenty thousand.</summary>
    public const int LongestLine = 32 * 1024;

    /// <summary>How much of a line that is too long is kept, so that its sender finds it.</summary>
    private const int KeptOfLongLine = 200;

    /// <summary>By how much text the encoding is told, from the first line that is not plain ASCII.</summary>
    private const int Sample = 256 * 1024;

    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];

    /// <summary>The encoding as far as it is known: null while everything was plain ASCII, which is the same in both.</summary>
    public BookEncoding? Encoding { get; private set; } = declared;

    /// <summary>Whether the encoding was told by the text itself, because neither its sender nor a byte order mark said it.</summary>
    public bool IsDetected { get; private set; }

    /// <summary>The lines that are not blank.</summary>
    public async IAsyncEnumerable<BookLine> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(bytes, new(bufferSize: 64 * 1024, leaveOpen: true));
        var line = 1;
        string? tooLong = null;
        await SkipMarkAsync(pipe, cancellationToken);
        while (true)
        {
            var read = Encoding is null ? await pipe.ReadAtLeastAsync(Sample, cancellationToken) : await pipe.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (!Awaits(rest, read.IsCompleted) && TryTake(ref rest, read.IsCompleted, out var taken))
            {
                if (tooLong is not null || taken.Length > LongestLine)
                    yield return new(line, tooLong ?? Beginning(taken), new Refusal("row-too-long").With("maximum", LongestLine));
                else if (Decode(line, taken) is { } decoded)
                    yield return decoded;
                tooLong = null;
                line++;
            }

            if (rest.Length > LongestLine && rest.PositionOf((byte)'\n') is null)
            {
                tooLong ??= Beginning(rest);
                rest = rest.Slice(rest.End);
            }

            pipe.AdvanceTo(rest.Start, read.Buffer.End);
            if (read.IsCompleted && rest.IsEmpty)
                break;
        }

        if (tooLong is not null)
            yield return new(line, tooLong, new Refusal("row-too-long").With("maximum", LongestLine));
    }

    /// <summary>A byte order mark says the encoding more surely than the sender.</summary>
    private async Task SkipMarkAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        var start = (await pipe.ReadAtLeastAsync(Utf8Mark.Length, cancellationToken)).Buffer;
        var marked = start.Length >= Utf8Mark.Length && start.Slice(0, Utf8Mark.Length).ToArray().AsSpan().SequenceEqual(Utf8Mark);
        if (marked)
            Encoding = BookEncoding.Utf8;
        pipe.AdvanceTo(marked ? start.GetPosition(Utf8Mark.Length) : start.Start);
    }

    /// <summary>Whether more has to be read to tell the encoding of the next line; tells it if not.</summary>
    private bool Awaits(in ReadOnlySequence<byte> rest, bool isAll)
    {
        if (Encoding is not null)
            return false;
        var next = rest.PositionOf((byte)'\n') is { } end ? rest.Slice(0, end) : rest;
        if (IsAscii(next))
            return false;
        if (!isAll && rest.Length < Sample)
            return true;
        Encoding = IsUtf8(rest, isAll) ? BookEncoding.Utf8 : BookEncoding.Gb18030;
        IsDetected = true;
        return false;
    }

    private static bool TryTake(ref ReadOnlySequence<byte> rest, bool isAll, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = rest;
        if (!isAll || rest.IsEmpty)
            return false;
        rest = rest.Slice(rest.End);
        return true;
    }

    private BookLine? Decode(int number, in ReadOnlySequence<byte> line)
    {
        try
        {
            var text = BookEncodings.Of(Encoding).GetString(line).TrimEnd('\r');
            return string.IsNullOrWhiteSpace(text) ? null : new(number, text, null);
        }
        catch (DecoderFallbackException)
        {
            return new(number, System.Text.Encoding.UTF8.GetString(line), new Refusal("row-not-in-encoding").With("encoding", BookEncodings.NameOf(Encoding)));
        }
    }

    private static string Beginning(in ReadOnlySequence<byte> line) => System.Text.Encoding.UTF8.GetString(line.Slice(0, KeptOfLongLine)) + "…";

    private static bool IsAscii(in ReadOnlySequence<byte> text)
    {
        foreach (var part in text)
        {
            if (!Ascii.IsValid(part.Span))
                return false;
        }

        return true;
    }

    private static bool IsUtf8(in ReadOnlySequence<byte> text, bool isAll)
    {
        var sample = text.Slice(0, Math.Min(text.Length, Sample)).ToArray().AsSpan();
        var whole = isAll && sample.Length == text.Length ? sample.Length : sample.LastIndexOf((byte)'\n');
        return System.Text.Unicode.Utf8.IsValid(whole < 0 ? sample : sample[..whole]);
    }
}

/// <summary>A line of a loan book.</summary>
/// <param name="Number">The first is 1; blank lines count.</param>
/// <param name="Text">Without the line break.</param>
/// <param name="Trouble">Why it could not be read; the text is then for people only.</param>
internal readonly record struct BookLine(int Number, string Text, Refusal? Trouble);

/// <summary>The encodings of <see cref="BookEncoding"/>; what they can not read or write is an error, never a question mark.</summary>
internal static class BookEncodings
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding Gb18030 =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>The same for a file of ours: with a byte order mark, without which a spreadsheet does not know UTF-8.</summary>
    public static Encoding ForFile(BookEncoding encoding) => encoding == BookEncoding.Gb18030 ? Gb18030 : System.Text.Encoding.UTF8;

    public static string NameOf(BookEncoding? encoding) => encoding == BookEncoding.Gb18030 ? "GB18030" : "UTF-8";

    /// <param name="encoding">Null for plain ASCII.</param>
    public static Encoding Of(BookEncoding? encoding) => encoding == BookEncoding.Gb18030 ? Gb18030 : Utf8;
}
