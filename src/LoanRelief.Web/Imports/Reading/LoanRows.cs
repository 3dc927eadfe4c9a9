using System.Text.Json;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Loans;

namespace LoanRelief.Web.Imports.Reading;

/// <summary>Loans: the columns are the members by their JSON names, those of the parts beside them; a line is the body with which a single loan is put.</summary>
/// <param name="institution">Whose book it is, which a row may say again; null when every row has to say so.</param>
internal sealed class LoanRows(InstitutionId? institution) : RowKind<Loan>
{
    private const string Institution = "institution";

    private static readonly string[] Always =
    [
        "number", "borrowerReference", "borrowerName", "borrowerKind", "industry", "district",
        "product", "principal", "outstanding", "rate", "repaymentMethod", "drawnOn", "maturity",
    ];

    private static readonly string[] Besides =
    [
        "borrowerCreditCode", "exclusions", "operatesLawfully", "hasOngoingBusiness", "hasGoodCredit", "meetsLendingStandard",
        "principalArrears", "interestArrears", "interestPaidTo",
        "penaltyUplift", "dayCount", "periodMonths", "firstDueDate", "shortestLastPeriodDays", "holidayRule", "originalMaturity", "class", "guarantors",
        "renewalOf", "renewals", "restructurings",
        "guaranteeFeeAmount", "guaranteeFeeRate", "guaranteeFeeFrom", "guaranteeFeeTo", "bridgeFeeAmount", "bridgeFeeRate", "bridgeFeeFrom", "bridgeFeeTo",
    ];

    public override IReadOnlyList<string> Required { get; } = institution is null ? [Institution, .. Always] : Always;

    public override IReadOnlyList<string> Optional { get; } = institution is null ? Besides : [Institution, .. Besides];

    public override Type Body => typeof(LoanBody);

    public override Loan? Read(JsonElement json, List<Refusal> found)
    {
        var body = json.Deserialize<LoanBody>(WebJson.Options)!;
        if (institution is null && body.Institution is null)
            found.Add(new("member-missing", "institution"));
        if (body.Number is null)
            found.Add(new("member-missing", "number"));
        if (institution is { } path && body.Institution is { } other && other != path)
            found.Add(new Refusal("path-and-body-differ", "institution").With("path", path).With("body", other));
        return found.Count == 0 ? body.At((institution ?? body.Institution)!.Value, body.Number!.Value) : null;
    }

    public override IReadOnlyList<Refusal> Check(Loan content) => LoanRules.Check(content);

    /// <summary>By the path of the member, such as <c>borrower.name</c>.</summary>
    public override string? ColumnOf(string? path)
    {
        if (path is null)
            return null;
        var parts = path.Split('[')[0].Split('.');
        var name = parts is ["borrower", "reference" or "name" or "kind" or "creditCode", ..] or ["guaranteeFee" or "bridgeFee", _]
            ? parts[0] + char.ToUpperInvariant(parts[1][0]) + parts[1][1..]
            : parts[^1];
        return base.ColumnOf(name);
    }

    public override Loan Read(CsvFields fields) => new()
    {
        Institution = fields.Institution(Institution, institution),
        Number = fields.Identifier<LoanNumber>("number"),
        Borrower = new()
        {
            Reference = fields.Text("borrowerReference"),
            Name = fields.Text("borrowerName"),
            CreditCode = fields.IdentifierOrNone<CreditCode>("borrowerCreditCode"),
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

/// <summary>Opens loan books.</summary>
public static class LoanBook
{
    /// <summary>Reads as far as the header.</summary>
    /// <param name="declared">The encoding, where the sender says it.</param>
    /// <param name="institution">Whose book it is; null when every row says so.</param>
    /// <exception cref="BookRefusedException">There is nothing in it, or its header is wrong.</exception>
    public static Task<Book<Loan>> OpenAsync(
        Stream book, BookFormat format, BookEncoding? declared, InstitutionId? institution, CancellationToken cancellationToken) =>
        Book<Loan>.OpenAsync(book, format, declared, new LoanRows(institution), cancellationToken);
}
