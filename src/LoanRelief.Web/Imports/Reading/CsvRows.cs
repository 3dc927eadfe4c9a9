using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Values;
using Sylvan.Data.Csv;

namespace LoanRelief.Web.Imports.Reading;

/// <summary>Reads the rows of a CSV file: comma, one row a line, a header that names the columns in any order.</summary>
/// <remarks>A column that has a default may be missing and a field of it empty.</remarks>
internal sealed class CsvRows<T> : IBookRows<T>
    where T : class
{
    private readonly string _header;
    private readonly RowKind<T> _kind;
    private readonly Dictionary<string, int> _columns;
    private readonly char[] _buffer = new char[2 * BookText.LongestLine];

    private CsvRows(string header, RowKind<T> kind, IEnumerable<string> columns)
    {
        (_header, _kind) = (header, kind);
        _columns = columns.Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The rows under a header.</summary>
    /// <exception cref="BookRefusedException">A column is missing, unknown or there twice.</exception>
    public static CsvRows<T> Under(BookLine header, RowKind<T> kind)
    {
        if (header.Trouble is { } trouble)
            throw new BookRefusedException(trouble);
        var columns = CsvLines.FieldsOf(header.Text)?.Select(name => name.Trim()).ToList() ?? throw new BookRefusedException(new Refusal("row-malformed"));
        var errors = CsvColumns.Check(columns, kind).ToList();
        return errors.Count == 0 ? new(header.Text, kind, columns) : throw new BookRefusedException([.. errors]);
    }

    public IEnumerable<BookRow<T>> Read(IReadOnlyList<BookLine> lines)
    {
        var formed = lines.Select(line => line.Trouble is null && CsvLines.IsWellFormed(line.Text)).ToList();
        // The header again, because the reader takes from it how many fields there are.
        using var csv = CsvDataReader.Create(
            new StringReader(string.Join('\n', lines.Where((_, n) => formed[n]).Select(line => line.Text).Prepend(_header))), _buffer, CsvLines.Options());
        foreach (var (n, line) in lines.Index())
        {
            if (line.Trouble is { } trouble)
                yield return IBookRows<T>.Bad(line, trouble);
            else if (!formed[n])
                yield return IBookRows<T>.Bad(line, new("row-malformed"));
            else if (!csv.Read())
                throw new InvalidOperationException("The reader found fewer rows than there are lines.");
            else if (!CsvLines.IsBlank(line.Text))
                yield return Read(line, csv);
        }
    }

    private BookRow<T> Read(BookLine line, CsvDataReader csv)
    {
        if (csv.RowFieldCount != _columns.Count)
            return IBookRows<T>.Bad(line, new Refusal("row-field-count").With("value", csv.RowFieldCount).With("expected", _columns.Count));
        var fields = new CsvFields(csv, _columns);
        var content = _kind.Read(fields);
        if (fields.Errors.Count > 0)
            return new(line.Number, line.Text, null, fields.Errors);
        return _kind.Check(content) is { Count: > 0 } reasons
            ? new(line.Number, line.Text, null, [.. reasons.Select(reason => fields.Of(_kind.ColumnOf(reason.Field), reason))])
            : new(line.Number, line.Text, content, []);
    }
}
