using LoanRelief.Domain.Values;

namespace LoanRelief.Web.Imports.Reading;

/// <summary>The header of a CSV file.</summary>
internal static class CsvColumns
{
    /// <summary>What this program adds to the rows that it gives back; passed over, so that a file that was put right can be sent as it is.</summary>
    public static readonly IReadOnlyList<string> OfRejectedRows = ["rejectedLine", "rejectedReasons"];

    /// <summary>Everything that is wrong with a header.</summary>
    public static IEnumerable<Refusal> Check<T>(IReadOnlyList<string> header, RowKind<T> kind)
        where T : class
    {
        var known = new HashSet<string>([.. kind.Required, .. kind.Optional, .. OfRejectedRows], StringComparer.OrdinalIgnoreCase);
        return
        [
            .. kind.Required.Except(header, StringComparer.OrdinalIgnoreCase).Select(name => new Refusal("column-missing", name)),
            // Refused rather than left out: it may be a misspelt column that has a default.
            .. header.Where(name => !known.Contains(name)).Select(name => new Refusal("column-unknown", name)),
            .. header.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => new Refusal("column-repeated", same.Key)),
        ];
    }
}
