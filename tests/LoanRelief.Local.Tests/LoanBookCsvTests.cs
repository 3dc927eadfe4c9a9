using System.Text;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Local.Tests;

public sealed class LoanBookCsvTests
{
    private const string Header =
        "institution,number,borrowerReference,borrowerName,borrowerKind,industry,district,product,principal,outstanding,rate,repaymentMethod,drawnOn,maturity";

    private const string Story =
        "icbc-wencheng,JJ2024-0001,B1,文成样例工贸有限公司,smallOrMicroFirm,制造,文成,workingCapital,2000000,2000000.00,0.0435,interestThenPrincipal,2024-04-30,2025-04-30";

    [Fact]
    public async Task A_row_with_the_columns_that_are_needed_is_a_loan_with_the_defaults()
    {
        var row = Assert.Single(await ReadAsync(Header, Story));

        Assert.Equal(2, row.Line);
        Assert.Equivalent(
            new Loan
            {
                Institution = Identifier.Parse<InstitutionId>("icbc-wencheng"),
                Number = Identifier.Parse<LoanNumber>("JJ2024-0001"),
                Borrower = new() { Reference = "B1", Name = "文成样例工贸有限公司", Kind = BorrowerKind.SmallOrMicroFirm, Industry = "制造", District = "文成" },
                Product = LoanProduct.WorkingCapital,
                Principal = Money.FromYuan(2_000_000m),
                Outstanding = Money.FromYuan(2_000_000m),
                Rate = new(0.0435m),
                RepaymentMethod = RepaymentMethod.InterestThenPrincipal,
                DrawnOn = new(2024, 4, 30),
                Maturity = new(2025, 4, 30),
            },
            row.Loan,
            strict: true);
    }

    [Fact]
    public async Task Every_optional_column_is_read()
    {
        var loan = await ReadLoanAsync(
            Header + ",exclusions,operatesLawfully,hasOngoingBusiness,hasGoodCredit,meetsLendingStandard,interestArrears,penaltyUplift,dayCount,periodMonths,originalMaturity,class,guarantors,renewalOf,renewals",
            Story + ",zombie|shell,false,false,false,false,123.45,0.3,thirty360,3,2024-10-30,specialMention,G1:样例甲:mortgagor|G2:样例乙,JJ2023-0001,2");

        Assert.Equal([ExclusionList.Zombie, ExclusionList.Shell], loan.Borrower.Exclusions);
        Assert.Equal(new CreditStanding(false, false, false, false), loan.Borrower.Standing);
        Assert.Equal(12345, loan.InterestArrears.Fen);
        Assert.Equal(0.3m, loan.PenaltyUplift);
        Assert.Equal(DayCount.Thirty360, loan.DayCount);
        Assert.Equal(3, loan.PeriodMonths);
        Assert.Equal(new DateOnly(2024, 10, 30), loan.OriginalMaturity);
        Assert.Equal(LoanClass.SpecialMention, loan.Class);
        Assert.Equal([new Guarantor("G1", "样例甲", GuarantorKind.Mortgagor), new Guarantor("G2", "样例乙")], loan.Guarantors);
        Assert.Equal("JJ2023-0001", loan.RenewalOf?.Value);
        Assert.Equal(2, loan.Renewals);
    }

    [Fact]
    public async Task An_empty_optional_field_has_the_default()
    {
        var loan = await ReadLoanAsync(Header + ",penaltyUplift,originalMaturity,guarantors,class", Story + ",,,,");

        Assert.Equal(0.5m, loan.PenaltyUplift);
        Assert.Null(loan.OriginalMaturity);
        Assert.Empty(loan.Guarantors);
        Assert.Equal(LoanClass.Normal, loan.Class);
    }

