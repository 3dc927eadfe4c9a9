using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Cases;

public sealed class OpenCaseTests(Azurite azurite) : HouseTests(azurite)
{
    private static readonly (string, string) Key = ("Idempotency-Key", "K-1");

    [Fact]
    public async Task An_opened_case_is_accepted_and_found_where_the_answer_says()
    {
        await HaveLoanAsync();
        var opened = (await OpenAsync()).Is(HttpStatusCode.Accepted);
        Assert.Equal($"/api/cases/{Case}", opened.Headers["Location"]);
        Assert.Equal("\"v1\"", opened.Headers["ETag"]);
        var found = (await GetAsync(opened.Headers["Location"])).Is(HttpStatusCode.OK);
        Assert.Equal(opened.Text, found.Text);
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_is_answered_like_the_first()
    {
        await HaveLoanAsync();
        var first = (await OpenAsync(Loan, Key)).Is(HttpStatusCode.Accepted);
        var again = (await OpenAsync(Loan, Key)).Is(HttpStatusCode.Accepted);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Headers["Location"], again.Headers["Location"]);
        Assert.False(first.Headers.ContainsKey("Idempotency-Replayed"));
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
    }

    [Fact]
    public async Task A_key_may_come_with_the_quotes_of_the_draft()
    {
        await HaveLoanAsync();
        await OpenAsync(Loan, Key);
        (await OpenAsync(Loan, ("Idempotency-Key", "\"K-1\""))).Is(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await HaveLoanAsync();
        await OpenAsync(Loan, Key);
        var other = await PostAsync($"/api/institutions/{Institution}/cases", new JsonObject { ["loanNumber"] = Loan, ["by"] = "mgr-wu" }, Key);
        other.IsProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Fact]
    public async Task Spaces_and_the_order_of_members_do_not_make_another_body()
    {
        await HaveLoanAsync();
        await OpenAsync(Loan, Key);
        var same = await SendAsync(HttpMethod.Post, $"/api/institutions/{Institution}/cases", $$"""{  "by" : "mgr-lin",  "loanNumber":"{{Loan}}"}""", Key);
        Assert.Equal("true", same.Is(HttpStatusCode.Accepted).Headers["Idempotency-Replayed"]);
    }

    [Theory, InlineData("a b"), InlineData("a#b"), InlineData("\"\"")]
    public async Task A_key_of_another_form_is_refused(string key)
    {
        await HaveLoanAsync();
        Assert.Contains("idempotency-key-form@Idempotency-Key", (await OpenAsync(Loan, ("Idempotency-Key", key))).IsProblem(HttpStatusCode.BadRequest, "invalid-request").Errors);
    }

    [Fact]
    public async Task A_second_open_case_of_a_loan_is_a_conflict_that_names_the_first()
    {
        await HaveCaseAsync();
        var second = (await OpenAsync()).IsProblem(HttpStatusCode.Conflict, "case-already-open");
        Assert.Equal(Case, (string?)second.Json["case"]);
        Assert.Equal($"/api/cases/{Case}", second.Headers["Location"]);
        Assert.Contains(Case, (string?)second.Json["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loan_may_have_another_case_once_the_last_is_closed()
    {
        await HaveCaseAsync();
        (await ReportAsync("withdrawal", new JsonObject { ["by"] = "mgr-lin", ["reason"] = "mistake" })).Is(HttpStatusCode.OK);
        Assert.Equal($"{Institution}~{Loan}~2", (string?)(await OpenAsync()).Is(HttpStatusCode.Accepted).Json["id"]);
    }

    [Fact]
    public async Task A_loan_that_was_never_stored_is_unknown()
    {
        await HaveInstitutionAsync();
        (await OpenAsync()).IsProblem(HttpStatusCode.NotFound, "loan-unknown");
    }

    [Fact]
    public async Task A_settled_loan_needs_no_relief()
    {
        await HaveLoanAsync(change: loan => loan["outstanding"] = 0);
        Assert.Equal(["loan-settled@"], (await OpenAsync()).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
    }

    [Fact]
    public async Task A_firm_on_an_exclusion_list_is_counted_and_closed_at_once()
    {
        var opened = await HaveCaseAsync(change: loan => loan["borrower"]!["exclusions"] = new JsonArray("zombie"));
        Assert.Equal(("closed", "excluded", "listed-zombie"), ((string?)opened["stage"], (string?)opened["outcome"], (string?)opened["reasonCode"]));
    }

    [Fact]
    public async Task The_programs_own_name_is_nobody_elses()
    {
        await HaveLoanAsync();
        var answer = await PostAsync($"/api/institutions/{Institution}/cases", new JsonObject { ["loanNumber"] = Loan, ["by"] = " System" });
        Assert.Equal(["by-reserved@by"], answer.IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
    }
}
