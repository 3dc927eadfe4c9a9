using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Loans;

/// <summary>What a loan can be at all. Whether relief fits it is for policies to say.</summary>
/// <remarks>The bounds are wide: they keep out slips of the pen and absurd values, so that no figure is worked out from them.</remarks>
public static class LoanRules
{
    /// <summary>Ten billion yuan: far above any loan of a small firm, far below what <see cref="Money"/> holds.</summary>
    public static readonly Money MaximumAmount = Money.FromYuan(10_000_000_000m);

    /// <summary>36% a year: no licensed lender charges more, so a higher rate was written in percent or per month.</summary>
    public static readonly Rate MaximumRate = new(0.36m);

    public const int MaximumTermYears = 50;

    public const int MaximumNameLength = 200;

    public const int MaximumReferenceLength = 100;

    public const int MaximumGuarantors = 100;

    /// <summary>One for each month of the longest term.</summary>
    public const int MaximumPrincipalArrears = 12 * MaximumTermYears;

    /// <summary>Below the days of every month: a whole period is never too short.</summary>
    public const int MaximumShortestLastPeriodDays = 27;

    public static readonly DateOnly EarliestDrawdown = new(1990, 1, 1);

    public static readonly DateOnly LatestDrawdown = new(2100, 12, 31);

    /// <summary>The last day for which anything is worked out: no loan runs longer.</summary>
    public static readonly DateOnly LatestDay = LatestDrawdown.AddYears(MaximumTermYears);

    /// <summary>Everything that is wrong with a loan; empty when nothing is. Fields are JSON paths such as <c>borrower.kind</c>.</summary>
    public static IReadOnlyList<Refusal> Check(Loan loan)
    {
        var found = new Findings();
        CheckIdentity(loan, found);
        CheckBorrower(loan.Borrower, found);
        CheckAmounts(loan, found);
        CheckPrincipalArrears(loan, found);
        CheckTerms(loan, found);
        CheckDates(loan, found);
        CheckGuarantors(loan, found);
        CheckFee(loan.GuaranteeFee, "guaranteeFee", found);
        CheckFee(loan.BridgeFee, "bridgeFee", found);
        return found.All;
    }

    /// <summary>The same of a loan that is a part of something: fields are paths such as <c>loan.rate</c>.</summary>
    public static IReadOnlyList<Refusal> CheckPart(Loan loan) =>
        [.. Check(loan).Select(each => each with { Field = $"loan.{each.Field}" })];

    private static void CheckIdentity(Loan loan, Findings found)
    {
        found.When(loan.Institution.Value is null, "required", "institution");
        found.When(loan.Number.Value is null, "required", "number");
        found.When(loan.RenewalOf == loan.Number && loan.Number.Value is not null, "renews-itself", "renewalOf");
        found.OutOfRange(loan.Renewals, 0, 1000, "renewals");
        found.OutOfRange(loan.Restructurings, 0, 1000, "restructurings");
    }

    private static void CheckBorrower(Borrower borrower, Findings found)
    {
        found.Text(borrower.Reference, MaximumReferenceLength, "borrower.reference");
        found.Text(borrower.Name, MaximumNameLength, "borrower.name");
        found.Text(borrower.Industry, MaximumReferenceLength, "borrower.industry");
        found.Text(borrower.District, MaximumReferenceLength, "borrower.district");
        found.Unknown(borrower.Kind, "borrower.kind");
        for (var i = 0; i < borrower.Exclusions.Count; i++)
            found.Unknown(borrower.Exclusions[i], $"borrower.exclusions[{i}]");
    }

    private static void CheckAmounts(Loan loan, Findings found)
    {
        found.Amount(loan.Principal, "principal");
        if (loan.Outstanding.IsNegative)
            found.Add("negative-amount", "outstanding");
        else if (loan.Outstanding > loan.Principal)
            found.Add(new Refusal("outstanding-above-principal", "outstanding").With("value", loan.Outstanding).With("maximum", loan.Principal));
        found.When(loan.InterestArrears.IsNegative, "negative-amount", "interestArrears");
        found.TooLarge(loan.InterestArrears, "interestArrears");
    }

