using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Imports.Reading;
using Sylvan.Data.Csv;

namespace LoanRelief.Local.Demo;

/// <summary>The loan book that ships with the program; how it was made stands in <c>Samples/README.md</c>.</summary>
internal static class SampleBook
{
    /// <summary>The story of seed 003: 2,000,000 yuan in Wencheng, due in two months.</summary>
    public const string WenchengCase = "icbc-wencheng~JJ2024-0001~1";

    public static async Task<IReadOnlyList<Institution>> InstitutionsAsync(string folder)
    {
        await using var csv = await CsvDataReader.CreateAsync(Path.Combine(folder, "institutions.csv"));
        var institutions = new List<Institution>();
        while (await csv.ReadAsync())
        {
            institutions.Add(new()
            {
                Id = Identifier.Parse<InstitutionId>(csv.GetString(0)),
                Name = csv.GetString(1),
                Kind = Enum.Parse<InstitutionKind>(csv.GetString(2), ignoreCase: true),
            });
        }

        return institutions;
    }

    public static async Task<IReadOnlyList<Loan>> LoansAsync(string folder, CancellationToken cancellationToken)
    {
        await using var csv = File.OpenRead(Path.Combine(folder, "loan-book.csv"));
        var loans = new List<Loan>();
        await using var book = await LoanBook.OpenAsync(csv, BookFormat.Csv, BookEncoding.Utf8, institution: null, cancellationToken);
        await foreach (var row in book.RowsAsync(cancellationToken))
            loans.Add(row.Content ?? throw new InvalidDataException($"The sample book is wrong in line {row.Line}: {row.Errors[0].Refusal.Code}."));
        return loans;
    }
}
