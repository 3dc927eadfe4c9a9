using System.Text.RegularExpressions;
using Sylvan.Data.Csv;

namespace LoanRelief.Web.Imports.Reading;

/// <summary>How a line of CSV is written here.</summary>
/// <remarks>
/// A field is quoted as a whole or not at all, and ends on its line: so a quote that nobody closed spoils one row and not
/// the rest of the file.
/// </remarks>
internal static partial class CsvLines
{
    public static bool IsWellFormed(string row) => WellFormed.IsMatch(row);

    /// <summary>The fields of a row; null when it can not be taken apart.</summary>
    public static IReadOnlyList<string>? FieldsOf(string row)
    {
        if (!IsWellFormed(row))
            return null;
        using var csv = CsvDataReader.Create(new StringReader(row), Options(hasHeader: false));
        return csv.Read() ? [.. Enumerable.Range(0, csv.RowFieldCount).Select(csv.GetString)] : null;
    }

    /// <summary>A row that a spreadsheet left behind: separators and nothing between them.</summary>
    public static bool IsBlank(string row) => !row.AsSpan().ContainsAnyExcept(", \t");

    public static CsvDataReaderOptions Options(bool hasHeader = true) => new()
    {
        HasHeaders = hasHeader,
        Delimiter = ',',
        HeaderComparer = StringComparer.OrdinalIgnoreCase,
        CsvStyle = CsvStyle.Standard,
        Comment = '\udc00', // a book has none, and no text begins with this half of a character: what begins with # or NUL is a row
    };

    // Every field is either quoted as a whole or has no quotes.
    [GeneratedRegex("""\A(?>"(?>[^"\r\n]|"")*"|[^",\r\n]*)(?>,(?>"(?>[^"\r\n]|"")*"|[^",\r\n]*))*\z""")]
    private static partial Regex WellFormed { get; }
}
