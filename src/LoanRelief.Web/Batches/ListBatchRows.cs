using System.Globalization;
using LoanRelief.Desk.Batches;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Loans;
using LoanRelief.Web.Problems;
using LoanRelief.Web.Reading;
using LoanRelief.Web.Texts;

namespace LoanRelief.Web.Batches;

/// <summary>One page of loans with their verdicts.</summary>
/// <param name="Rows">In the order of the batch.</param>
/// <param name="Continuation">Leads to the next page; not there on the last of what has a verdict yet.</param>
public sealed record BatchRowList(IReadOnlyList<BatchRowView> Rows, string? Continuation);

/// <param name="Row">From 1, in the order of the batch.</param>
/// <param name="VerdictTitle">In words.</param>
/// <param name="Case">The case that was opened, or is open.</param>
/// <param name="Relief">What the borrower saves by an automatic grant, in yuan.</param>
/// <param name="Grants">Where the terms of that are.</param>
/// <param name="Reasons">Why not: each condition with the value seen and wanted. Of an opened case, why it could not be taken as far as was meant.</param>
public sealed record BatchRowView(
    int Row, LoanNumber LoanNumber, BatchVerdict Verdict, string VerdictTitle, CaseId? Case, Money? Relief, string? Grants, IReadOnlyList<ErrorView> Reasons)
{
    internal static BatchRowView Of(InstitutionId institution, BatchRow row, Catalogue texts) => new(
        row.Row,
        row.Loan,
        row.Verdict,
        texts.Of(row.Verdict),
        row.Case,
        row.Relief,
        row.Verdict is BatchVerdict.Granted or BatchVerdict.AlreadyGranted ? ListLoanGrants.PathOf(institution, row.Loan) : null,
        [.. row.Reasons.Select(reason => ErrorView.Of(reason, texts))]);
}

internal static class ListBatchRows
{
    /// <summary>Chunks that are looked through for one page, however few of their rows are shown.</summary>
    private const int MostChunks = 20;

    public static ApiEndpoint Endpoint { get; } = new()
    {
        Name = "ListBatchRows",
        Method = HttpMethods.Get,
        Route = "/api/institutions/{institution}/case-batches/{batch}/rows",
        Handler = HandleAsync,
        Tag = "Batches",
        Summary = "The verdicts of a batch, a page at a time",
        Parameters =
        [
            ApiParameters.Institution, BatchAnswers.Batch,
            new("verdict", ParameterPlace.Query, typeof(BatchVerdict), "Loans with this verdict; all if left out.", "notEligible"),
            NextPage.Size("Loans", note: "A page may have fewer, even none, although others follow."),
            NextPage.After("50"),
        ],
        Answers = [new(StatusCodes.Status200OK, typeof(BatchRowList), "One page.", ApiHeaders.Link)],
        Problems = [ProblemKind.BatchUnknown],
    };

    private static async Task<IResult> HandleAsync(Input input, BatchDesk desk, IBatchStore store, CancellationToken cancellationToken)
    {
        var verdict = input.QueryWord<BatchVerdict>("verdict");
        var size = NextPage.SizeOf(input);
        var after = NextPage.PlaceOf(input, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : default(int?)) ?? 0;
        var (institution, id) = BatchAnswers.Named(input);
        input.Check();
        if (await desk.FindAsync(institution, id, cancellationToken) is not { } batch)
            return BatchAnswers.Unknown(input);

        var (page, next) = await PageAsync(store, batch, verdict, after, size, cancellationToken);
        var continuation = next?.ToString(CultureInfo.InvariantCulture);
        NextPage.Link(input.Http, continuation);
        return Answer.Worded(input.Http, texts => new BatchRowList([.. page.Select(row => BatchRowView.Of(institution, row, texts))], continuation));
    }

    /// <returns>Rows after a row, and the row after which others follow; null when none do.</returns>
    private static async Task<(List<BatchRow> Page, int? Next)> PageAsync(
        IBatchStore store, CaseBatch batch, BatchVerdict? verdict, int after, int size, CancellationToken cancellationToken)
    {
        var page = new List<BatchRow>();
        var first = after / BatchDesk.ChunkRows;
        for (var chunk = first; chunk < batch.NextChunk; chunk++)
        {
            if (chunk - first == MostChunks)
                return (page, chunk * BatchDesk.ChunkRows);
            foreach (var row in (await store.VerdictsAsync(batch, chunk, cancellationToken)).Where(row => row.Row > after))
            {
                if (page.Count == size)
                    return (page, row.Row - 1);
                if (verdict is null || row.Verdict == verdict)
                    page.Add(row);
            }
        }

        return (page, null);
    }
}
