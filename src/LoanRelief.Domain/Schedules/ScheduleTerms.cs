using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Schedules;

/// <summary>The terms from which a schedule follows.</summary>
public sealed record ScheduleTerms
{
    /// <summary>Positive, in yuan.</summary>
    public required Money Principal { get; init; }

    /// <summary>Contract rate a year.</summary>
    public required Rate Rate { get; init; }

    public DayCount DayCount { get; init; } = DayCount.Actual360;

    public required RepaymentMethod Method { get; init; }

    /// <summary>Day of drawdown: the first day that bears interest.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>After <see cref="Start"/>, not rolled to a working day.</summary>
    public required DateOnly Maturity { get; init; }

    /// <summary>Months between due dates: 1 or 3. A bullet loan has none before maturity.</summary>
    public int PeriodMonths { get; init; } = 1;

    /// <summary>Where the contract names the first due date; else it lies one period after <see cref="Start"/>.</summary>
    public DateOnly? FirstDueDate { get; init; }

    /// <inheritdoc cref="Loan.ShortestLastPeriodDays"/>
    public int ShortestLastPeriodDays { get; init; } = 7;

    /// <inheritdoc cref="Loan.InterestPaidTo"/>
    public DateOnly? InterestPaidTo { get; init; }

    public HolidayRule HolidayRule { get; init; }

    /// <summary>The maturity first agreed, where it has been moved since; its row stays due on it.</summary>
    public DateOnly? OriginalMaturity { get; init; }

    /// <summary>Likewise the maturity before the change that is being worked out.</summary>
    internal DateOnly? FormerMaturity { get; private init; }

    /// <summary>The same terms with another maturity.</summary>
    internal ScheduleTerms MaturingOn(DateOnly maturity) =>
        maturity == Maturity ? this : this with { Maturity = maturity, FormerMaturity = Maturity };

    /// <summary>The terms of a loan's contract, from drawdown to maturity.</summary>
    public static ScheduleTerms Of(Loan loan) => new()
    {
        Principal = loan.Principal,
        Rate = loan.Rate,
        DayCount = loan.DayCount,
        Method = loan.RepaymentMethod,
        Start = loan.DrawnOn,
        Maturity = loan.Maturity,
        PeriodMonths = loan.PeriodMonths,
        FirstDueDate = loan.FirstDueDate,
        ShortestLastPeriodDays = loan.ShortestLastPeriodDays,
        InterestPaidTo = loan.InterestPaidTo,
        HolidayRule = loan.HolidayRule,
        OriginalMaturity = loan.OriginalMaturity,
    };
}