    [Theory]
    [InlineData("institution", "ICBC", "wrong-form")]
    [InlineData("number", "-1", "wrong-form")]
    [InlineData("borrowerReference", "", "required")]
    [InlineData("borrowerName", " ", "required")]
    [InlineData("borrowerKind", "bank", "unknown-value")]
    [InlineData("borrowerKind", "2", "unknown-value")]
    [InlineData("product", "", "required")]
    [InlineData("principal", "200万", "not-an-amount")]
    [InlineData("principal", "2 000 000", "not-an-amount")]
    [InlineData("principal", "1e6", "not-an-amount")]
    [InlineData("principal", "99999999999999999999", "not-an-amount")]
    [InlineData("outstanding", "-1", "not-an-amount")]
    [InlineData("outstanding", "0.005", "not-an-amount")]
    [InlineData("rate", "4.35", "not-a-fraction")]
    [InlineData("rate", "4.35%", "not-a-fraction")]
    [InlineData("drawnOn", "2024/04/30", "not-a-date")]
    [InlineData("maturity", "2025-02-29", "not-a-date")]
    public async Task A_wrong_field_is_named_with_its_line_and_value(string column, string value, string code)
    {
        var error = Assert.Single((await ReadAsync(Header, With(column, value)))[0].Errors);

        Assert.Equal((2, column, value.Trim(), code, column), (error.Line, error.Column, error.Value, error.Refusal.Code, error.Refusal.Field));
    }

    [Theory]
    [InlineData("exclusions", "zombie|ghost", "ghost", "unknown-value")]
    [InlineData("guarantors", "G1:甲|G2", "G2", "wrong-form")]
    [InlineData("guarantors", "G1:甲:friend", "G1:甲:friend", "wrong-form")]
    [InlineData("guarantors", ":甲", ":甲", "wrong-form")]
    [InlineData("periodMonths", "1.5", "1.5", "not-a-count")]
    [InlineData("hasGoodCredit", "yes", "yes", "not-true-or-false")]
    [InlineData("originalMaturity", "soon", "soon", "not-a-date")]
    [InlineData("penaltyUplift", "50", "50", "not-a-fraction")]
    public async Task A_wrong_optional_field_is_not_replaced_by_its_default(string column, string value, string shown, string code)
    {
        var error = Assert.Single((await ReadAsync($"{Header},{column}", $"{Story},{value}"))[0].Errors);

        Assert.Equal((column, shown, code), (error.Column, error.Value, error.Refusal.Code));
    }

    [Fact]
    public async Task A_refused_choice_tells_the_choices()
    {
        var error = Assert.Single((await ReadAsync(Header, With("repaymentMethod", "monthly")))[0].Errors);

        Assert.Equal("equalInstalment, equalPrincipal, interestThenPrincipal, bullet", error.Refusal.Values["allowed"]);
    }

    [Fact]
    public async Task All_errors_of_a_row_are_told_at_once()
    {
        var row = Assert.Single(await ReadAsync(Header, "icbc-wencheng,,B1,名,smallOrMicroFirm,制造,文成,workingCapital,x,y,z,bullet,2024-04-30,2025-04-30"));

        Assert.Null(row.Loan);
        Assert.Equal(["number", "principal", "outstanding", "rate"], row.Errors.Select(e => e.Column));
    }

    [Theory]
    [InlineData("icbc-wencheng,JJ1", "row-field-count")]
    [InlineData(Story + ",1", "row-field-count")]
    [InlineData("\"icbc\"-wencheng,JJ1", "row-malformed")]
    [InlineData("icbc-\"wencheng\",JJ1", "row-malformed")]
    [InlineData("icbc-wencheng,JJ1,\"a\nb\"", "row-malformed")]
    [InlineData("icbc-wencheng,,B1,名,smallOrMicroFirm,制造,文成,workingCapital,x,y,z,bullet,2024-04-30,2025-04-30", "required")]
    public async Task A_bad_row_does_not_stop_the_file(string bad, string code)
    {
        var rows = await ReadAsync(Header, Story, bad, Story);

        Assert.Equal([true, false, true], rows.Select(row => row.Loan is not null));
        Assert.Equal(code, rows[1].Errors[0].Refusal.Code);
    }

    [Fact]
    public async Task Lines_are_counted_as_an_editor_shows_them()
    {
        var rows = await ReadAsync(Header, Story, "x,\"line\nbreak\nagain\"", Story, "y");

        Assert.Equal([2, 3, 6, 7], rows.Select(row => row.Line));
    }

    [Fact]
    public async Task Blank_lines_are_passed_over_and_counted()
    {
        Assert.Equal([3, 5], (await ReadAsync(Header, "", Story, " ", "x", "")).Select(row => row.Line));
    }

