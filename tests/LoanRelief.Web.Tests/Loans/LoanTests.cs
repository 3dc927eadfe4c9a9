using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Loans;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Loans;

public sealed class LoanTests(Azurite azurite) : HouseTests(azurite)
{
    private const string Path = $"/api/institutions/{Institution}/loans/{Loan}";

    [Fact]
    public async Task A_loan_is_new_once_and_known_afterwards()
    {
        await HaveInstitutionAsync();
        var created = (await PutAsync(Path, Bodies.Loan())).Is(HttpStatusCode.Created);
        Assert.Equal(Path, created.Headers["Location"]);
        var again = (await PutAsync(Path, Bodies.Loan())).Is(HttpStatusCode.OK);
        Assert.Equal(created.Text, again.Text);
        Assert.Equal(created.Text, (await GetAsync(Path)).Is(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task Amounts_have_two_decimals_and_rates_are_fractions()
    {
        await HaveLoanAsync();
        var text = (await GetAsync(Path)).Text;
        Assert.Contains("\"principal\":2000000.00", text, StringComparison.Ordinal);
        Assert.Contains("\"rate\":0.0435", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back()
    {
        await HaveLoanAsync();
        var loan = (await GetAsync(Path)).Json.AsObject();
        loan.Remove("isSettled"); // worked out, not told
        (await PutAsync(Path, loan)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_body_that_names_another_loan_is_refused()
    {
        var loan = Bodies.Loan();
        (loan["institution"], loan["number"]) = ("another-bank", "JJ-2");
        Assert.Equal(
            ["path-and-body-differ@institution", "path-and-body-differ@number"],
            (await PutAsync(Path, loan)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors);
    }

    [Fact]
    public async Task An_institution_comes_before_its_loans()
    {
        var problem = (await PutAsync(Path, Bodies.Loan())).IsProblem(HttpStatusCode.NotFound, "institution-unknown");
        Assert.Contains($"PUT /api/institutions/{Institution}", (string?)problem.Json["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loan_that_makes_no_sense_is_refused_with_every_reason()
    {
        await HaveInstitutionAsync();
        var loan = Bodies.Loan();
        loan["outstanding"] = 3000000;
        loan["maturity"] = "2025-01-01";
        loan["periodMonths"] = 2;
        Assert.Equal(
            ["maturity-not-after-drawdown@maturity", "not-allowed@periodMonths", "outstanding-above-principal@outstanding"],
            (await PutAsync(Path, loan)).IsProblem(HttpStatusCode.UnprocessableEntity, "refused").Errors.Order());
        (await GetAsync(Path)).IsProblem(HttpStatusCode.NotFound, "loan-unknown");
    }

    [Fact]
    public async Task An_open_case_hears_of_a_change()
    {
        await HaveCaseAsync();
        var loan = Bodies.Loan();
        loan["outstanding"] = 0;
        (await PutAsync(Path, loan)).Is(HttpStatusCode.OK);
        Assert.Equal("repaid", (string?)(await GetAsync($"/api/cases/{Case}")).Json["outcome"]);
    }

    [Fact]
    public void A_body_says_everything_that_a_loan_says()
    {
        Assert.Equal(Told(typeof(Domain.Loans.Loan)), Told(typeof(LoanBody)));
        static IEnumerable<string> Told(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(each => each.CanWrite).Select(each => each.Name).Order();
    }

    [Fact]
    public async Task Every_member_of_a_body_arrives_in_the_loan()
    {
        await HaveInstitutionAsync();
        var loan = Bodies.Parse(
            """
            {
              "institution": "wencheng-rcb", "number": "JJ2025-0001",
              "borrower": {
                "reference": "C-42", "name": "文成某食品有限公司", "kind": "farmer", "industry": "食品制造", "district": "文成县", "exclusions": ["shell"],
                "standing": { "operatesLawfully": true, "hasOngoingBusiness": false, "hasGoodCredit": true, "meetsLendingStandard": false }
              },
              "product": "businessOperation", "principal": 2000000.00, "outstanding": 1900000.00, "principalArrears": [{ "dueDate": "2025-06-20", "amount": 500000.00 }], "interestArrears": 12.34, "interestPaidTo": "2025-06-20", "rate": 0.0435,
              "penaltyUplift": 0.3, "dayCount": "actual365Fixed", "repaymentMethod": "equalPrincipal", "periodMonths": 3, "firstDueDate": "2025-06-20", "shortestLastPeriodDays": 5,
              "holidayRule": "none", "drawnOn": "2025-03-21", "maturity": "2026-03-20", "originalMaturity": "2025-12-20", "class": "specialMention",
              "guarantors": [{ "reference": "G-1", "name": "周大明", "kind": "pledgor" }], "renewalOf": "JJ2024-0001", "renewals": 1, "restructurings": 2,
              "guaranteeFee": { "amount": 2000000.00, "rate": 0.008, "from": "2025-03-21", "to": "2026-03-20" },
              "bridgeFee": { "amount": 100000.00, "rate": 0.1, "from": "2026-03-10", "to": "2026-03-20" }
            }
            """);
        loan["holidayRule"] = OtherThanUsual<Domain.Loans.HolidayRule>();
        var stored = (await PutAsync(Path, loan)).Is(HttpStatusCode.Created).Json.AsObject();
        stored.Remove("isSettled");
        Assert.True(JsonNode.DeepEquals(loan, stored), stored.ToJsonString());
    }

    private static string OtherThanUsual<T>() where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(Enum.GetValues<T>().First(value => !value.Equals(default(T))).ToString());
}
