using System.Text.Json.Nodes;
using LoanRelief.Desk.Imports;
using LoanRelief.Domain.Loans;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Imports;

public sealed class JsonBookTests
{
    [Fact]
    public async Task A_line_is_the_body_of_a_loan_with_its_number()
    {
        var row = Assert.Single(await ReadAsync(Line()));

        Assert.Empty(row.Errors);
        Assert.Equal(("wencheng-rcb", "JJ2025-0001"), (row.Content!.Institution.Value, row.Content.Number.Value));
        Assert.Equal(0.0435m, row.Content.Rate.Fraction);
    }

    [Theory]
    [InlineData("number", null, "member-missing@number", null)]
    [InlineData("number", "\"-\"", "expected-loan-number@number", "-")]
    [InlineData("institution", "\"other\"", "path-and-body-differ@institution", "other")]
    [InlineData("rate", "4.35", "expected-rate@rate", "4.35")]
    [InlineData("garantors", "[]", "unknown-member@garantors", "[]")]
    [InlineData("maturity", "\"2025-03-20\"", "maturity-not-after-drawdown@maturity", "2025-03-20")]
    [InlineData("guarantors", """[{"reference":"G1","name":"甲","kind":"friend"}]""", "expected-one-of@guarantors[0].kind", "friend")]
    public async Task A_wrong_member_is_named_with_its_value(string member, string? value, string error, string? shown)
    {
        var line = Line();
        line.Remove(member);
        if (value is not null)
            line[member] = JsonNode.Parse(value);

        var row = Assert.Single(await ReadAsync(line));

        Assert.Null(row.Content);
        Assert.Equal((error, shown), ($"{row.Errors[0].Refusal.Code}@{row.Errors[0].Column}", row.Errors[0].Value));
        Assert.Equal(line.ToJsonString(), row.Text);
    }

    [Theory]
    [InlineData("{\"number\": ", "malformed-json")]
    [InlineData("[]", "expected-object")]
    [InlineData("{\"number\": \"1\", \"number\": \"2\"}", "malformed-json")]
    public async Task A_bad_line_does_not_stop_the_book(string bad, string code)
    {
        var rows = await Books.ReadAsync($"{Line().ToJsonString()}\n{bad}\n\n{Line().ToJsonString()}", BookFormat.Ndjson, "wencheng-rcb");

        Assert.Equal([(1, true), (2, false), (4, true)], rows.Select(row => (row.Line, row.Content is not null)));
        Assert.Equal(code, rows[1].Errors[0].Refusal.Code);
    }

    private static JsonObject Line()
    {
        var line = Bodies.Loan();
        line["number"] = "JJ2025-0001";
        return line;
    }

    private static Task<List<BookRow<Loan>>> ReadAsync(JsonObject line) => Books.ReadAsync(line.ToJsonString(), BookFormat.Ndjson, "wencheng-rcb");
}