    private static void CheckPrincipalArrears(Loan loan, Findings found)
    {
        if (loan.PrincipalArrears.Count > MaximumPrincipalArrears)
            found.Add(new Refusal("too-many", "principalArrears").With("maximum", MaximumPrincipalArrears));
        var sum = Money.Zero;
        for (var i = 0; i < loan.PrincipalArrears.Count; i++)
        {
            // A list lets null elements through, whatever its annotation says.
            if (loan.PrincipalArrears[i] is not { } unpaid)
            {
                found.Add("required", $"principalArrears[{i}]");
                continue;
            }

            found.OutOfRange(unpaid.DueDate, loan.DrawnOn, loan.Maturity, $"principalArrears[{i}].dueDate");
            found.Amount(unpaid.Amount, $"principalArrears[{i}].amount");
            sum += Money.Min(unpaid.Amount, MaximumAmount);
        }

        if (sum.IsPositive && sum > loan.Outstanding)
            found.Add(new Refusal("arrears-above-outstanding", "principalArrears").With("value", sum).With("maximum", loan.Outstanding));
    }

    private static void CheckTerms(Loan loan, Findings found)
    {
        found.Rate(loan.Rate, "rate");
        found.OutOfRange(loan.PenaltyUplift, 0m, 1m, "penaltyUplift");
        found.Unknown(loan.Product, "product");
        found.Unknown(loan.DayCount, "dayCount");
        found.Unknown(loan.RepaymentMethod, "repaymentMethod");
        found.Unknown(loan.HolidayRule, "holidayRule");
        found.Unknown(loan.Class, "class");
        found.OutOfRange(loan.ShortestLastPeriodDays, 0, MaximumShortestLastPeriodDays, "shortestLastPeriodDays");
        if (loan.PeriodMonths is not (1 or 3))
            found.Add(new Refusal("not-allowed", "periodMonths").With("value", loan.PeriodMonths).With("allowed", "1, 3"));
    }

    private static void CheckDates(Loan loan, Findings found)
    {
        if (found.OutOfRange(loan.DrawnOn, EarliestDrawdown, LatestDrawdown, "drawnOn"))
            return;
        if (loan.Maturity <= loan.DrawnOn)
            found.Add(Dates("maturity-not-after-drawdown", "maturity", loan.Maturity, loan.DrawnOn));
        else if (loan.Maturity > LatestMaturity(loan))
            found.Add(new Refusal("term-too-long", "maturity").With("value", loan.Maturity).With("years", MaximumTermYears));
        if (loan.OriginalMaturity is { } original)
        {
            if (original <= loan.DrawnOn)
                found.Add(Dates("maturity-not-after-drawdown", "originalMaturity", original, loan.DrawnOn));
            else if (original > loan.Maturity)
                found.Add(Dates("original-maturity-after-maturity", "originalMaturity", original, loan.Maturity));
        }

        if (loan.InterestPaidTo is { } paidTo)
            found.OutOfRange(paidTo, loan.DrawnOn, loan.Maturity, "interestPaidTo");
        if (loan.FirstDueDate is { } first && (first <= loan.DrawnOn || first > loan.Maturity))
        {
            found.Add(new Refusal("first-due-date-outside-term", "firstDueDate")
                .With("value", first)
                .With("after", loan.DrawnOn)
                .With("until", loan.Maturity));
        }
    }

    private static void CheckGuarantors(Loan loan, Findings found)
    {
        if (loan.Guarantors.Count > MaximumGuarantors)
            found.Add(new Refusal("too-many", "guarantors").With("maximum", MaximumGuarantors));
        for (var i = 0; i < loan.Guarantors.Count; i++)
        {
            // A list lets null elements through, whatever its annotation says.
            if (loan.Guarantors[i] is not { } guarantor)
            {
                found.Add("required", $"guarantors[{i}]");
                continue;
            }

            found.Text(guarantor.Reference, MaximumReferenceLength, $"guarantors[{i}].reference");
            found.Text(guarantor.Name, MaximumNameLength, $"guarantors[{i}].name");
            found.Unknown(guarantor.Kind, $"guarantors[{i}].kind");
        }
    }

    private static void CheckFee(FeeTerms? fee, string field, Findings found)
    {
        if (fee is null)
            return;
        found.Amount(fee.Amount, $"{field}.amount");
        found.Rate(fee.Rate, $"{field}.rate");
        if (found.OutOfRange(fee.From, EarliestDrawdown, LatestDrawdown, $"{field}.from"))
            return;
        if (fee.To <= fee.From)
            found.Add(Dates("end-not-after-start", $"{field}.to", fee.To, fee.From));
        else if (fee.To > fee.From.AddYears(MaximumTermYears))
            found.Add(new Refusal("term-too-long", $"{field}.to").With("value", fee.To).With("years", MaximumTermYears));
    }

    internal static DateOnly LatestMaturity(Loan loan) => loan.DrawnOn.AddYears(MaximumTermYears);

    private static Refusal Dates(string code, string field, DateOnly value, DateOnly than) =>
        new Refusal(code, field).With("value", value).With("than", than);
}
