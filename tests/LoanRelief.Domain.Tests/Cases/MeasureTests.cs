using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Tests.Policies;
using LoanRelief.Domain.Values;
using Xunit;
using static LoanRelief.Domain.Tests.Cases.SampleCase;

namespace LoanRelief.Domain.Tests.Cases;

/// <summary>Measures of policies in a case: what is asked for under which, with what comes by itself, and who may go beyond.</summary>
public class MeasureTests
{
    private static readonly DateTimeOffset In2022 = BeijingTime.At(new(2022, 12, 28), new(10, 0));

    /// <summary>2,000,000 yuan in Yubei, due on the last day that 渝北金〔2022〕16号 （一） covers.</summary>
    private static readonly Loan Yubei = SamplePolicies.Yubei with { DrawnOn = new(2022, 6, 30), Maturity = new(2022, 12, 31) };

    private static readonly MeasureId YubeiDeferral = Measure("yubei-2022-16", "1-deferral");
    private static readonly MeasureId YubeiRateCut = Measure("yubei-2022-16", "2-rate-cut");
    private static readonly MeasureId YubeiBridge = Measure("yubei-2022-16", "3-bridge-fee");

    [Fact]
    public void A_case_keeps_the_policies_in_force_on_the_day_of_its_opening_and_nothing_else()
    {
        Assert.Equal(
            ["asset-classification-2023 v1", "general-rules-of-loans v1", "jingui-2024-13 v1", "zhejiang-renewal-2025 v1"],
            Open().State.Packs.Select(pack => pack.ToString()));
        Assert.Equal(["beijing-guarantee-fee-2022 v1", "general-rules-of-loans v1", "shanghai-non-bank-2022 v1", "yubei-2022-16 v1"], Open(Yubei, at: In2022).State.Packs.Select(pack => pack.ToString()));
    }

    [Fact]
    public void A_version_that_comes_later_changes_nothing_for_a_case_that_is_open()
    {
        var renewal = SamplePolicies.Pack("jingui-2024-13");
        var stricter = renewal with { Version = 2, Measures = [.. renewal.Measures.Select(measure => measure with { Conditions = [.. measure.Conditions, new Attests(Attestation.Affected)] })] };
        var all = PolicyPacks.Shipped.Append(stricter).ToList();
        var begun = Open().State;

        var before = Assert.IsType<Verdict.Accepted>(ReliefCase.Report(Contacted(begun, all), new IntentFact(IntentKind.Renew), Later(all))).After;
        var next = Open(packs: all.Where(pack => pack != renewal)).Contacted().Wants(IntentKind.Renew).State;

        Assert.Equal(Stage.Screening, before.Stage);
        Assert.Equal((Stage.Intent, "not-attested"), (next.Stage, Assert.Single(next.Screening!.Unmet).Code));

        static CaseState Contacted(CaseState state, IReadOnlyList<PolicyPack> packs) =>
            Assert.IsType<Verdict.Accepted>(ReliefCase.Report(state, new ContactFact(ContactChannel.Visit, true, "form"), Later(packs))).After;

        static CaseContext Later(IReadOnlyList<PolicyPack> packs) => new(Morning(4, 2), Manager, BusinessCalendar.China, packs);
    }

