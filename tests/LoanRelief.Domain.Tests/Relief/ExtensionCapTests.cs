using System.Text.Json;
using System.Text.Json.Nodes;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Tests.Policies;
using Xunit;

namespace LoanRelief.Domain.Tests.Relief;

/// <summary>Source: 贷款通则 §8 and §12; dates by hand.</summary>
public class ExtensionCapTests
{
    [Theory]
    [InlineData("2024-01-10", "2025-01-10", "2026-01-10")] // one year is short: as long again
    [InlineData("2024-01-10", "2024-07-10", "2025-01-10")]
    [InlineData("2024-01-10", "2024-03-01", "2024-04-21")] // 51 days: as many again
    [InlineData("2024-01-10", "2025-01-11", "2025-07-13")] // 367 days is medium: half of it is 183.5 days, rounded down
    [InlineData("2022-01-10", "2025-01-10", "2026-07-10")] // 36 months: 18 more
    [InlineData("2023-01-10", "2026-02-10", "2027-08-27")] // 37 months: half of 1,127 days, rounded down
    [InlineData("2020-01-10", "2025-01-10", "2027-07-10")] // five years are still medium
    [InlineData("2020-01-10", "2025-01-11", "2028-01-11")] // long: three years
    [InlineData("2024-02-29", "2025-02-28", "2026-02-28")] // a year from 29 February
    [InlineData("2024-08-31", "2025-02-28", "2025-08-31")] // six months and six more, though February is short
    [InlineData("2018-08-31", "2025-02-28", "2028-02-29")] // 78 months and 36 more
    public void All_extensions_together_end_here(string drawnOn, string maturity, string latest) =>
        Assert.Equal(Date(latest), SamplePolicies.Cap.LatestMaturity(Date(drawnOn), Date(maturity)));

    [Fact]
    public void Earlier_extensions_count_from_the_maturity_first_agreed()
    {
        var loan = SampleLoan.Bullet with { OriginalMaturity = new DateOnly(2023, 6, 30), Maturity = new DateOnly(2023, 10, 30) };

        Assert.Equal(new DateOnly(2023, 12, 30), SamplePolicies.Cap.LatestMaturity(loan));
        Assert.Null(SamplePolicies.Cap.Check(loan, new(2023, 12, 30), "newMaturity"));
        Assert.Equal("extension-cap", SamplePolicies.Cap.Check(loan, new(2023, 12, 31), "newMaturity")?.Code);
    }

    [Fact]
    public void Its_parameters_are_data() =>
        Assert.Equal(new DateOnly(2024, 3, 25), new ExtensionCap(0.5m, 0.5m, 12, 6, 24).LatestMaturity(new(2024, 1, 10), new(2024, 2, 29)));

    [Theory]
    [InlineData("shortTermShare", "-0.1")]
    [InlineData("mediumTermShare", "5.1")]
    [InlineData("longTermMonths", "120000")]
    [InlineData("shortTermMonths", "0")]
    [InlineData("mediumTermMonths", "601")]
    [InlineData("mediumTermMonths", "11")] // below the longest short term
    public void A_policy_whose_parameters_can_not_be_meant_is_refused_by_path(string parameter, string value)
    {
        var pack = JsonSerializer.SerializeToNode(SamplePolicies.Pack("general-rules-of-loans"), PolicyPacks.JsonOptions)!;
        pack["measures"]![0]!["conditions"]![1]!["cap"]![parameter] = JsonNode.Parse(value);

        var refused = Assert.Throws<PolicyPackException>(() => PolicyPacks.Read("own.json", pack.ToJsonString()));

        Assert.Equal($"measures[0].conditions[1].cap.{parameter}", Assert.Single(refused.Errors).Field);
    }

    [Fact]
    public void The_widest_parameters_stay_within_the_calendar() =>
        Assert.Equal(new DateOnly(2400, 12, 31), new ExtensionCap(5m, 5m, 600, 600, 600).LatestMaturity(LoanRules.LatestDrawdown, LoanRules.LatestDrawdown.AddYears(50)));

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
