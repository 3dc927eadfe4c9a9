using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Schedules;

/// <summary>One row of a schedule.</summary>
/// <param name="Number">Counted from drawdown, 1 for the first.</param>
/// <param name="DueDate">By the contract, not rolled; rises from row to row.</param>
/// <param name="PayBy">Last day on which it is paid in time: the due date or, where that is a day off and rolls, the next working day.</param>
/// <param name="Principal">Principal paid with this instalment.</param>
/// <param name="Interest">Interest paid with this instalment, <see cref="Carried"/> included.</param>
/// <param name="Balance">Principal that remains after it.</param>
public readonly record struct Instalment(int Number, DateOnly DueDate, DateOnly PayBy, Money Principal, Money Interest, Money Balance)
{
    /// <summary>Part of <see cref="Interest"/> that accrued in earlier periods and was deferred.</summary>
    public Money Carried { get; init; }

    /// <summary>Interest that accrued in this period and is paid later or joins the principal.</summary>
    public Money Deferred { get; init; }

    /// <summary>True when <see cref="PayBy"/> rests on a year whose holidays are not published.</summary>
    public bool Provisional { get; init; }

    public Money Total => Principal + Interest;
}
