using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;

namespace LoanRelief.BookBenchmarks;

/// <summary>A loan book of any size: working capital of small firms of one county, one loan much like the other.</summary>
internal sealed class Book(InstitutionId institution)
{
    /// <summary>The morning on which the program's clock stands still.</summary>
    public static readonly DateTimeOffset Now = BeijingTime.At(new(2025, 3, 3), new(9, 0));

    /// <summary>By then the follow-up of a case that is booked now has come.</summary>
    public static readonly DateTimeOffset AfterFollowUp = BeijingTime.At(new(2025, 4, 3), new(10, 0));

    private const int DaysOfYear = 365;

    /// <summary>From here on nothing is due for a loan, neither now nor when a case that is opened now comes to its end.</summary>
    private static readonly DateOnly FirstLateMaturity = new(2025, 6, 1);

    /// <summary>The contact with whoever has a loan that matures then is due within days, so the scan opens its case.</summary>
    private static readonly DateOnly FirstNearMaturity = new(2025, 4, 7);

    public InstitutionId Institution => institution;

    /// <summary>Loans for which nothing is due: maturities go round a year, a day from one loan to the next.</summary>
    public IEnumerable<Loan> Late(int count) => Enumerable.Range(0, count).Select(n => Make("JJ", n, FirstLateMaturity.AddDays(n % DaysOfYear)));

    /// <summary>Loans whose cases the next scan opens.</summary>
    /// <param name="days">Over how many days their maturities go, 1 to 10.</param>
    public IEnumerable<Loan> Near(int first, int count, int days) => Enumerable.Range(first, count).Select(n => Make("JN", n, FirstNearMaturity.AddDays(n % days)));

    private Loan Make(string prefix, int n, DateOnly maturity) => new()
    {
        Institution = institution,
        Number = Identifier.Parse<LoanNumber>(string.Create(CultureInfo.InvariantCulture, $"{prefix}2024-{n:D7}")),
        Borrower = new()
        {
            Reference = string.Create(CultureInfo.InvariantCulture, $"KH-{n:D7}"),
            Name = string.Create(CultureInfo.InvariantCulture, $"文成县第{n}食品有限公司"),
            Kind = BorrowerKind.SmallOrMicroFirm,
            Industry = "食品制造",
            District = "文成县",
        },
        Product = LoanProduct.WorkingCapital,
        Principal = Money.FromYuan(2_000_000m),
        Outstanding = Money.FromYuan(2_000_000m),
        Rate = new(0.0435m),
        RepaymentMethod = RepaymentMethod.Bullet,
        DrawnOn = maturity.AddYears(-1),
        Maturity = maturity,
    };
}

/// <summary>Loans as a CSV file that is written while it is sent, so that its size costs no memory.</summary>
internal sealed class CsvContent : HttpContent
{
    private const string Header = "number,borrowerReference,borrowerName,borrowerKind,industry,district,product,principal,outstanding,rate,repaymentMethod,drawnOn,maturity\n";

    private readonly IEnumerable<Loan> _loans;

    public CsvContent(IEnumerable<Loan> loans)
    {
        _loans = loans;
        Headers.ContentType = new MediaTypeHeaderValue("text/csv", "utf-8");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), bufferSize: 64 * 1024, leaveOpen: true);
        await writer.WriteAsync(Header);
        foreach (var loan in _loans)
            await writer.WriteAsync(Line(loan));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private static string Line(Loan loan) => string.Create(
        CultureInfo.InvariantCulture,
        $"{loan.Number},{loan.Borrower.Reference},{loan.Borrower.Name},{Code(loan.Borrower.Kind)},{loan.Borrower.Industry},{loan.Borrower.District},{Code(loan.Product)},{loan.Principal.Yuan},{loan.Outstanding.Yuan},{loan.Rate.Fraction},{Code(loan.RepaymentMethod)},{loan.DrawnOn:yyyy-MM-dd},{loan.Maturity:yyyy-MM-dd}\n");

    private static string Code<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
