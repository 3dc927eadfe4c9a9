using System.Runtime.CompilerServices;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Cases;

/// <summary>Lists of cases from the index rows, a page at a time.</summary>
/// <remarks>
/// A range of an institution costs one query, and a page looks at a bounded number of ranges, so what it costs does not
/// depend on how much the table holds. A page that reaches that bound is shorter than asked for.
/// </remarks>
internal sealed class CaseLists(CaseIndex index, CaseIndexReader entries, TableInstitutionStore institutions)
{
    /// <summary>Enough for an institution's eleven stages with a deadline, or for the open cases of some dozens of institutions.</summary>
    internal const int RangesOfPage = 50;

    private const int LargestPage = 1_000;

    public async Task<CasePage> PageAsync(CaseQuery query, CancellationToken cancellationToken)
    {
        if (query.PageSize is not (>= 1 and <= LargestPage))
            throw new ArgumentOutOfRangeException(nameof(query), query.PageSize, $"A page has 1 to {LargestPage} cases.");
        var cases = new List<CaseSummary>();
        var looked = 0;
        await foreach (var (institution, range) in RangesAsync(query, cancellationToken))
        {
            var room = query.PageSize - cases.Count;
            var here = new CaseContinuation(institution, range.Rows.After);
            if (looked++ == RangesOfPage)
                return Page(here);

            // A full page still asks whether anything follows, so that the last one says that it is the last.
            var (rows, more) = await index.Table(range.List).FirstAsync(institution, range.Rows, Math.Max(room, 1), cancellationToken);
            if (rows.Count > 0 && room == 0)
                return Page(here);
            cases.AddRange((await entries.ThatHoldAsync(range.List, rows, cancellationToken)).Select(entry => Row.Read<CaseSummary>(entry.Entity)));
            if (more)
                return Page(here with { After = rows[^1].RowKey });
        }

        return new(cases, Continuation: null);

        CasePage Page(CaseContinuation next) => new(cases, next.Write(query));
    }

    /// <summary>What is left to look at, first to last.</summary>
    private async IAsyncEnumerable<(InstitutionId Institution, CaseRange Range)> RangesAsync(
        CaseQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = query.Continuation is { } text ? CaseContinuation.Read(text, query) : (CaseContinuation?)null;
        var ranges = CaseRanges.Of(query);
        await foreach (var institution in InstitutionsAsync(query, from?.Institution, cancellationToken))
        {
            foreach (var range in ranges)
            {
                if (from is not { } position || position.Institution != institution)
                    yield return (institution, range);
                else if (string.CompareOrdinal(position.After, range.Rows.Before) < 0)
                    yield return (institution, range with { Rows = range.Rows.From(position.After) });
            }
        }
    }

    private IAsyncEnumerable<InstitutionId> InstitutionsAsync(CaseQuery query, InstitutionId? from, CancellationToken cancellationToken) =>
        query.Institution is { } one
            ? AsyncEnumerable.Repeat(one, 1)
            : institutions.IdsAsync(from, RangesOfPage, cancellationToken);
}
