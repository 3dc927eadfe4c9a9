using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Tests.Cases;
using LoanRelief.Domain.Tests.Relief;
using Xunit;
using static LoanRelief.Domain.Tests.Policies.SamplePolicies;

namespace LoanRelief.Domain.Tests.Policies;

public class AdviserTests
{
    private static readonly DateOnly Today = new(2022, 12, 30);

    private static readonly Loan WithFees = Yubei with
    {
        GuaranteeFee = new(Yuan(2_000_000), new(0.015m), new(2022, 12, 30), new(2023, 6, 30)),
        BridgeFee = new(Yuan(2_000_000), new(0.036m), new(2023, 6, 20), new(2023, 6, 30)),
    };

    [Fact]
    public void What_saves_the_borrower_most_comes_first_and_what_does_not_apply_last()
    {
        var advice = Advise(WithFees, Today);

        var applying = advice.Measures.TakeWhile(each => each.Applies).ToList();
        // 182 days: 15,166.67 of guarantee fee as charged; 7,077.78 by the cap; 4,398.33 by the rate cut; ten days of bridge fee.
        Assert.Equal(["4-knowledge-loan", "4-guarantee-fee", "2-rate-cut", "3-bridge-fee"], applying.Take(4).Select(each => each.Measure.Id));
        Assert.Equal([15_166.67m, 7_077.78m, 4_398.33m, 2_000.00m], applying.Take(4).Select(each => each.Saves.Yuan));
        Assert.All(advice.Measures.Skip(applying.Count), each => Assert.False(each.Applies));
        var missing = advice.Measures.Skip(applying.Count).Select(each => each.Conditions.Count(check => !check.Met)).ToList();
        Assert.Equal(missing.Order(), missing);
    }

    [Fact]
    public void Only_packs_in_force_on_the_day_are_asked()
    {
        Assert.Equal(["asset-classification-2023", "general-rules-of-loans", "jingui-2024-13"], Ids(new(2026, 3, 2)));
        Assert.Equal(["general-rules-of-loans"], Ids(new(2019, 12, 31)));
        Assert.Contains("yubei-2022-16", Ids(new(2022, 12, 28)));
        Assert.DoesNotContain("yubei-2022-16", Ids(new(2022, 12, 27)));

        static IEnumerable<string> Ids(DateOnly on) => Advise(WithFees, on).Packs.Select(pack => pack.Id.Value);
    }

    [Fact]
    public void Every_condition_says_what_was_seen_and_what_is_wanted()
    {
        var checks = Advise(WithFees, Today, attested: []).Of("yubei-2022-16", "1-deferral").Conditions;

        Assert.Equal(
            [
                "borrower.district True 渝北区 | 渝北区, 重庆市渝北区",
                "borrower.kind True smallOrMicroFirm | smallOrMicroFirm, selfEmployed, mediumFirm",
                "maturity False 2023-06-30 | 2022-10-01/2022-12-31",
                "attested False none | incomeLost",
                "asOf True 2022-12-30 | ../2023-06-29",
            ],
            checks.Select(check => $"{check.Field} {check.Met} {check.Seen} | {check.Wanted}"));
    }

    [Fact]
    public void A_renewal_says_what_has_to_be_done_by_when_and_who_has_to_consent()
    {
        var advice = Advise(SampleCase.Guaranteed, new(2025, 4, 1)).Of("jingui-2024-13", "renewal");

        Assert.Equal(
            [
                (AdviceStepKind.Contact, new DateOnly(2025, 4, 15), ""),
                (AdviceStepKind.Ask, new DateOnly(2025, 5, 14), ""),
                (AdviceStepKind.Consent, new DateOnly(2025, 5, 14), "G-1 G-2"),
                (AdviceStepKind.Sign, new DateOnly(2025, 5, 14), ""),
            ],
            advice.Steps.Select(step => (step.Kind, step.By!.Value, string.Join(' ', step.Who ?? []))));
        Assert.True(advice.Classification!.MayStayNormal);
    }

    [Fact]
    public void On_the_day_of_maturity_it_is_too_late_to_ask()
    {
        var measures = Advise(SampleCase.WenchengLoan, new(2025, 5, 15)).Measures.Where(each => each.Measure.Intent is not null);

        Assert.All(measures, each => Assert.Contains("asked-after-last-day", each.Reasons()));
    }

    [Fact]
    public void What_the_lender_can_not_know_yet_is_marked_as_provisional()
    {
        var loan = SampleCase.WenchengLoan with { DrawnOn = new(2030, 5, 15), Maturity = new(2031, 5, 15) };

        var advice = Advise(loan, new(2031, 4, 1));

        Assert.True(advice is { Provisional: true, ContactDeadline.Provisional: true });
        Assert.Contains(advice.Of("jingui-2024-13", "renewal").Steps, step => step is { Kind: AdviceStepKind.Contact, Provisional: true });
        Assert.False(Advise(SampleCase.WenchengLoan, new(2025, 4, 1)).ContactDeadline.Provisional);
    }

    [Fact]
    public void A_measure_that_favours_does_not_get_round_one_that_restricts()
    {
        var loan = SampleCase.WenchengLoan with { Product = LoanProduct.WorkingCapital };
        var own = PolicyPacks.Read("own.json", """
            {
              "id": "own-renewal", "title": { "zh": "自定", "en": "Own" }, "authority": "x", "jurisdiction": "x", "effectiveFrom": "2020-01-01", "source": "test",
              "measures": [{ "id": "m", "article": "1", "title": { "zh": "续", "en": "r" }, "offers": [{ "type": "renewal" }] }]
            }
            """);
        var packs = PolicyPacks.Shipped.Append(own).ToList();

        Assert.True(Advise(loan, new(2025, 4, 1), packs: packs).Of("own-renewal", "m").Applies);
        Assert.Equal(["renewal-product"], Advise(loan with { Product = LoanProduct.Vehicle }, new(2025, 4, 1), packs: packs).Of("own-renewal", "m").Reasons());
    }

    [Fact]
    public void A_loan_that_can_not_be_is_refused_with_the_field()
    {
        var result = Adviser.Advise(new(Yubei with { Outstanding = Yuan(-1) }, Today), PolicyPacks.Shipped, BusinessCalendar.China, CasePolicy.Default);

        Assert.Equal("loan.outstanding", Assert.Single(Assert.IsType<AdviceResult.Refused>(result).Reasons).Field);
    }

    [Fact]
    public void Without_a_fee_there_is_nothing_to_waive() =>
        Assert.Equal(["no-bridge-fee"], Advise(SampleLoan.Bullet with { Borrower = Yubei.Borrower }, Today).Of("yubei-2022-16", "3-bridge-fee").Reasons());
}
