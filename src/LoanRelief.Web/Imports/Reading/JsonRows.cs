using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Loans;

namespace LoanRelief.Web.Imports.Reading;

/// <summary>Reads the rows of a book that has one JSON object a line: the body with which a single loan is put.</summary>
/// <param name="institution">Whose book it is; null when every row says so.</param>
internal sealed partial class JsonRows(InstitutionId? institution) : IBookRows
{
    public IEnumerable<LoanRow> Read(IReadOnlyList<BookLine> lines) => lines.Select(Read);

    private LoanRow Read(BookLine line)
    {
        if (line.Trouble is { } trouble)
            return IBookRows.Bad(line, trouble);
        try
        {
            using var document = StrictJson.Parse(line.Text);
            return Read(line, document.RootElement);
        }
        catch (JsonException malformed)
        {
            return IBookRows.Bad(line, new Refusal("malformed-json").With("line", line.Number).With("column", (malformed.BytePositionInLine ?? 0) + 1));
        }
    }

    private LoanRow Read(BookLine line, JsonElement json)
    {
        if (JsonContract.Check(json, typeof(LoanBody), WebJson.Options) is { Count: > 0 } differences)
            return Refused(line, json, differences);
        var body = json.Deserialize<LoanBody>(WebJson.Options)!;
        if (Missing(body).ToList() is { Count: > 0 } missing)
            return Refused(line, json, missing);
        if (institution is { } path && body.Institution is { } other && other != path)
            return Refused(line, json, [new Refusal("path-and-body-differ", "institution").With("path", path).With("body", other)]);
        var loan = body.At((institution ?? body.Institution)!.Value, body.Number!.Value);
        return LoanRules.Check(loan) is { Count: > 0 } reasons ? Refused(line, json, reasons) : new(line.Number, line.Text, loan, []);
    }

    private IEnumerable<Refusal> Missing(LoanBody body)
    {
        if (institution is null && body.Institution is null)
            yield return new("member-missing", "institution");
        if (body.Number is null)
            yield return new("member-missing", "number");
    }

    private static LoanRow Refused(BookLine line, JsonElement json, IEnumerable<Refusal> reasons) =>
        new(line.Number, line.Text, null, [.. reasons.Select(reason => new RowError(reason.Field, At(json, reason.Field), reason))]);

    /// <summary>What stands at a path such as <c>guarantors[0].name</c>.</summary>
    private static string? At(JsonElement json, string? path)
    {
        if (path is null)
            return null;
        foreach (Match step in Step.Matches(path))
        {
            if (step.Groups["index"] is { Success: true, ValueSpan: var digits })
            {
                var index = int.Parse(digits, CultureInfo.InvariantCulture);
                if (json.ValueKind != JsonValueKind.Array || index >= json.GetArrayLength())
                    return null;
                json = json[index];
            }
            else if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(step.ValueSpan, out json))
            {
                return null;
            }
        }

        return json.ValueKind == JsonValueKind.String ? json.GetString() : json.GetRawText();
    }

    [GeneratedRegex(@"\[(?<index>\d+)\]|[^.\[\]]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Step { get; }
}
