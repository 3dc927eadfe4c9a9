using System.Text.Json;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Relief;

public class LoanChangeJsonTests
{
    public static TheoryData<string, LoanChange> Written => new()
    {
        { """{"type":"deferral","part":"principalAndInterest","term":"keep","interest":"capitalise","months":3}""",
            new Deferral(3) { Part = DeferredPart.PrincipalAndInterest, Term = DeferralTerm.Keep, Interest = DeferredInterest.Capitalise } },
        { """{"type":"deferral","part":"principal","term":"lengthen","interest":"spread","until":"2023-06-30"}""", new Deferral(Until: new DateOnly(2023, 6, 30)) },
        { """{"type":"extension","newMaturity":"2025-07-12"}""", new Extension(new(2025, 7, 12)) },
        { """{"type":"renewal","newLoanNumber":"JJ-2","on":"2025-01-10","rate":0.04,"repaymentMethod":"bullet","newMaturity":"2026-01-12"}""",
            new Renewal(new(2026, 1, 12)) { NewLoanNumber = Identifier.Parse<LoanNumber>("JJ-2"), On = new(2025, 1, 10), Rate = new(0.04m), RepaymentMethod = RepaymentMethod.Bullet } },
        { """{"type":"rateCut","share":0.10,"mode":"rebateAfterCollection","from":"2023-01-01","until":"2023-06-30"}""",
            new RateCut { Share = 0.10m, Mode = RateCutMode.RebateAfterCollection, From = new(2023, 1, 1), Until = new(2023, 6, 30) } },
        { """{"type":"rateCut","newRate":0.0345,"mode":"directDeduction"}""", new RateCut { NewRate = new(0.0345m) } },
        { """{"type":"penaltyWaiver","share":0.5}""", new PenaltyWaiver(0.5m) },
        { """{"type":"guaranteeFeeCap","cap":0.008}""", new GuaranteeFeeCap(new(0.008m)) },
        { """{"type":"guaranteeFeeWaiver","share":1,"until":"2022-08-31"}""", new GuaranteeFeeWaiver { Until = new(2022, 8, 31) } },
        { """{"type":"guaranteeFeeSubsidy","subsidy":0.003}""", new GuaranteeFeeSubsidy(new(0.003m)) },
        { """{"type":"bridgeFeeWaiver","share":1}""", new BridgeFeeWaiver() },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void A_change_is_written_and_read_by_its_type(string json, LoanChange change)
    {
        Assert.Equal(change, JsonSerializer.Deserialize<LoanChange>(json, DomainJson.Options));
        Assert.Equal(change, JsonSerializer.Deserialize<LoanChange>(JsonSerializer.Serialize(change, DomainJson.Options), DomainJson.Options));
        Assert.Equal(
            JsonDocument.Parse(json).RootElement.EnumerateObject().Select(each => each.Name).Order(),
            JsonSerializer.SerializeToElement(change, DomainJson.Options).EnumerateObject().Select(each => each.Name).Order());
    }

    [Theory]
    [InlineData("""{"type":"penaltyWaiver"}""", typeof(PenaltyWaiver))]
    [InlineData("""{"months":3,"type":"deferral"}""", typeof(Deferral))]
    public void What_has_a_default_may_be_left_out(string json, Type type) =>
        Assert.IsType(type, JsonSerializer.Deserialize<LoanChange>(json, DomainJson.Options));

    [Theory]
    [InlineData("""{"type":"holiday"}""")]
    [InlineData("""{"type":"extension"}""")]
    [InlineData("""{"type":"extension","newMaturity":"2025-02-30"}""")]
    [InlineData("""{"type":"rateCut","newRate":3.45}""")]
    [InlineData("""{"type":"deferral","months":1.5}""")]
    public void Other_input_is_no_change(string json) =>
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<LoanChange>(json, DomainJson.Options));

    [Fact]
    public void A_type_is_needed() =>
        Assert.ThrowsAny<NotSupportedException>(() => JsonSerializer.Deserialize<LoanChange>("""{"newMaturity":"2025-07-12"}""", DomainJson.Options));
}
