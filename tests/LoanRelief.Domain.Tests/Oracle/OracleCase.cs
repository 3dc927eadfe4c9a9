using System.Text.Json;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Tests.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Tests.Oracle;

/// <summary>A case that <c>oracle.mjs</c> worked out.</summary>
/// <param name="Before">Rows: number, due date, day of payment, principal, interest, balance.</param>
/// <param name="After">Likewise; empty when nothing was changed.</param>
/// <param name="Interest">What would have been paid, what is paid.</param>
public sealed record OracleCase(
    string Name,
    OracleLoan Loan,
    DateOnly AsOf,
    IReadOnlyList<LoanChange> Changes,
    DateOnly Maturity,
    IReadOnlyList<string> Interest,
    string Penalty,
    IReadOnlyList<string> Rebates,
    IReadOnlyList<string> Before,
    IReadOnlyList<string> After)
{
    public static string Folder { get; } = Path.Combine(RepositoryFiles.Root, "tests", "LoanRelief.Domain.Tests", "Oracle");

    public static IReadOnlyList<OracleCase> All { get; } =
        JsonSerializer.Deserialize<List<OracleCase>>(File.ReadAllText(Path.Combine(Folder, "cases.json")), DomainJson.Options)!;

    public static string Text(Instalment row) =>
        $"{row.Number} {row.DueDate:yyyy-MM-dd} {row.PayBy:yyyy-MM-dd} {row.Principal} {row.Interest} {row.Balance}";
}

/// <summary>The terms of a loan that matter for its figures.</summary>
public sealed record OracleLoan
{
    public required Money Principal { get; init; }

    public Money? Outstanding { get; init; }

    public IReadOnlyList<UnpaidPrincipal> PrincipalArrears { get; init; } = [];

    public DateOnly? InterestPaidTo { get; init; }

    public required Rate Rate { get; init; }

    public DayCount DayCount { get; init; }

    public required RepaymentMethod RepaymentMethod { get; init; }

    public int PeriodMonths { get; init; } = 1;

    public int ShortestLastPeriodDays { get; init; } = 7;

    public required DateOnly DrawnOn { get; init; }

    public DateOnly? FirstDueDate { get; init; }

    public required DateOnly Maturity { get; init; }

    public DateOnly? OriginalMaturity { get; init; }

    public HolidayRule HolidayRule { get; init; }

    public decimal PenaltyUplift { get; init; } = 0.5m;

    public Loan ToLoan() => SampleLoan.Bullet with
    {
        Principal = Principal,
        Outstanding = Outstanding ?? Principal,
        PrincipalArrears = PrincipalArrears,
        InterestPaidTo = InterestPaidTo,
        Rate = Rate,
        DayCount = DayCount,
        RepaymentMethod = RepaymentMethod,
        PeriodMonths = PeriodMonths,
        ShortestLastPeriodDays = ShortestLastPeriodDays,
        DrawnOn = DrawnOn,
        FirstDueDate = FirstDueDate,
        Maturity = Maturity,
        OriginalMaturity = OriginalMaturity,
        HolidayRule = HolidayRule,
        PenaltyUplift = PenaltyUplift,
    };
}
