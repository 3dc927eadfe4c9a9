using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Stories;

public class RefusalStories(ScenarioHouse house) : Scenario(house)
{
    [Fact]
    public async Task Refused_by_the_approver_and_by_the_second_review_is_refused()
    {
        var file = await Road.ToAsync("approval", Bank);
        Assert.Equal("secondReview", (await file.ReportAsync(Refused())).Stage);

        Assert.Equal("closed: refused, refused-twice", (await file.ReportAsync(Refused(by: Reviewer))).End);
    }

    [Fact]
    public async Task A_refusal_that_the_second_review_does_not_share_goes_on()
    {
        var file = await Road.ToAsync("secondReview", Bank);

        Assert.Equal("signature", (await file.ReportAsync(Approved(by: Reviewer))).Stage);
    }

    [Fact]
    public async Task A_guarantor_who_does_not_consent_ends_the_case()
    {
        var file = await Road.ToAsync("guarantee", Bank);
        await file.ReportAsync(Consents("G-1"));

        Assert.Equal("closed: refused, guarantor-refused", (await file.ReportAsync(DoesNotConsent("G-2"))).End);
    }

    /// <summary>金规〔2024〕13号: working-capital loans of small firms, business loans of owners, self-employed and farmers.</summary>
    [Theory]
    [InlineData("fixedAsset", "smallOrMicroFirm", "renewal-product")]
    [InlineData("workingCapital", "individual", "renewal-borrower")]
    public async Task A_loan_that_can_not_be_renewed_goes_back_to_the_borrower_with_the_condition(string product, string borrower, string condition)
    {
        var loan = Bank.NewLoan(daysToMaturity: 60);
        var file = await Bank.OpenAsync(loan with { Product = product, Borrower = loan.Borrower with { Kind = borrower } });
        var back = await file.ReportAsync(Contacted(), Wants("renew"));

        Assert.Equal("intent", back.Stage);
        Assert.Equal(condition, Assert.Single(back.Screening!.Unmet).Code);
        Assert.Contains("screening.failed", file.Heard);
        Assert.Equal("screening", (await file.ReportAsync(Wants("extend"))).Stage);
    }

    [Theory]
    [InlineData("zombie")]
    [InlineData("shell")]
    [InlineData("dishonest")]
    public async Task A_borrower_on_an_exclusion_list_is_closed_and_counted_at_once(string list)
    {
        var loan = Bank.NewLoan(daysToMaturity: 60);
        var file = await Bank.OpenAsync(loan with { Borrower = loan.Borrower with { Exclusions = [list] } });

        Assert.Equal($"closed: excluded, listed-{list}", (await file.ReadAsync()).End);
        Assert.Equal(["case.closed"], file.Heard);
    }

    [Fact]
    public async Task A_level_below_what_the_amount_needs_does_not_approve()
    {
        var file = await Road.ToAsync("approval", Bank);

        var problem = await file.RefusedAsync(Approved(level: "branch"));
        Assert.Equal(("level-too-low", "level"), (Assert.Single(problem.Errors!).Code, problem.Errors![0].Field));
        Assert.Contains("approval", problem.Accepted!);
        Assert.Equal("signature", (await file.ReportAsync(Approved(level: "creditCommittee"))).Stage);
    }

    [Fact]
    public async Task Who_prepared_the_proposal_does_not_approve_it()
    {
        var file = await Road.ToAsync("approval", Bank);

        Assert.Equal(["preparer-may-not-approve"], (await file.RefusedAsync(Approved(by: Manager))).Codes);
        Assert.Equal(["preparer-may-not-approve"], (await file.RefusedAsync(Approved(by: " Zhang.San "))).Codes);
    }

    [Fact]
    public async Task Neither_the_preparer_nor_the_first_approver_reviews_a_refusal()
    {
        var file = await Road.ToAsync("secondReview", Bank);

        Assert.Equal(["preparer-may-not-approve"], (await file.RefusedAsync(Approved(by: Manager))).Codes);
        Assert.Equal(["reviewer-decided-before"], (await file.RefusedAsync(Approved(by: Approver))).Codes);
        Assert.Equal(["review-can-not-return"], (await file.RefusedAsync(Returned(by: Reviewer))).Codes);
    }

    [Fact]
    public async Task To_return_or_refuse_needs_a_reason()
    {
        var file = await Road.ToAsync("approval", Bank);

        Assert.Equal(["reason-needed"], (await file.RefusedAsync(Refused(reason: null))).Codes);
        Assert.Equal(["reason-needed"], (await file.RefusedAsync(Returned(reason: null))).Codes);
    }

    [Fact]
    public async Task Consent_is_given_in_writing_once_and_by_a_guarantor_of_the_loan()
    {
        var file = await Road.ToAsync("guarantee", Bank);
        await file.ReportAsync(Consents("G-1"));

        Assert.Equal(["guarantor-unknown"], (await file.RefusedAsync(Consents("G-3"))).Codes);
        Assert.Equal(["guarantor-answered-already"], (await file.RefusedAsync(Consents("G-1"))).Codes);
        Assert.Equal(["consent-in-writing"], (await file.RefusedAsync(ConsentsByWordOfMouth("G-2"))).Codes);
    }

    [Fact]
    public async Task A_fact_out_of_turn_is_told_what_would_be_taken_now()
    {
        var file = await Road.ToAsync("contact", Bank);

        var problem = await file.NotNowAsync(Approved());
        Assert.Equal("/problems/not-now", problem.Type);
        Assert.Equal(["not-in-this-stage"], problem.Codes);
        Assert.Equal(["contact", "hold", "withdrawal"], problem.Accepted!.Order());
    }

    [Fact]
    public async Task A_closed_case_takes_nothing_more()
    {
        var file = await Road.ToAsync("intent", Bank);
        await file.ReportAsync(Wants("none"));

        var problem = await file.NotNowAsync(Contacted());
        Assert.Equal(["case-closed"], problem.Codes);
        Assert.Empty(problem.Accepted!);
    }
}
