using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Tests.Relief;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Loans;

public class LoanRulesTests
{
    private static readonly Loan Sound = SampleLoan.Bullet with
    {
        OriginalMaturity = new DateOnly(2023, 3, 30),
        FirstDueDate = new DateOnly(2023, 1, 20),
        Guarantors = [new("G-1", "某担保人")],
        GuaranteeFee = new(Money.FromYuan(2_000_000m), new(0.008m), new(2022, 12, 30), new(2023, 12, 30)),
        BridgeFee = new(Money.FromYuan(2_000_000m), new(0.1m), new(2023, 6, 25), new(2023, 7, 5)),
    };

    [Fact]
    public void A_sound_loan_passes() => Assert.Empty(LoanRules.Check(Sound));

    public static TheoryData<string, string, Func<Loan, Loan>> Wrongs => new()
    {
        { "required", "institution", loan => loan with { Institution = default } },
        { "required", "number", loan => loan with { Number = default } },
        { "not-positive", "principal", loan => loan with { Principal = Money.Zero, Outstanding = Money.Zero } },
        { "not-positive", "principal", loan => loan with { Principal = Money.FromFen(-1), Outstanding = Money.FromFen(-2) } },
        { "amount-too-large", "principal", loan => loan with { Principal = LoanRules.MaximumAmount + Money.FromFen(1) } },
        { "amount-too-large", "principal", loan => loan with { Principal = Money.FromFen(long.MaxValue) } },
        { "negative-amount", "outstanding", loan => loan with { Outstanding = Money.FromFen(-1) } },
        { "outstanding-above-principal", "outstanding", loan => loan with { Outstanding = loan.Principal + Money.FromFen(1) } },
        { "not-positive", "principalArrears[0].amount", loan => loan with { PrincipalArrears = [new(loan.DrawnOn, Money.Zero)] } },
        { "amount-too-large", "principalArrears[0].amount", loan => loan with { PrincipalArrears = [new(loan.DrawnOn, Money.FromFen(long.MaxValue)), new(loan.DrawnOn, Money.FromFen(long.MaxValue))] } },
        { "out-of-range", "principalArrears[0].dueDate", loan => loan with { PrincipalArrears = [new(loan.DrawnOn.AddDays(-1), loan.Outstanding)] } },
        { "out-of-range", "principalArrears[1].dueDate", loan => loan with { PrincipalArrears = [new(loan.DrawnOn, Money.FromFen(1)), new(loan.Maturity.AddDays(1), Money.FromFen(1))] } },
        { "required", "principalArrears[0]", loan => loan with { PrincipalArrears = [null!] } },
        { "too-many", "principalArrears", loan => loan with { PrincipalArrears = [.. Enumerable.Repeat(new UnpaidPrincipal(loan.DrawnOn, Money.FromFen(1)), 601)] } },
        { "arrears-above-outstanding", "principalArrears", loan => loan with { PrincipalArrears = [new(loan.DrawnOn, loan.Outstanding), new(loan.Maturity, Money.FromFen(1))] } },
        { "out-of-range", "interestPaidTo", loan => loan with { InterestPaidTo = loan.DrawnOn.AddDays(-1) } },
        { "out-of-range", "interestPaidTo", loan => loan with { InterestPaidTo = loan.Maturity.AddDays(1) } },
        { "out-of-range", "shortestLastPeriodDays", loan => loan with { ShortestLastPeriodDays = -1 } },
        { "out-of-range", "shortestLastPeriodDays", loan => loan with { ShortestLastPeriodDays = 28 } },
        { "negative-amount", "interestArrears", loan => loan with { InterestArrears = Money.FromFen(-1) } },
        { "amount-too-large", "interestArrears", loan => loan with { InterestArrears = Money.FromFen(long.MaxValue) } },
        { "rate-too-high", "rate", loan => loan with { Rate = new(0.360001m) } },
        { "rate-too-precise", "rate", loan => loan with { Rate = new(0.0435001m) } },
        { "out-of-range", "penaltyUplift", loan => loan with { PenaltyUplift = -0.01m } },
        { "out-of-range", "penaltyUplift", loan => loan with { PenaltyUplift = 1.01m } },
        { "not-allowed", "periodMonths", loan => loan with { PeriodMonths = 0 } },
        { "not-allowed", "periodMonths", loan => loan with { PeriodMonths = 2 } },
        { "out-of-range", "drawnOn", loan => loan with { DrawnOn = new(1989, 12, 31) } },
        { "out-of-range", "drawnOn", loan => loan with { DrawnOn = DateOnly.MaxValue, Maturity = DateOnly.MaxValue } },
        { "maturity-not-after-drawdown", "maturity", loan => loan with { Maturity = loan.DrawnOn, OriginalMaturity = null, FirstDueDate = null } },
        { "term-too-long", "maturity", loan => loan with { Maturity = new(2122, 12, 30) } }, // a hundred years
        { "term-too-long", "maturity", loan => loan with { Maturity = new(2072, 12, 31) } },
        { "maturity-not-after-drawdown", "originalMaturity", loan => loan with { OriginalMaturity = loan.DrawnOn } },
        { "original-maturity-after-maturity", "originalMaturity", loan => loan with { OriginalMaturity = new DateOnly(2023, 7, 1) } },
        { "first-due-date-outside-term", "firstDueDate", loan => loan with { FirstDueDate = loan.DrawnOn } },
        { "first-due-date-outside-term", "firstDueDate", loan => loan with { FirstDueDate = loan.Maturity.AddDays(1) } },
        { "out-of-range", "renewals", loan => loan with { Renewals = -1 } },
        { "renews-itself", "renewalOf", loan => loan with { RenewalOf = loan.Number } },
        { "unknown-value", "product", loan => loan with { Product = (LoanProduct)99 } },
        { "unknown-value", "dayCount", loan => loan with { DayCount = (DayCount)99 } },
        { "unknown-value", "repaymentMethod", loan => loan with { RepaymentMethod = (RepaymentMethod)99 } },
        { "unknown-value", "holidayRule", loan => loan with { HolidayRule = (HolidayRule)99 } },
        { "unknown-value", "class", loan => loan with { Class = (LoanClass)99 } },
        { "unknown-value", "borrower.kind", loan => loan with { Borrower = loan.Borrower with { Kind = (BorrowerKind)99 } } },
        { "unknown-value", "borrower.exclusions[1]", loan => loan with { Borrower = loan.Borrower with { Exclusions = [ExclusionList.Shell, (ExclusionList)99] } } },
        { "required", "borrower.reference", loan => loan with { Borrower = loan.Borrower with { Reference = " " } } },
        { "required", "borrower.name", loan => loan with { Borrower = loan.Borrower with { Name = "" } } },
        { "too-long", "borrower.name", loan => loan with { Borrower = loan.Borrower with { Name = new('某', 201) } } },
        { "too-long", "borrower.industry", loan => loan with { Borrower = loan.Borrower with { Industry = new('业', 101) } } },
        { "required", "borrower.district", loan => loan with { Borrower = loan.Borrower with { District = "" } } },
        { "too-many", "guarantors", loan => loan with { Guarantors = [.. Enumerable.Repeat(loan.Guarantors[0], 101)] } },
        { "required", "guarantors[1].name", loan => loan with { Guarantors = [loan.Guarantors[0], new("G-2", "")] } },
        { "required", "guarantors[0]", loan => loan with { Guarantors = [null!] } },
        { "unknown-value", "guarantors[0].kind", loan => loan with { Guarantors = [new("G-1", "某", (GuarantorKind)99)] } },
        { "not-positive", "guaranteeFee.amount", loan => loan with { GuaranteeFee = loan.GuaranteeFee! with { Amount = Money.Zero } } },
        { "rate-too-high", "guaranteeFee.rate", loan => loan with { GuaranteeFee = loan.GuaranteeFee! with { Rate = new(0.8m) } } },
        { "end-not-after-start", "bridgeFee.to", loan => loan with { BridgeFee = loan.BridgeFee! with { To = loan.BridgeFee.From } } },
        { "term-too-long", "bridgeFee.to", loan => loan with { BridgeFee = loan.BridgeFee! with { To = new(2090, 1, 1) } } },
        { "out-of-range", "bridgeFee.from", loan => loan with { BridgeFee = loan.BridgeFee! with { From = DateOnly.MinValue } } },
    };

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void What_is_wrong_is_named_by_code_and_field(string code, string field, Func<Loan, Loan> wrong) =>
        Assert.Contains(LoanRules.Check(wrong(Sound)), refusal => (refusal.Code, refusal.Field) == (code, field));

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        var loan = Sound with { Rate = new(0.5m), PeriodMonths = 6, Maturity = Sound.DrawnOn };

        Assert.Equal(
            ["rate", "periodMonths", "maturity", "originalMaturity", "firstDueDate"],
            LoanRules.Check(loan).Select(refusal => refusal.Field));
    }

    [Fact]
    public void The_limits_themselves_pass()
    {
        var loan = Sound with
        {
            Principal = LoanRules.MaximumAmount,
            Outstanding = LoanRules.MaximumAmount,
            Rate = LoanRules.MaximumRate,
            PenaltyUplift = 1m,
            PrincipalArrears = [new(LoanRules.EarliestDrawdown, LoanRules.MaximumAmount)],
            InterestPaidTo = LoanRules.EarliestDrawdown.AddYears(LoanRules.MaximumTermYears),
            ShortestLastPeriodDays = LoanRules.MaximumShortestLastPeriodDays,
            DrawnOn = LoanRules.EarliestDrawdown,
            Maturity = LoanRules.EarliestDrawdown.AddYears(LoanRules.MaximumTermYears),
            OriginalMaturity = null,
            FirstDueDate = null,
            Borrower = Sound.Borrower with { Name = new('某', LoanRules.MaximumNameLength) },
        };

        Assert.Empty(LoanRules.Check(loan));
    }
}
