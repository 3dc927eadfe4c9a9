using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Imports;

/// <summary>One row of a book: either what it says, when that keeps the rules, or everything that is wrong with the row.</summary>
/// <param name="Line">Line in the file; a header is line 1.</param>
/// <param name="Text">The row as it stands there, or its beginning when it is too long. May hold personal data: for whoever sent the file, never for a log.</param>
/// <param name="Content">Null when there are errors.</param>
/// <param name="Errors">Empty when there is content.</param>
public sealed record BookRow<T>(int Line, string Text, T? Content, IReadOnlyList<RowError> Errors)
    where T : class
{
    /// <summary>Without the text, so that no log gets it by accident.</summary>
    public override string ToString() => $"line {Line}";
}

/// <param name="Column">The column, or the path of the member; null when it is about the row.</param>
/// <param name="Value">What stands there. May be personal data: for whoever sent the file, never for a log.</param>
/// <param name="Refusal">The reason; its field is the column.</param>
public sealed record RowError(string? Column, string? Value, Refusal Refusal)
{
    /// <summary>Without the value, so that no log gets it by accident.</summary>
    public override string ToString() => $"{Column}: {Refusal.Code}";
}
