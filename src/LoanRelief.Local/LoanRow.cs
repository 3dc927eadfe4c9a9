using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Local;

/// <summary>One row of a loan book: either a loan or everything that is wrong with the row.</summary>
/// <param name="Line">Line in the file, the header being line 1.</param>
/// <param name="Loan">Null when there are errors.</param>
/// <param name="Errors">Empty when there is a loan.</param>
public sealed record LoanRow(int Line, Loan? Loan, IReadOnlyList<RowError> Errors);

/// <param name="Line">Line in the file, the header being line 1.</param>
/// <param name="Column">Null when it is about the row or the file.</param>
/// <param name="Value">What stands there; may be personal data, so for whoever sent the file and never for a log.</param>
/// <param name="Refusal">The reason; its field is the column.</param>
public sealed record RowError(int Line, string? Column, string? Value, Refusal Refusal);
