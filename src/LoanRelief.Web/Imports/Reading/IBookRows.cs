using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Values;

namespace LoanRelief.Web.Imports.Reading;

/// <summary>Makes rows of lines.</summary>
internal interface IBookRows<T>
    where T : class
{
    /// <summary>A row for each line that is not blank, with all its errors: a bad one does not stop the others.</summary>
    IEnumerable<BookRow<T>> Read(IReadOnlyList<BookLine> lines);

    /// <summary>A row of which nothing could be read.</summary>
    static BookRow<T> Bad(BookLine line, Refusal reason) => new(line.Number, line.Text, null, [new(null, null, reason)]);
}

/// <summary>A book that can not be read at all: its header is wrong, or it is empty.</summary>
/// <param name="reasons">The field of each is the column.</param>
public sealed class BookRefusedException(params IReadOnlyList<Refusal> reasons) : Exception(string.Join(", ", reasons.Select(reason => $"{reason.Code} {reason.Field}")))
{
    public IReadOnlyList<Refusal> Reasons { get; } = reasons;
}