    [Fact]
    public async Task A_quote_that_nobody_closes_is_an_error_and_not_the_end_of_the_book_in_silence()
    {
        var rows = await ReadAsync(Header, Story, "icbc-wencheng,\"JJ2", Story, Story);

        Assert.Equal("row-malformed", rows[^1].Errors[0].Refusal.Code);
    }

    [Fact]
    public async Task A_row_beyond_all_measure_ends_the_reading_with_an_error()
    {
        var rows = await ReadAsync(Header, Story, new string('x', LoanBookCsv.LongestRow + 1), Story);

        Assert.Equal(2, rows.Count);
        Assert.Equal((3, "row-too-long"), (rows[1].Line, rows[1].Errors[0].Refusal.Code));
    }

    [Fact]
    public async Task Quoted_fields_crlf_a_byte_order_mark_and_other_case_and_order_of_columns_are_fine()
    {
        var csv = "\uFEFF" + string.Join(',', Header.ToUpperInvariant().Split(',').Reverse()) + "\r\n"
            + string.Join(',', Story.Split(',').Reverse().Select(field => $"\"{field}\"")) + "\r\n";

        Assert.Equal("JJ2024-0001", Assert.Single(await ReadBytesAsync(Encoding.UTF8.GetBytes(csv))).Loan?.Number.Value);
    }

    [Theory]
    [InlineData("column-missing", "rate")]
    [InlineData("column-unknown", "garantors")]
    [InlineData("column-repeated", "number")]
    public async Task A_wrong_header_ends_it_before_the_first_row(string code, string column)
    {
        var header = code == "column-missing" ? Header.Replace(",rate", "", StringComparison.Ordinal) : $"{Header},{column}";

        var row = Assert.Single(await ReadAsync(header, Story + ","));

        var error = Assert.Single(row.Errors);
        Assert.Equal((1, column, code), (error.Line, error.Column, error.Refusal.Code));
    }

    [Fact]
    public async Task An_empty_file_is_refused()
    {
        Assert.Equal("file-empty", Assert.Single(await ReadBytesAsync([])).Errors[0].Refusal.Code);
    }

    [Fact]
    public async Task A_header_alone_is_a_book_without_loans()
    {
        Assert.Empty(await ReadAsync(Header));
    }

    [Fact]
    public async Task Text_that_is_not_utf_8_is_refused_instead_of_storing_broken_names()
    {
        byte[] gbk = [.. Encoding.UTF8.GetBytes(Header + "\nicbc-wencheng,JJ1,B1,"), 0xCE, 0xC4, 0xB3, 0xC9, (byte)'\n'];

        Assert.Equal("not-utf-8", (await ReadBytesAsync(gbk))[^1].Errors[0].Refusal.Code);
    }

    [Fact]
    public async Task Rows_come_while_the_file_is_still_being_read()
    {
        await using var endless = new EndlessBook(Header + "\n", Story + "\n");

        var rows = await LoanBookCsv.ReadAsync(endless, TestContext.Current.CancellationToken)
            .Take(10_000).CountAsync(row => row.Loan is not null, TestContext.Current.CancellationToken);

        Assert.Equal(10_000, rows);
    }

    private static string With(string column, string value)
    {
        var fields = Story.Split(',');
        fields[Array.IndexOf(Header.Split(','), column)] = value;
        return string.Join(',', fields);
    }

    private static async Task<Loan> ReadLoanAsync(params string[] lines)
    {
        var row = Assert.Single(await ReadAsync(lines));
        Assert.Empty(row.Errors);
        return row.Loan!;
    }

    private static Task<List<LoanRow>> ReadAsync(params string[] lines) =>
        ReadBytesAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    private static async Task<List<LoanRow>> ReadBytesAsync(byte[] csv)
    {
        using var stream = new MemoryStream(csv);
        return await LoanBookCsv.ReadAsync(stream, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A header and then one row for ever: whoever wants it whole waits for ever.</summary>
    private sealed class EndlessBook(string header, string row) : Stream
    {
        private readonly byte[] _row = Encoding.UTF8.GetBytes(row);
        private ReadOnlyMemory<byte> _rest = Encoding.UTF8.GetBytes(header);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var taken = Math.Min(count, _rest.Length);
            _rest[..taken].CopyTo(buffer.AsMemory(offset));
            _rest = taken < _rest.Length ? _rest[taken..] : _row;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