    [Fact]
    public void What_a_case_began_with_has_to_be_at_hand()
    {
        var state = In(Stage.Intent).State;

        var missing = Assert.Throws<InvalidOperationException>(() =>
            ReliefCase.Report(state, new IntentFact(IntentKind.Renew), new(Morning(4, 1), Manager, BusinessCalendar.China, [])));

        Assert.Contains("asset-classification-2023 v1", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_that_is_not_met_is_told_with_what_was_seen_what_is_wanted_and_the_article()
    {
        var sample = Open(WenchengLoan with { Product = LoanProduct.FixedAsset }).Contacted().Wants(IntentKind.Renew);

        var unmet = Assert.Single(sample.State.Screening!.Unmet);
        Assert.Equal("renewal-product", unmet.Code);
        Assert.Equal(
            ("fixedAsset", "workingCapital, businessOperation", "金规〔2024〕13号", "一、二"),
            (unmet.Values["seen"], unmet.Values["wanted"], unmet.Values["document"], unmet.Values["article"]));
        var kept = sample.Steps[^1].Events.OfType<Screened>().Single().Checked;
        Assert.Equal(["renewal", "renewal-medium", "renewal"], kept.Select(check => check.Measure));
        Assert.Contains(kept[0].Conditions, condition => condition is { Field: "borrower.kind", Met: true, Seen: "smallOrMicroFirm" });
    }

    [Fact]
    public void The_measure_that_is_asked_for_by_name_is_the_one_that_is_checked()
    {
        var sample = Open(Yubei, at: In2022).Contacted();

        sample.Report(new IntentFact(IntentKind.Defer, Measures: [YubeiDeferral]));
        Assert.Equal((Stage.Intent, "not-attested"), (sample.State.Stage, Assert.Single(sample.State.Screening!.Unmet).Code));

        sample.Report(new IntentFact(IntentKind.Defer, Measures: [YubeiDeferral], Attested: [Attestation.IncomeLost])).WithDocuments();
        Assert.Equal([YubeiDeferral], sample.State.Proposal!.Measures);
        Assert.Equal(new DateOnly(2023, 6, 30), sample.State.Proposal.NewMaturity);
        Assert.Empty(sample.State.Proposal.Beyond);
    }

    [Fact]
    public void Automatic_measures_that_apply_join_without_being_asked_for()
    {
        var proposal = Propose(new(IntentKind.Defer, Attested: [Attestation.IncomeLost, Attestation.Affected]));

        Assert.Equal([YubeiDeferral, YubeiRateCut], proposal.Measures);
        Assert.Equal(new Rate(0.03915m), proposal.NewRate);
        Assert.True(proposal.Relief.Interest.Relief.IsPositive);
    }

    [Fact]
    public void A_rate_cut_that_was_asked_for_stands_and_the_automatic_one_is_left()
    {
        var proposal = Propose(new(IntentKind.Defer, [new Deferral(3), new RateCut { Share = 0.2m }], Attested: [Attestation.Affected]));

        Assert.DoesNotContain(YubeiRateCut, proposal.Measures);
        Assert.Equal(new Rate(0.0348m), proposal.NewRate);
    }

    [Fact]
    public void An_automatic_measure_that_does_not_go_together_with_the_rest_is_told_with_the_reason()
    {
        var own = Own("""{ "id": "all", "article": "1", "title": { "zh": "延", "en": "d" }, "automatic": true, "offers": [{ "type": "deferral", "months": 3 }] }""");

        var proposal = Open(packs: PolicyPacks.Shipped.Append(own)).Contacted().Wants(IntentKind.Renew).WithDocuments().State.Proposal!;

        var leftOut = Assert.Single(proposal.LeftOut);
        Assert.Equal(("own/all", "conflicting-changes"), (leftOut.Measure.ToString(), Assert.Single(leftOut.Reasons).Code));
        Assert.DoesNotContain(leftOut.Measure, proposal.Measures);
    }

    [Fact]
    public void Fees_are_relieved_under_the_measures_that_are_named_beside()
    {
        var loan = Yubei with { BridgeFee = new(Yubei.Outstanding, new(0.036m), new(2022, 12, 28), new(2023, 1, 7)) };

        var proposal = Propose(new(IntentKind.Defer, Measures: [YubeiBridge], Attested: [Attestation.IncomeLost]), loan);

        Assert.Equal([YubeiDeferral, YubeiBridge], proposal.Measures);
        Assert.Equal(2_000m, proposal.Relief.Fees.Relief.Yuan); // ten days of 3.6% on 2,000,000
    }

    [Theory]
    [InlineData("zhejiang-renewal-2025", "renewal", "policy-not-in-force")]
    [InlineData("yubei-2022-16", "18-nothing", "measure-unknown")]
    [InlineData("general-rules-of-loans", "extension", "measure-of-other-kind")]
    public void A_measure_that_can_not_be_meant_is_refused_with_its_place(string policy, string measure, string code)
    {
        var refusal = Assert.Single(Open(Yubei, at: In2022).Contacted().Refused(new IntentFact(IntentKind.Defer, Measures: [Measure(policy, measure)])).Reasons);

        Assert.Equal((code, "measures[0]"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void Two_measures_that_give_the_like_are_refused() =>
        Assert.Equal("duplicate-change", Open(Yubei, at: In2022).Contacted().RefusedWith(new IntentFact(IntentKind.Defer, Measures: [YubeiDeferral, YubeiDeferral])));

    [Fact]
    public void Who_repays_names_no_measure() =>
        Assert.Equal("changes-without-measure", In(Stage.Intent).RefusedWith(new IntentFact(IntentKind.Repay, Measures: [YubeiRateCut])));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Beyond_an_in_principle_limit_an_approver_gives_a_written_reason(bool attested)
    {
        var sample = Open(Yubei, at: In2022).Contacted()
            .Report(new IntentFact(IntentKind.Defer, [new Deferral(Until: new(2023, 9, 30))], Attested: attested ? [Attestation.IncomeLost] : null))
            .WithDocuments();
        var approve = new ApprovalFact(ApprovalDecision.Approve, ApprovalLevel.CreditDepartment);

        var beyond = Assert.Single(sample.State.Proposal!.Beyond);
        Assert.Equal(
            ("beyond-limit", "2023-06-30", "2023-09-30", "（一）"),
            (beyond.Code, beyond.Values["limit"], beyond.Values["seen"], beyond.Values["article"]));
        Assert.Equal("override-reason-needed", sample.RefusedWith(approve, Approver));
        Assert.Equal(Stage.Signature, sample.Report(approve with { OverrideReason = "orders in hand" }, Approver).State.Stage);
    }

    [Fact]
    public void A_limit_that_is_not_in_principle_is_one()
    {
        var own = Own("""{ "id": "short", "article": "1", "title": { "zh": "延", "en": "d" }, "offers": [{ "type": "deferral", "months": 3 }] }""");
        var sample = Open(packs: PolicyPacks.Shipped.Append(own)).Contacted();
        var longer = new IntentFact(IntentKind.Defer, [new Deferral(6)], [Measure("own", "short")]);

        Assert.Equal("beyond-limit", sample.RefusedWith(longer));
        // Without the measure the lender may still agree on it.
        Assert.Empty(sample.Report(longer with { Measures = null }).WithDocuments().State.Proposal!.Measures);
    }

    [Fact]
    public void A_kind_that_only_a_measure_allows_is_not_given_beyond_its_limit()
    {
        var own = Own("""{ "id": "short", "article": "1", "title": { "zh": "延", "en": "d" }, "offers": [{ "type": "deferral", "months": 3 }], "restricts": true }""");

        Assert.Equal("beyond-limit", Open(packs: [own]).Contacted().RefusedWith(new IntentFact(IntentKind.Defer, [new Deferral(6)])));
    }

    [Fact]
    public void An_extension_without_terms_stops_at_what_is_left_of_the_cap()
    {
        // One year, extended by eleven months: one is left, though six are usual.
        var extended = WenchengLoan with { DrawnOn = new(2023, 6, 15), OriginalMaturity = new DateOnly(2024, 6, 15) };

        var proposal = Open(extended).Contacted().Wants(IntentKind.Extend).WithDocuments().State.Proposal!;

        Assert.Equal(new DateOnly(2025, 6, 15), proposal.NewMaturity);
        Assert.Equal([Measure("general-rules-of-loans", "extension")], proposal.Measures);
    }

    [Fact]
    public void When_nothing_of_the_cap_is_left_the_screening_says_so()
    {
        var extended = WenchengLoan with { DrawnOn = new(2023, 5, 15), OriginalMaturity = new DateOnly(2024, 5, 15) };

        var sample = Open(extended).Contacted().Wants(IntentKind.Extend);

        Assert.Equal((Stage.Intent, "extension-cap-used-up"), (sample.State.Stage, Assert.Single(sample.State.Screening!.Unmet).Code));
    }

    [Fact]
    public void What_becomes_of_the_category_is_part_of_the_proposal()
    {
        var proposal = Open().Contacted()
            .Report(new IntentFact(IntentKind.Renew, Attested: [Attestation.FinancialDifficulty])).WithDocuments().State.Proposal!;

        Assert.Equal((LoanClass.Normal, LoanClass.SpecialMention, 1, 1),
            (proposal.Classification.Before, proposal.Classification.AtBest, proposal.Classification.Renewals, proposal.Classification.Restructurings));
        Assert.NotNull(proposal.Classification.Observation!.From);
        Assert.Contains(proposal.Classification.Rules, rule => rule is { Rule: "restructured", Article: "第二十条" });
    }

    [Fact]
    public void A_loan_that_changed_while_documents_were_missing_is_checked_again()
    {
        var sample = In(Stage.Screening).Report(new LoanFact(WenchengLoan with { Product = LoanProduct.Vehicle }), CaseContext.System).WithDocuments();

        Assert.Equal(Stage.Intent, sample.State.Stage);
        Assert.Equal("renewal-product", Assert.Single(sample.Effects.Last(effect => effect.Kind == EffectKinds.ScreeningFailed).Details.Unmet!).Code);
    }

    [Fact]
    public void A_policy_that_has_ended_since_the_opening_gives_nothing_any_more()
    {
        var loan = Yubei with { DrawnOn = new(2023, 2, 1), Maturity = new(2024, 2, 1) };
        var asked = new IntentFact(IntentKind.Defer, Measures: [YubeiBridge]);

        Assert.Equal("policy-not-in-force", Open(loan, at: BeijingTime.At(new(2023, 12, 20), new(10, 0))).Contacted()
            .At(BeijingTime.At(new(2024, 1, 2), new(10, 0))).RefusedWith(asked));
    }

    [Fact]
    public void The_contact_deadline_is_that_of_the_strictest_policy_and_moves_with_the_loan()
    {
        var own = PolicyPacks.Read("own.json", Pack("""[{ "id": "m", "article": "1", "title": { "zh": "续", "en": "r" }, "offers": [{ "type": "renewal" }] }]""",
            """ "contact": { "monthsAhead": 2 }, "scope": [{ "type": "institutionKinds", "anyOf": ["bank"] }], """));
        var early = BeijingTime.At(new(2025, 3, 3), new(10, 0));

        Assert.Equal(new DateOnly(2025, 3, 14), Open(packs: PolicyPacks.Shipped.Append(own), at: early).State.ContactDeadline.Date);
        Assert.Equal(new DateOnly(2025, 4, 15), Open(packs: PolicyPacks.Shipped.Append(own), at: early, lender: InstitutionKind.LeasingCompany).State.ContactDeadline.Date);
        var moved = Open(packs: PolicyPacks.Shipped.Append(own), at: early).Report(new LoanFact(WenchengLoan with { Maturity = new(2025, 6, 16) }), CaseContext.System);
        Assert.Equal(new DateOnly(2025, 4, 16), moved.State.ContactDeadline.Date);
    }

    private static ProposedTerms Propose(IntentFact intent, Loan? loan = null) =>
        Open(loan ?? Yubei, at: In2022).Contacted().Report(intent).WithDocuments().State.Proposal!;

    private static MeasureId Measure(string policy, string measure) => new(Identifier.Parse<PolicyPackId>(policy), measure);

    private static PolicyPack Own(string measure) => PolicyPacks.Read("own.json", Pack($"[{measure}]"));

    private static string Pack(string measures, string more = "") => $$"""
        {
          "id": "own", "title": { "zh": "自定", "en": "Own" }, "authority": "x", "jurisdiction": "x", "effectiveFrom": "2020-01-01", "source": "test",
          {{more}} "measures": {{measures}}
        }
        """;
}
