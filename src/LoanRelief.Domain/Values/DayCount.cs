namespace LoanRelief.Domain.Values;

/// <summary>How interest days are counted; the first day counts, the last does not (算头不算尾).</summary>
public enum DayCount
{
    /// <summary>Actual days over 360: the default for loans here.</summary>
    Actual360,

    /// <summary>Actual days over 365, leap years too.</summary>
    Actual365Fixed,

    /// <summary>Months of 30 days, years of 360 (bond basis).</summary>
    Thirty360,
}
