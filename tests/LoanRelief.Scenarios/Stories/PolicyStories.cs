using System.Net;
using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Stories;

/// <summary>A policy of one county, which the bank puts in over HTTP and changes while a case is open.</summary>
public class PolicyStories(ScenarioHouse house) : Scenario(house)
{
    private const string Id = "taoyuan-relief";

    [Fact]
    public async Task A_policy_that_changes_while_a_case_is_open_changes_nothing_for_it_and_applies_to_the_next()
    {
        var first = await PutAsync(cut: 0.1m, latest: Time.Today.AddMonths(6));
        var begun = await Bank.OpenAsync(LoanOfTaoyuan());
        var second = await PutAsync(cut: 0.2m, latest: Time.Today.AddMonths(9));
        var next = await Bank.OpenAsync(LoanOfTaoyuan());

        foreach (var (file, version, rate, until) in new[] { (begun, first, 0.03915m, Time.Today.AddMonths(6)), (next, second, 0.0348m, Time.Today.AddMonths(9)) })
        {
            Assert.Equal(version, (await file.ReadAsync()).Policies.Single(policy => policy.Id == Id));
            var proposal = (await file.ReportAsync(Contacted(), WantsUnder("defer", Id, "deferral", "affected"), AllDocuments)).Proposal!;
            Assert.Equal((rate, until), (proposal.NewRate, proposal.NewMaturity));
            // Nobody asked for the rate cut.
            Assert.Equal(["deferral 一 False", "cut 二 True"], proposal.Measures.Select(measure => $"{measure.Measure} {measure.Article} {measure.Automatic}"));
            Assert.All(proposal.Measures, measure => Assert.Equal(version, measure.Policy));
        }
    }

    [Fact]
    public async Task What_is_not_attested_comes_back_with_the_condition_and_beyond_an_in_principle_limit_the_approver_gives_a_reason()
    {
        await PutAsync(cut: 0.1m, latest: Time.Today.AddMonths(6));
        var file = await Bank.OpenAsync(LoanOfTaoyuan());

        var back = await file.ReportAsync(Contacted(), WantsUnder("defer", Id, "deferral"));
        var unmet = Assert.Single(back.Screening!.Unmet);
        Assert.Equal(("intent", "not-attested", "affected", "一"), (back.Stage, unmet.Code, unmet.Values["wanted"], unmet.Values["article"]));

        var longer = new Fact("intent", new { By = Manager, Kind = "defer", Changes = new[] { new { Type = "deferral", Until = Time.Today.AddMonths(8) } }, Attested = new[] { "affected" } });
        var proposed = await file.ReportAsync(longer, AllDocuments);
        Assert.Equal(["beyond-limit"], proposed.Proposal!.Beyond.Select(reason => reason.Code));
        Assert.Equal(["override-reason-needed"], (await file.RefusedAsync(Approved())).Codes);
        Assert.Equal("signature", (await file.ReportAsync(ApprovedBeyond("orders in hand for eight months"))).Stage);
    }

    private LoanSheet LoanOfTaoyuan()
    {
        var loan = Bank.NewLoan(daysToMaturity: 60);
        return loan with { Borrower = loan.Borrower with { District = "桃源" } };
    }

    private async Task<PolicyVersion> PutAsync(decimal cut, DateOnly latest) =>
        (await Bank.Api.SendAsync(HttpMethod.Put, $"/api/policies/{Id}", new
        {
            Id,
            Title = new { Zh = "桃源县纾困措施", En = "Relief in Taoyuan" },
            Authority = "桃源县金融工作办公室",
            Jurisdiction = "桃源县",
            EffectiveFrom = "2020-01-01",
            Source = "Made up for this story.",
            Scope = new[] { new { Type = "districts", AnyOf = new[] { "桃源县" } } },
            Measures = new object[]
            {
                new
                {
                    Id = "deferral",
                    Article = "一",
                    Title = new { Zh = "延期还本付息", En = "Deferral" },
                    Offers = new[] { new { Type = "deferral", Latest = latest, Part = "principalAndInterest" } },
                    Conditions = new[] { new { Type = "attested", Fact = "affected" } },
                    InPrinciple = true,
                },
                new
                {
                    Id = "cut",
                    Article = "二",
                    Title = new { Zh = "减息, 免申即享", En = "Rate cut without application" },
                    Offers = new[] { new { Type = "rateCut", Share = cut } },
                    Automatic = true,
                },
            },
        })).Expect(HttpStatusCode.Created, HttpStatusCode.OK).As<PolicyVersion>();
}
