using System.Globalization;
using LoanRelief.Desk.Imports;
using LoanRelief.Web.Imports.Reading;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Imports;

/// <summary>Writes refused rows of a book back as CSV, with the line and the reasons added.</summary>
internal sealed class RejectedRowsCsv
{
    private const string NewLine = "\r\n";

    private readonly int _columns;
    private readonly List<int> _kept;
    private readonly Catalogue _texts;

    /// <param name="header">The first line of the book; null for one that has none, whose rows stand in one column.</param>
    public RejectedRowsCsv(string? header, Catalogue texts)
    {
        var names = header is null ? ["row"] : CsvLines.FieldsOf(header) ?? [header];
        _texts = texts;
        _columns = names.Count;
        // The reasons of an earlier time, in a file that has been given back before, are not those of now.
        _kept = [.. names.Index().Where(name => !CsvColumns.OfRejectedRows.Contains(name.Item.Trim(), StringComparer.OrdinalIgnoreCase)).Select(name => name.Index)];
        Header = Join(_kept.Select(n => names[n]).Concat(CsvColumns.OfRejectedRows));
    }

    public string Header { get; }

    public string Line(RejectedRow row)
    {
        var fields = _columns > 1 && CsvLines.FieldsOf(row.Text) is { } read && read.Count == _columns
            ? _kept.Select(n => read[n])
            : _kept.Skip(1).Select(_ => "").Prepend(row.Text);
        return Join([.. fields, row.Line.ToString(CultureInfo.InvariantCulture), Reasons(row)]);
    }

    private string Reasons(RejectedRow row) =>
        string.Join("; ", row.Errors.Select(error => error.Column is { } column ? $"{column}: {_texts.Of(error.Refusal)}" : _texts.Of(error.Refusal)));

    private static string Join(IEnumerable<string> fields) => string.Join(',', fields.Select(Field)) + NewLine;

    private static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
