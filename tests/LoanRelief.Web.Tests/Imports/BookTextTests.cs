using System.Text;
using LoanRelief.Desk.Imports;
using LoanRelief.Web.Imports.Reading;
using Xunit;

namespace LoanRelief.Web.Tests.Imports;

public sealed class BookTextTests
{
    private const string Chinese = "文成样例工贸有限公司,制造,文成";

    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    [Fact]
    public async Task Utf_8_is_told_by_the_text()
    {
        var text = new BookText(new MemoryStream(Encoding.UTF8.GetBytes($"number\n{Chinese}\n")), declared: null);

        Assert.Equal(["number", Chinese], await LinesAsync(text));
        Assert.Equal((BookEncoding.Utf8, true), (text.Encoding, text.IsDetected));
    }

    [Fact]
    public async Task Gb18030_is_told_by_the_text()
    {
        var text = new BookText(new MemoryStream(Books.Gb18030.GetBytes($"number\n{Chinese}𠮷\n")), declared: null);

        Assert.Equal(["number", Chinese + "𠮷"], await LinesAsync(text));
        Assert.Equal((BookEncoding.Gb18030, true), (text.Encoding, text.IsDetected));
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_first_line_and_says_the_encoding()
    {
        var text = new BookText(new MemoryStream([.. Mark, .. Encoding.UTF8.GetBytes(Chinese)]), declared: BookEncoding.Gb18030);

        Assert.Equal([Chinese], await LinesAsync(text));
        Assert.Equal((BookEncoding.Utf8, false), (text.Encoding, text.IsDetected));
    }

    [Fact]
    public async Task What_the_sender_says_is_not_questioned()
    {
        // These bytes are good text in both encodings.
        var text = new BookText(new MemoryStream(Books.Gb18030.GetBytes("通")), BookEncoding.Gb18030);

        Assert.Equal(["通"], await LinesAsync(text));
        Assert.False(text.IsDetected);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(30_000)]
    public async Task Chinese_that_comes_late_is_told_too(int plainLines)
    {
        var plain = string.Concat(Enumerable.Repeat("plain text, 0123456789\n", plainLines));
        var text = new BookText(new MemoryStream(Books.Gb18030.GetBytes(plain + Chinese)), declared: null);

        Assert.Equal(Chinese, (await LinesAsync(text))[^1]);
        Assert.Equal(BookEncoding.Gb18030, text.Encoding);
    }

    [Fact]
    public async Task Plain_text_is_neither()
    {
        var text = new BookText(new MemoryStream("number\n1\n"u8.ToArray()), declared: null);

        Assert.Equal(["number", "1"], await LinesAsync(text));
        Assert.Null(text.Encoding);
    }

    [Fact]
    public async Task A_line_that_is_broken_in_the_encoding_is_named_and_the_others_are_read()
    {
        byte[] broken = [(byte)'x', 0xFF, (byte)'\n'];
        var book = string.Concat(Enumerable.Repeat(Chinese + "\n", 20_000)); // more than by which the encoding is told
        var text = new BookText(new MemoryStream([.. Encoding.UTF8.GetBytes(book), .. broken, .. Encoding.UTF8.GetBytes(Chinese)]), declared: null);

        var lines = await text.LinesAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        var trouble = Assert.Single(lines, line => line.Trouble is not null);
        Assert.Equal((20_001, "row-not-in-encoding", "UTF-8"), (trouble.Number, trouble.Trouble!.Code, trouble.Trouble.Values["encoding"]));
        Assert.Equal((20_002, Chinese), (lines[^1].Number, lines[^1].Text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(65_536)]
    public async Task It_does_not_matter_in_what_pieces_the_bytes_come(int piece)
    {
        var book = $"number\r\n\r\n{Chinese}\r\n{new string('x', BookText.LongestLine + 5)}\n{Chinese}";
        var text = new BookText(new Pieces([.. Mark, .. Encoding.UTF8.GetBytes(book)], piece), declared: null);

        var lines = await text.LinesAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal([(1, "number"), (3, Chinese), (4, new string('x', 200) + "…"), (5, Chinese)], lines.Select(line => (line.Number, line.Text)));
        Assert.Equal("row-too-long", lines[2].Trouble?.Code);
    }

    [Fact]
    public async Task Lines_come_while_the_book_is_still_being_sent()
    {
        await using var endless = new Pieces(Encoding.UTF8.GetBytes(Chinese + "\n"), 1000, isEndless: true);

        var lines = await new BookText(endless, declared: null).LinesAsync(TestContext.Current.CancellationToken)
            .Take(50_000).CountAsync(line => line.Text == Chinese, TestContext.Current.CancellationToken);

        Assert.Equal(50_000, lines);
    }

    private static async Task<List<string>> LinesAsync(BookText text) =>
        await text.LinesAsync(TestContext.Current.CancellationToken).Select(line => line.Text).ToListAsync(TestContext.Current.CancellationToken);

    /// <summary>Bytes that come a few at a time, once or again and again for ever.</summary>
    private sealed class Pieces(byte[] bytes, int size, bool isEndless = false) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (isEndless && _at == bytes.Length)
                _at = 0;
            var taken = Math.Min(Math.Min(count, size), bytes.Length - _at);
            bytes.AsSpan(_at, taken).CopyTo(buffer.AsSpan(offset));
            _at += taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
