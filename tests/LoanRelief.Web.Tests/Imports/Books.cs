using System.Text;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Imports.Reading;
using Xunit;

namespace LoanRelief.Web.Tests.Imports;

/// <summary>Books that are read whole, for tests.</summary>
internal static class Books
{
    // By its name, because an HTTP client finds it by that.
    static Books() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Gb18030 => Encoding.GetEncoding("GB18030");

    public static Task<List<BookRow<Loan>>> ReadAsync(string text, BookFormat format = BookFormat.Csv, string? institution = null) =>
        ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), format, institution);

    public static async Task<List<BookRow<Loan>>> ReadAsync(Stream bytes, BookFormat format = BookFormat.Csv, string? institution = null)
    {
        var id = institution is null ? (InstitutionId?)null : Identifier.Parse<InstitutionId>(institution);
        await using var book = await LoanBook.OpenAsync(bytes, format, declared: null, id, TestContext.Current.CancellationToken);
        return await book.RowsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }
}
