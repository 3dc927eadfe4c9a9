using System.Net;
using System.Text.Json.Nodes;
using LoanRelief.Testing;
using LoanRelief.Web.Tests.Kit;
using Xunit;

namespace LoanRelief.Web.Tests.Reading;

/// <summary>A loan that can not be is refused with the field that is wrong, wherever a loan is taken: never with a figure, never with a failure.</summary>
public sealed class BadInputTests(Azurite azurite) : HouseTests(azurite)
{
    [Theory]
    [InlineData("principal", "-1")]
    [InlineData("principal", "0")]
    [InlineData("principal", "1e30")]
    [InlineData("principal", "99999999999999.99")]
    [InlineData("principal", "0.001")]
    [InlineData("outstanding", "-0.01")]
    [InlineData("outstanding", "2000000.01")]
    [InlineData("rate", "-0.01")]
    [InlineData("rate", "0.99")]
    [InlineData("rate", "4.35")]
    [InlineData("penaltyUplift", "-0.5")]
    [InlineData("penaltyUplift", "1e20")]
    [InlineData("periodMonths", "0")]
    [InlineData("periodMonths", "2147483647")]
    [InlineData("renewals", "-1")]
    [InlineData("maturity", "\"2025-03-19\"")] // before the drawdown
    [InlineData("maturity", "\"2125-03-20\"")] // a hundred years
    [InlineData("maturity", "\"9999-12-31\"")]
    [InlineData("maturity", "\"2027-02-29\"")] // no leap year
    [InlineData("drawnOn", "\"0001-01-01\"")]
    [InlineData("color", "\"red\"")]
    public async Task Is_refused_with_its_field(string member, string value)
    {
        await HaveInstitutionAsync();
        var loan = Bodies.Loan();
        loan[member] = JsonNode.Parse(value);

        Refused(await PutAsync($"/api/institutions/{Institution}/loans/{Loan}", loan.DeepClone()), member);
        Refused(await PostAsync("/api/advice", new JsonObject { ["loan"] = loan.DeepClone(), ["asOf"] = "2026-02-02" }), member);
        var changes = new JsonArray(new JsonObject { ["type"] = "rateCut", ["share"] = 0.1 });
        Refused(await PostAsync("/api/previews", new JsonObject { ["loan"] = loan, ["asOf"] = "2026-02-02", ["changes"] = changes }), member);
    }

    [Fact]
    public async Task A_leap_day_is_a_day()
    {
        await HaveInstitutionAsync();
        var loan = Bodies.LoanMaturing("2028-02-29");

        (await PutAsync($"/api/institutions/{Institution}/loans/{Loan}", loan)).Is(HttpStatusCode.Created);
    }

    private static void Refused(Reply reply, string member)
    {
        Assert.True(reply.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, $"{(int)reply.Status}: {reply.Text}");
        Assert.Contains(reply.Errors, error => error.Split('@')[1].Split('.')[^1] == member);
    }
}
