using System.Text.Json;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Values;

namespace LoanRelief.Web.Imports.Reading;

/// <summary>Reads the rows of a file that has one JSON object a line.</summary>
internal sealed class JsonRows<T>(RowKind<T> kind) : IBookRows<T>
    where T : class
{
    public IEnumerable<BookRow<T>> Read(IReadOnlyList<BookLine> lines) => lines.Select(Read);

    private BookRow<T> Read(BookLine line)
    {
        if (line.Trouble is { } trouble)
            return IBookRows<T>.Bad(line, trouble);
        try
        {
            using var document = StrictJson.Parse(line.Text);
            return Read(line, document.RootElement);
        }
        catch (JsonException malformed)
        {
            return IBookRows<T>.Bad(line, new Refusal("malformed-json").With("line", line.Number).With("column", (malformed.BytePositionInLine ?? 0) + 1));
        }
    }

    private BookRow<T> Read(BookLine line, JsonElement json)
    {
        if (JsonContract.Check(json, kind.Body, WebJson.Options) is { Count: > 0 } differences)
            return Refused(line, json, differences);
        var found = new List<Refusal>();
        if (kind.Read(json, found) is not { } content)
            return Refused(line, json, found);
        return kind.Check(content) is { Count: > 0 } reasons ? Refused(line, json, reasons) : new(line.Number, line.Text, content, []);
    }

    private static BookRow<T> Refused(BookLine line, JsonElement json, IEnumerable<Refusal> reasons) =>
        new(line.Number, line.Text, null, [.. reasons.Select(reason => new RowError(reason.Field, JsonPath.TextAt(json, reason.Field), reason))]);
}
