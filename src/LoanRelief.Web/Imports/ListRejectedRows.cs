using System.Globalization;
using System.Runtime.CompilerServices;
using LoanRelief.Desk.Imports;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Reading;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Imports;

/// <summary>One page of rows that were refused.</summary>
/// <param name="Rows">In the order of the file.</param>
/// <param name="Continuation">Leads to the next page; not there on the last.</param>
public sealed record RejectedRowList(IReadOnlyList<RejectedRowView> Rows, string? Continuation);

/// <param name="Line">Line in the file; the header is line 1.</param>
/// <param name="Text">The row as it stands there, or its beginning when it is too long.</param>
/// <param name="Errors">Everything that is wrong with it.</param>
public sealed record RejectedRowView(int Line, string Text, IReadOnlyList<RowErrorView> Errors)
{
    internal static RejectedRowView Of(RejectedRow row, Catalogue texts) => new(row.Line, row.Text, [.. row.Errors.Select(error => RowErrorView.Of(error, texts))]);
}

/// <param name="Code">Stable code.</param>
/// <param name="Column">The column, or the path of the member; not there when it is about the row.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Title">In words.</param>
/// <param name="Values">Values that the words mention: the limit, what was seen, what is wanted.</param>
public sealed record RowErrorView(string Code, string? Column, string? Value, string Title, IReadOnlyDictionary<string, string> Values)
{
    internal static RowErrorView Of(RowError error, Catalogue texts) =>
        new(error.Refusal.Code, error.Column, error.Value, texts.Of(error.Refusal), error.Refusal.Values);
}

internal static class ListRejectedRows
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ListRejectedRows",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/loan-imports/{import}/rejected-rows",
        Handler = HandleAsync,
        Tag = "Imports",
        Summary = "The rows of an import that were refused, a page at a time",
        Parameters =
        [
            ApiParameters.Institution,
            GetImport.Import,
            NextPage.Size("Rows"),
            NextPage.After("1-50", others: false),
        ],
        Answers = [new(StatusCodes.Status200OK, typeof(RejectedRowList), "One page.", ApiHeaders.Link)],
        Problems = [Problems.ProblemKind.ImportUnknown, Problems.ProblemKind.RejectedRowsDeleted],
    };

    /// <summary>The refused rows of an import from a place on, each with the place after it.</summary>
    public static async IAsyncEnumerable<(RejectedRow Row, Place After)> RowsAsync(
        IImportStore imports, LoanImport import, Place from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var (page, offset) = from; page < import.RejectedPages; (page, offset) = (page + 1, 0))
        {
            var rows = await imports.FindRejectedAsync(import, page, cancellationToken);
            for (; offset < rows.Count; offset++)
                yield return (rows[offset], new(page, offset + 1));
        }
    }

    private static async Task<IResult> HandleAsync(Input input, IImportStore imports, CancellationToken cancellationToken)
    {
        var size = NextPage.SizeOf(input);
        var from = NextPage.PlaceOf(input, text => Place.TryParse(text, out var place) ? place : default(Place?)) ?? Place.First;
        var import = await GetImport.FindWithRejectedAsync(input, imports, cancellationToken);
        // One more than is shown, to know whether others follow.
        var rows = await RowsAsync(imports, import, from, cancellationToken).Take(size + 1).ToListAsync(cancellationToken);
        var next = rows.Count > size ? rows[size - 1].After.ToString() : null;
        NextPage.Link(input.Http, next);
        return Answer.Worded(input.Http, texts => new RejectedRowList([.. rows.Take(size).Select(row => RejectedRowView.Of(row.Row, texts))], next));
    }

    /// <summary>A place among the refused rows: a page as they are stored, and how many of its rows lie before.</summary>
    public readonly record struct Place(int Page, int Offset)
    {
        public static readonly Place First;

        public static bool TryParse(string text, out Place place)
        {
            place = default;
            if (text.Split('-') is not [var page, var offset] || !TryNumber(page, out var p) || !TryNumber(offset, out var o))
                return false;
            place = new(p, o);
            return true;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Page}-{Offset}");

        private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
