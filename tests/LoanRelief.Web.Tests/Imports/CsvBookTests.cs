using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Web.Imports.Reading;
using Xunit;

namespace LoanRelief.Web.Tests.Imports;

public sealed class CsvBookTests
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
            row.Content,
            strict: true);
    }

    [Fact]
    public async Task Every_optional_column_is_read()
    {
        var loan = await ReadLoanAsync(
            Header + ",exclusions,operatesLawfully,hasOngoingBusiness,hasGoodCredit,meetsLendingStandard,principalArrears,interestArrears,interestPaidTo,penaltyUplift,dayCount,periodMonths,firstDueDate,shortestLastPeriodDays,holidayRule,originalMaturity,class,guarantors,renewalOf,renewals,restructurings,"
                + "guaranteeFeeAmount,guaranteeFeeRate,guaranteeFeeFrom,guaranteeFeeTo,bridgeFeeAmount,bridgeFeeRate,bridgeFeeFrom,bridgeFeeTo",
            Story + ",zombie|shell,false,false,false,false,2024-07-20:83333.33|2024-06-20:500,123.45,2024-06-20,0.3,thirty360,3,2024-06-20,5,stay,2024-10-30,specialMention,G1:样例甲:mortgagor|G2:样例乙,JJ2023-0001,2,1,"
                + "1000000,0.008,2024-04-30,2025-04-30,2000000,0.0365,2025-04-20,2025-04-30");

        Assert.Equal([ExclusionList.Zombie, ExclusionList.Shell], loan.Borrower.Exclusions);
        Assert.Equal(new CreditStanding(false, false, false, false), loan.Borrower.Standing);
        Assert.Equal([new UnpaidPrincipal(new(2024, 7, 20), Money.FromFen(8_333_333)), new UnpaidPrincipal(new(2024, 6, 20), Money.FromYuan(500))], loan.PrincipalArrears);
        Assert.Equal(12345, loan.InterestArrears.Fen);
        Assert.Equal((new DateOnly(2024, 6, 20), 5), (loan.InterestPaidTo, loan.ShortestLastPeriodDays));
        Assert.Equal(0.3m, loan.PenaltyUplift);
        Assert.Equal(DayCount.Thirty360, loan.DayCount);
        Assert.Equal(3, loan.PeriodMonths);
        Assert.Equal(new DateOnly(2024, 10, 30), loan.OriginalMaturity);
        Assert.Equal(LoanClass.SpecialMention, loan.Class);
        Assert.Equal([new Guarantor("G1", "样例甲", GuarantorKind.Mortgagor), new Guarantor("G2", "样例乙")], loan.Guarantors);
        Assert.Equal("JJ2023-0001", loan.RenewalOf?.Value);
        Assert.Equal((2, 1), (loan.Renewals, loan.Restructurings));
        Assert.Equal((new DateOnly(2024, 6, 20), HolidayRule.Stay), (loan.FirstDueDate, loan.HolidayRule));
        Assert.Equal(new FeeTerms(Money.FromYuan(1_000_000), new(0.008m), new(2024, 4, 30), new(2025, 4, 30)), loan.GuaranteeFee);
        Assert.Equal(new FeeTerms(Money.FromYuan(2_000_000), new(0.0365m), new(2025, 4, 20), new(2025, 4, 30)), loan.BridgeFee);
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
    [InlineData("institution", "ICBC", "expected-institution-id")]
    [InlineData("number", "-1", "expected-loan-number")]
    [InlineData("borrowerReference", "", "required")]
    [InlineData("borrowerName", " ", "required")]
    [InlineData("borrowerKind", "bank", "expected-one-of")]
    [InlineData("borrowerKind", "2", "expected-one-of")]
    [InlineData("product", "", "required")]
    [InlineData("principal", "200万", "expected-amount")]
    [InlineData("principal", "2 000 000", "expected-amount")]
    [InlineData("principal", "1e6", "expected-amount")]
    [InlineData("principal", "99999999999999999999", "expected-amount")]
    [InlineData("outstanding", "-1", "expected-amount")]
    [InlineData("outstanding", "0.005", "expected-amount")]
    [InlineData("rate", "4.35", "expected-rate")]
    [InlineData("rate", "4.35%", "expected-rate")]
    [InlineData("drawnOn", "2024/04/30", "expected-date")]
    [InlineData("maturity", "2025-02-29", "expected-date")]
    public async Task A_wrong_field_is_named_with_its_line_and_value(string column, string value, string code)
    {
        var row = Assert.Single(await ReadAsync(Header, With(column, value)));
        var error = Assert.Single(row.Errors);

        Assert.Equal((2, column, value.Trim(), code, column), (row.Line, error.Column, error.Value, error.Refusal.Code, error.Refusal.Field));
    }

    [Theory]
    [InlineData("exclusions", "zombie|ghost", "ghost", "expected-one-of")]
    [InlineData("guarantors", "G1:甲|G2", "G2", "expected-guarantors")]
    [InlineData("guarantors", "G1:甲:friend", "G1:甲:friend", "expected-guarantors")]
    [InlineData("guarantors", ":甲", ":甲", "expected-guarantors")]
    [InlineData("principalArrears", "2024-07-20:1|83333.33", "83333.33", "expected-principal-arrears")]
    [InlineData("principalArrears", "2024-7-20:1", "2024-7-20:1", "expected-principal-arrears")]
    [InlineData("periodMonths", "1.5", "1.5", "expected-whole-number")]
    [InlineData("hasGoodCredit", "yes", "yes", "expected-boolean")]
    [InlineData("originalMaturity", "soon", "soon", "expected-date")]
    [InlineData("penaltyUplift", "50%", "50%", "expected-number")]
    [InlineData("bridgeFeeRate", "x", "x", "expected-rate")]
    public async Task A_wrong_optional_field_is_not_replaced_by_its_default(string column, string value, string shown, string code)
    {
        var error = (await ReadAsync($"{Header},{column}", $"{Story},{value}"))[0].Errors.Single(error => error.Column == column);

        Assert.Equal((column, shown, code), (error.Column, error.Value, error.Refusal.Code));
    }

    [Theory]
    [InlineData("principalArrears", "2024-07-20:2000000.01", "arrears-above-outstanding")]
    [InlineData("principalArrears", "2023-07-20:1", "out-of-range")]
    [InlineData("shortestLastPeriodDays", "28", "out-of-range")]
    public async Task An_optional_field_that_breaks_a_rule_for_loans_is_named_by_its_column(string column, string value, string code)
    {
        var error = Assert.Single((await ReadAsync($"{Header},{column}", $"{Story},{value}"))[0].Errors);

        Assert.Equal((column, value, code), (error.Column, error.Value, error.Refusal.Code));
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

        Assert.Null(row.Content);
        Assert.Equal(["number", "principal", "outstanding", "rate"], row.Errors.Select(e => e.Column));
    }

    [Theory]
    [InlineData("borrowerName", "column too long", "too-long", "borrowerName")]
    [InlineData("rate", "0.5", "rate-too-high", "rate")]
    [InlineData("outstanding", "2000000.01", "outstanding-above-principal", "outstanding")]
    [InlineData("maturity", "2024-04-30", "maturity-not-after-drawdown", "maturity")]
    public async Task A_row_that_breaks_a_rule_for_loans_is_refused_like_a_single_loan(string column, string value, string code, string named)
    {
        value = value == "column too long" ? new string('长', LoanRules.MaximumNameLength + 1) : value;

        var error = Assert.Single((await ReadAsync(Header, With(column, value)))[0].Errors);

        Assert.Equal((named, value, code, named), (error.Column, error.Value, error.Refusal.Code, error.Refusal.Field));
    }

    [Fact]
    public async Task Every_member_that_the_rules_name_has_its_column()
    {
        var broken = await ReadAsync(
            Header + ",guarantors,guaranteeFeeAmount,guaranteeFeeRate,guaranteeFeeFrom,guaranteeFeeTo",
            Story + $",G1:{new string('长', 201)},0,0.01,2025-01-02,2025-01-01");

        Assert.Equal(["guarantors", "guaranteeFeeAmount", "guaranteeFeeTo"], broken[0].Errors.Select(error => error.Column));
    }

    [Theory]
    [InlineData("icbc-wencheng,JJ1", "row-field-count")]
    [InlineData("#icbc-wencheng,JJ1", "row-field-count")]
    [InlineData("\0icbc-wencheng,JJ1", "row-field-count")]
    [InlineData("\"\"", "row-field-count")]
    [InlineData(Story + ",1", "row-field-count")]
    [InlineData("\"icbc\"-wencheng,JJ1", "row-malformed")]
    [InlineData("icbc-\"wencheng\",JJ1", "row-malformed")]
    [InlineData("icbc-wencheng,\"JJ1", "row-malformed")]
    [InlineData("icbc-wencheng,,B1,名,smallOrMicroFirm,制造,文成,workingCapital,x,y,z,bullet,2024-04-30,2025-04-30", "required")]
    public async Task A_bad_row_does_not_stop_the_file(string bad, string code)
    {
        var rows = await ReadAsync(Header, Story, bad, Story);

        Assert.Equal([true, false, true], rows.Select(row => row.Content is not null));
        Assert.Equal(code, rows[1].Errors[0].Refusal.Code);
        Assert.Equal(bad, rows[1].Text);
    }

    [Fact]
    public async Task A_field_that_goes_on_in_the_next_line_spoils_its_lines_and_no_other()
    {
        var rows = await ReadAsync(Header, Story, "x,\"line", "break\"", Story);

        Assert.Equal([(2, true), (3, false), (4, false), (5, true)], rows.Select(row => (row.Line, row.Content is not null)));
    }

    [Fact]
    public async Task Blank_lines_are_passed_over_and_counted()
    {
        Assert.Equal([3, 6], (await ReadAsync(Header, "", Story, " ", ",,,,,,,,,,,,,", "x", "")).Select(row => row.Line));
    }

    [Fact]
    public async Task A_row_beyond_all_measure_is_refused_alone()
    {
        var rows = await ReadAsync(Header, Story, new string('x', 3 * BookText.LongestLine), Story, new string('y', BookText.LongestLine + 1));

        Assert.Equal([(2, true), (3, false), (4, true), (5, false)], rows.Select(row => (row.Line, row.Content is not null)));
        Assert.All(rows.Where(row => row.Content is null), row => Assert.Equal("row-too-long", row.Errors[0].Refusal.Code));
        Assert.Equal(new string('x', 200) + "…", rows[1].Text);
    }

    [Fact]
    public async Task Quoted_fields_crlf_and_other_case_and_order_of_columns_are_fine()
    {
        var csv = string.Join(',', Header.ToUpperInvariant().Split(',').Reverse()) + "\r\n"
            + string.Join(',', Story.Split(',').Reverse().Select(field => $"\"{field}\"")) + "\r\n";

        Assert.Equal("JJ2024-0001", Assert.Single(await ReadTextAsync(csv)).Content?.Number.Value);
    }

    [Theory]
    [InlineData("column-missing", "rate")]
    [InlineData("column-unknown", "garantors")]
    [InlineData("column-repeated", "number")]
    public async Task A_wrong_header_is_refused_before_the_first_row(string code, string column)
    {
        var header = code == "column-missing" ? Header.Replace(",rate", "", StringComparison.Ordinal) : $"{Header},{column}";

        var refused = await Assert.ThrowsAsync<BookRefusedException>(() => ReadAsync(header, Story + ","));

        Assert.Equal([(code, column)], refused.Reasons.Select(reason => (reason.Code, reason.Field)));
    }

    [Theory]
    [InlineData("", "book-empty")]
    [InlineData(" \n\n", "book-empty")]
    [InlineData("\"number\n", "row-malformed")]
    public async Task A_book_without_a_header_is_refused(string csv, string code)
    {
        var refused = await Assert.ThrowsAsync<BookRefusedException>(() => ReadTextAsync(csv));

        Assert.Equal([code], refused.Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public async Task A_header_alone_is_a_book_without_loans()
    {
        Assert.Empty(await ReadAsync(Header));
    }

    [Fact]
    public async Task Whose_book_it_is_needs_no_column()
    {
        var csv = Header.Replace("institution,", "", StringComparison.Ordinal) + "\n" + Story.Replace("icbc-wencheng,", "", StringComparison.Ordinal);

        var row = Assert.Single(await Books.ReadAsync(csv, institution: "wencheng-rcb"));

        Assert.Equal("wencheng-rcb", row.Content?.Institution.Value);
    }

    [Fact]
    public async Task A_row_of_another_institution_is_refused()
    {
        var rows = await Books.ReadAsync($"{Header}\n{Story}\n{With("institution", "wencheng-rcb")}\n{With("institution", "")}", institution: "icbc-wencheng");

        Assert.Equal([true, false, true], rows.Select(row => row.Content is not null));
        Assert.Equal(("institution", "wencheng-rcb", "path-and-body-differ"), (rows[1].Errors[0].Column, rows[1].Errors[0].Value, rows[1].Errors[0].Refusal.Code));
    }

    [Fact]
    public async Task The_columns_of_rows_that_were_given_back_are_passed_over()
    {
        Assert.NotNull(Assert.Single(await ReadAsync(Header + ",rejectedLine,rejectedReasons", Story + ",7,\"a, b\"")).Content);
    }

    [Fact]
    public async Task No_name_gets_into_a_log_with_a_row()
    {
        var row = Assert.Single(await ReadAsync(Header, With("rate", "文成样例工贸有限公司")));

        Assert.DoesNotContain("文成样例", $"{row} {row.Errors[0]}", StringComparison.Ordinal);
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
        return row.Content!;
    }

    private static Task<List<BookRow<Loan>>> ReadAsync(params string[] lines) => ReadTextAsync(string.Concat(lines.Select(line => line + "\n")));

    private static Task<List<BookRow<Loan>>> ReadTextAsync(string csv) => Books.ReadAsync(csv);
}
