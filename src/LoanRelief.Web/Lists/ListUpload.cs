using System.Globalization;
using LoanRelief.Desk.Imports;
using LoanRelief.Desk.Lists;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Endpoints;
using LoanRelief.Web.Imports;
using LoanRelief.Web.Imports.Reading;
using LoanRelief.Web.Reading;

namespace LoanRelief.Web.Lists;

/// <summary>A list in the body of a request: received whole, then stored, then answered.</summary>
internal sealed class ListUpload(IInstitutionStore institutions, ListIntake intake, ListLimits limits)
{
    /// <summary>What every list has in common, for the documentation.</summary>
    public static readonly string Description = string.Create(
        CultureInfo.InvariantCulture,
        $"At most {new ListLimits().Rows:N0} rows and {new ListLimits().Bytes >> 20} MiB in one call; a longer list comes in several. Nothing is stored before all of it has come and been checked. "
        + $"Good rows are stored although others are refused, {new ListLimits().Rejected:N0} at most; the answer has these. The same list again changes nothing, and one that broke off is sent again. "
        + $"Firms are known by their 统一社会信用代码; a `name` may be there and is not kept.");

    /// <summary>The two ways in which a list is written.</summary>
    public static ApiUpload Files(string csv, string ndjson) => new(
        new("text/csv", "One row a line, UTF-8 or GB18030, with a header. A column that is not wanted may be missing.", csv),
        new("application/x-ndjson", "One object a line, UTF-8.", ndjson));

    /// <param name="keyOf">By what a row is told from another.</param>
    /// <param name="against">What else stands against a row than what it says itself.</param>
    /// <param name="store">Stores the good rows.</param>
    public Task<IResult> TakeAsync<T>(
        Input input, InstitutionId institution, RowKind<T> kind, Func<T, object> keyOf, Func<T, CancellationToken, Task<RowError?>> against, Func<IReadOnlyList<T>, Task<ListCounts>> store, CancellationToken cancellationToken)
        where T : class =>
        BookUpload.TakeAsync(input, institution, institutions, limits.Bytes, async type =>
        {
            await using var book = await Book<T>.OpenAsync(input.Http.Request.Body, type.Format, type.Encoding, kind, cancellationToken);
            switch (await intake.ReceiveAsync(book, keyOf, against, cancellationToken))
            {
                case ReceivedList<T>.Whole whole:
                    var counts = await store(whole.Rows);
                    return Answer.Worded(input.Http, texts => ListStored.Of(counts, whole.Rejected, texts));
                case ReceivedList<T>.Refused refused:
                    return BookUpload.Refused(refused.Reason, refused.First);
                default:
                    throw new InvalidOperationException("A list is whole or refused.");
            }
        }, cancellationToken);
}
