using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.Web.Imports.Reading;

/// <summary>The columns of a CSV book.</summary>
internal static class CsvColumns
{
    /// <summary>Said by every row, unless it is known whose book it is; then it may be missing.</summary>
    public const string Institution = "institution";

    public static readonly IReadOnlyList<string> Required =
    [
        "number", "borrowerReference", "borrowerName", "borrowerKind", "industry", "district",
        "product", "principal", "outstanding", "rate", "repaymentMethod", "drawnOn", "maturity",
    ];

    public static readonly IReadOnlyList<string> Optional =
    [
        "exclusions", "operatesLawfully", "hasOngoingBusiness", "hasGoodCredit", "meetsLendingStandard",
        "principalArrears", "interestArrears", "interestPaidTo",
        "penaltyUplift", "dayCount", "periodMonths", "firstDueDate", "shortestLastPeriodDays", "holidayRule", "originalMaturity", "class", "guarantors",
        "renewalOf", "renewals", "restructurings",
        "guaranteeFeeAmount", "guaranteeFeeRate", "guaranteeFeeFrom", "guaranteeFeeTo", "bridgeFeeAmount", "bridgeFeeRate", "bridgeFeeFrom", "bridgeFeeTo",
    ];

    /// <summary>What this program adds to the rows that it gives back; passed over, so that a file that was put right can be sent as it is.</summary>
    public static readonly IReadOnlyList<string> OfRejectedRows = ["rejectedLine", "rejectedReasons"];

    private static readonly HashSet<string> Known = new([Institution, .. Required, .. Optional, .. OfRejectedRows], StringComparer.OrdinalIgnoreCase);

    /// <summary>Everything that is wrong with a header.</summary>
    public static IEnumerable<Refusal> Check(IReadOnlyList<string> header, bool institutionIsKnown) =>
    [
        .. (institutionIsKnown ? Required : Required.Prepend(Institution)).Except(header, StringComparer.OrdinalIgnoreCase)
            .Select(name => new Refusal("column-missing", name)),
        // Refused rather than left out: it may be a misspelt column that has a default.
        .. header.Where(name => !Known.Contains(name)).Select(name => new Refusal("column-unknown", name)),
        .. header.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => new Refusal("column-repeated", same.Key)),
    ];

    /// <summary>The column in which a member of a loan stands, by its path such as <c>borrower.name</c>; null for none.</summary>
    public static string? Of(string? path)
    {
        if (path is null)
            return null;
        var parts = path.Split('[')[0].Split('.');
        var name = parts is ["borrower", "reference" or "name" or "kind", ..] or ["guaranteeFee" or "bridgeFee", _]
            ? parts[0] + char.ToUpperInvariant(parts[1][0]) + parts[1][1..]
            : parts[^1];
        return Known.Contains(name) ? name : null;
    }

    public static Loan ToLoan(CsvFields fields, InstitutionId? institution) => new()
    {
        Institution = fields.Institution(Institution, institution),
        Number = fields.Identifier<LoanNumber>("number"),
        Borrower = new()
        {
            Reference = fields.Text("borrowerReference"),
            Name = fields.Text("borrowerName"),
            Kind = fields.Choice<BorrowerKind>("borrowerKind"),
            Industry = fields.Text("industry"),
            District = fields.Text("district"),
            Exclusions = fields.Choices<ExclusionList>("exclusions"),
            Standing = new(
                fields.YesOrNo("operatesLawfully", true),
                fields.YesOrNo("hasOngoingBusiness", true),
                fields.YesOrNo("hasGoodCredit", true),
                fields.YesOrNo("meetsLendingStandard", true)),
        },
        Product = fields.Choice<LoanProduct>("product"),
        Principal = fields.Amount("principal"),
        Outstanding = fields.Amount("outstanding"),
        PrincipalArrears = fields.PrincipalArrears("principalArrears"),
        InterestArrears = fields.Amount("interestArrears", Money.Zero),
        InterestPaidTo = fields.DateOrNone("interestPaidTo"),
        Rate = fields.Rate("rate"),
        PenaltyUplift = fields.Fraction("penaltyUplift", 0.5m),
        DayCount = fields.Choice<DayCount>("dayCount", DayCount.Actual360),
        RepaymentMethod = fields.Choice<RepaymentMethod>("repaymentMethod"),
        PeriodMonths = fields.Count("periodMonths", 1),
        FirstDueDate = fields.DateOrNone("firstDueDate"),
        ShortestLastPeriodDays = fields.Count("shortestLastPeriodDays", 7),
        HolidayRule = fields.Choice<HolidayRule>("holidayRule", HolidayRule.Roll),
        DrawnOn = fields.Date("drawnOn"),
        Maturity = fields.Date("maturity"),
        OriginalMaturity = fields.DateOrNone("originalMaturity"),
        Class = fields.Choice<LoanClass>("class", LoanClass.Normal),
        Guarantors = fields.Guarantors("guarantors"),
        RenewalOf = fields.IdentifierOrNone<LoanNumber>("renewalOf"),
        Renewals = fields.Count("renewals", 0),
        Restructurings = fields.Count("restructurings", 0),
        GuaranteeFee = fields.Fee("guaranteeFee"),
        BridgeFee = fields.Fee("bridgeFee"),
    };
}
