namespace LoanRelief.Domain.Calendars;

/// <summary>A date that was computed with a calendar of working days.</summary>
/// <param name="Date">The Beijing date.</param>
/// <param name="Provisional">
/// True when it rests on a year whose holidays have not been published; shown to the operator and computed again when
/// the data comes.
/// </param>
public readonly record struct BusinessDate(DateOnly Date, bool Provisional);
