using System.Globalization;
using System.Text.Json;
using LoanRelief.Domain.Loans;

namespace LoanRelief.Testing.SampleBook;

/// <summary>Writes the sample book the way that a CSV book is read.</summary>
public static class SampleCsv
{
    private static readonly (string Name, Func<Loan, object?> Value)[] Columns =
    [
        ("institution", l => l.Institution),
        ("number", l => l.Number),
        ("borrowerReference", l => l.Borrower.Reference),
        ("borrowerName", l => l.Borrower.Name),
        ("borrowerKind", l => l.Borrower.Kind),
        ("industry", l => l.Borrower.Industry),
        ("district", l => l.Borrower.District),
        ("exclusions", l => string.Join('|', l.Borrower.Exclusions.Select(list => Text(list)))),
        ("operatesLawfully", l => l.Borrower.Standing.OperatesLawfully),
        ("hasOngoingBusiness", l => l.Borrower.Standing.HasOngoingBusiness),
        ("hasGoodCredit", l => l.Borrower.Standing.HasGoodCredit),
        ("meetsLendingStandard", l => l.Borrower.Standing.MeetsLendingStandard),
        ("product", l => l.Product),
        ("principal", l => l.Principal.Yuan),
        ("outstanding", l => l.Outstanding.Yuan),
        ("principalArrears", l => string.Join('|', l.PrincipalArrears.Select(unpaid => $"{Text(unpaid.DueDate)}:{unpaid.Amount}"))),
        ("interestArrears", l => l.InterestArrears.Yuan),
        ("rate", l => l.Rate.Fraction),
        ("penaltyUplift", l => l.PenaltyUplift),
        ("dayCount", l => l.DayCount),
        ("repaymentMethod", l => l.RepaymentMethod),
        ("periodMonths", l => l.PeriodMonths),
        ("drawnOn", l => l.DrawnOn),
        ("maturity", l => l.Maturity),
        ("originalMaturity", l => l.OriginalMaturity),
        ("class", l => l.Class),
        ("guarantors", l => string.Join('|', l.Guarantors.Select(g => $"{g.Reference}:{g.Name}:{Text(g.Kind)}"))),
        ("renewalOf", l => l.RenewalOf),
        ("renewals", l => l.Renewals),
    ];

    public static string Loans(IEnumerable<Loan> loans) =>
        Lines([Columns.Select(column => column.Name), .. loans.Select(loan => Columns.Select(column => Text(column.Value(loan))))]);

    public static string Institutions(IEnumerable<Institution> institutions) =>
        Lines([["id", "name", "kind"], .. institutions.Select(i => new[] { i.Id.Value, i.Name, Text(i.Kind) })]);

    // The sample has no field that would need quotes; the test that reads it back would tell.
    private static string Lines(IEnumerable<IEnumerable<string>> rows) => string.Concat(rows.Select(row => string.Join(',', row) + "\n"));

    private static string Text(object? value) => value switch
    {
        Enum choice => JsonNamingPolicy.CamelCase.ConvertName(choice.ToString()),
        bool yes => yes ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
