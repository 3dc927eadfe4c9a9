using System.Text.RegularExpressions;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using Sylvan.Data.Csv;

namespace LoanRelief.Web.Imports.Reading;

/// <summary>Reads the rows of a CSV book: comma, one loan a line, a header that names the columns in any order.</summary>
/// <remarks>
/// The columns are the members of <see cref="Loan"/> by their JSON names, those of its parts beside them. A column that
/// has a default may be missing and a field of it empty. A field is quoted as a whole or not at all, and ends on its line:
/// so a quote that nobody closed spoils one row and not the rest of the book.
/// </remarks>
internal sealed partial class CsvRows : IBookRows
{
    private readonly string _header;
    private readonly InstitutionId? _institution;
    private readonly Dictionary<string, int> _columns;
    private readonly char[] _buffer = new char[2 * BookText.LongestLine];

    private CsvRows(string header, InstitutionId? institution, IEnumerable<string> columns)
    {
        (_header, _institution) = (header, institution);
        _columns = columns.Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The rows under a header.</summary>
    /// <param name="institution">Whose book it is; null when every row says so.</param>
    /// <exception cref="BookRefusedException">A column is missing, unknown or there twice.</exception>
    public static CsvRows Under(BookLine header, InstitutionId? institution)
    {
        if (header.Trouble is { } trouble)
            throw new BookRefusedException(trouble);
        var columns = FieldsOf(header.Text)?.Select(name => name.Trim()).ToList() ?? throw new BookRefusedException(new Refusal("row-malformed"));
        var errors = CsvColumns.Check(columns, institution is not null).ToList();
        return errors.Count == 0 ? new(header.Text, institution, columns) : throw new BookRefusedException([.. errors]);
    }

    public IEnumerable<LoanRow> Read(IReadOnlyList<BookLine> lines)
    {
        var formed = lines.Select(line => line.Trouble is null && WellFormed.IsMatch(line.Text)).ToList();
        // The header again, because the reader takes from it how many fields there are.
        using var csv = CsvDataReader.Create(
            new StringReader(string.Join('\n', lines.Where((_, n) => formed[n]).Select(line => line.Text).Prepend(_header))), _buffer, Options());
        foreach (var (n, line) in lines.Index())
        {
            if (line.Trouble is { } trouble)
                yield return IBookRows.Bad(line, trouble);
            else if (!formed[n])
                yield return IBookRows.Bad(line, new("row-malformed"));
            else if (!csv.Read())
                throw new InvalidOperationException("The reader found fewer rows than there are lines.");
            else if (!IsBlank(line.Text))
                yield return Read(line, csv);
        }
    }

    private LoanRow Read(BookLine line, CsvDataReader csv)
    {
        if (csv.RowFieldCount != _columns.Count)
            return IBookRows.Bad(line, new Refusal("row-field-count").With("value", csv.RowFieldCount).With("expected", _columns.Count));
        var fields = new CsvFields(csv, _columns);
        var loan = CsvColumns.ToLoan(fields, _institution);
        if (fields.Errors.Count > 0)
            return new(line.Number, line.Text, null, fields.Errors);
        return LoanRules.Check(loan) is { Count: > 0 } reasons
            ? new(line.Number, line.Text, null, [.. reasons.Select(reason => fields.Of(CsvColumns.Of(reason.Field), reason))])
            : new(line.Number, line.Text, loan, []);
    }

    /// <summary>The fields of a row; null when it can not be taken apart.</summary>
    public static IReadOnlyList<string>? FieldsOf(string row)
    {
        if (!WellFormed.IsMatch(row))
            return null;
        using var csv = CsvDataReader.Create(new StringReader(row), Options(hasHeader: false));
        return csv.Read() ? [.. Enumerable.Range(0, csv.RowFieldCount).Select(csv.GetString)] : null;
    }

    /// <summary>A row that a spreadsheet left behind: separators and nothing between them.</summary>
    private static bool IsBlank(string row) => !row.AsSpan().ContainsAnyExcept(", \t");

    private static CsvDataReaderOptions Options(bool hasHeader = true) => new()
    {
        HasHeaders = hasHeader,
        Delimiter = ',',
        HeaderComparer = StringComparer.OrdinalIgnoreCase,
        CsvStyle = CsvStyle.Standard,
        Comment = '\0', // a book has none: a row that begins with # is a row
    };

    // Every field is either quoted as a whole or has no quotes.
    [GeneratedRegex("""\A(?>"(?>[^"\r\n]|"")*"|[^",\r\n]*)(?>,(?>"(?>[^"\r\n]|"")*"|[^",\r\n]*))*\z""")]
    private static partial Regex WellFormed { get; }
}
