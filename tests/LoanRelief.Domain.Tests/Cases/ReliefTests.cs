using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;
using Xunit;
using static LoanRelief.Domain.Tests.Cases.SampleCase;

namespace LoanRelief.Domain.Tests.Cases;

public class ReliefTests
{
    [Fact]
    public void The_loan_of_seed_003_is_renewed_without_repaying_principal()
    {
        var sample = In(Stage.FollowUp);
        Assert.Equal(IntentKind.Renew, sample.State.Proposal!.Kind);
        Assert.Equal(new DateOnly(2026, 5, 15), sample.State.Proposal.NewMaturity);
        Assert.True(sample.State.Proposal.Classification.MayStayNormal);

        sample.PassUntil(Morning(5, 1, 9));

        Assert.Equal((Outcome.Renewed, ReasonCodes.RelievedAsAgreed), (sample.State.Outcome, sample.State.ReasonCode));
        Assert.Equal("JJ2025-0515", sample.State.Booking!.NewLoanNumber!.Value.Value);
    }

    [Theory]
    [InlineData(IntentKind.Extend, Outcome.Extended)]
    [InlineData(IntentKind.Defer, Outcome.Deferred)]
    public void Extension_and_deferral_end_as_such(IntentKind measure, Outcome outcome)
    {
        var sample = In(Stage.Contact).Contacted().Wants(measure).WithDocuments().Approved().Signed().Booked();

        Assert.Equal(outcome, sample.PassUntil(Morning(5, 1, 9)).State.Outcome);
    }

    [Fact]
    public void Nothing_wanted_closes_the_case_as_declined() =>
        Assert.Equal(Outcome.Declined, In(Stage.Intent).Wants(IntentKind.None).State.Outcome);

    [Fact]
    public void Repayment_that_was_announced_and_comes_closes_the_case_as_repaid()
    {
        var sample = In(Stage.Repayment).PassUntil(Morning(5, 15)).Report(new BookingFact(BookingResult.Confirmed, "CORE-9"), "core");

        Assert.Equal((Outcome.Repaid, ReasonCodes.RepaidAsAnnounced), (sample.State.Outcome, sample.State.ReasonCode));
    }

    [Fact]
    public void Repayment_that_does_not_come_is_awaited_three_days_past_maturity()
    {
        var sample = In(Stage.Repayment).PassUntil(Morning(5, 18, 23));
        Assert.False(sample.State.IsClosed);

        Assert.Equal((Outcome.Unpaid, ReasonCodes.NotRepaid), (sample.PassUntil(Morning(5, 19, 0)).State.Outcome, sample.State.ReasonCode));
    }

    [Fact]
    public void A_borrower_who_meant_to_repay_may_think_again_before_maturity()
    {
        var sample = In(Stage.Repayment).PassUntil(Morning(5, 6)).Wants(IntentKind.Renew);

        Assert.Equal(Stage.Screening, sample.State.Stage);
        Assert.NotNull(sample.State.Task(TaskKind.LastDay));
    }

    [Fact]
    public void Relief_is_asked_for_before_maturity()
    {
        var onMaturityDay = In(Stage.Repayment).PassUntil(Morning(5, 15));

        Assert.Equal("asked-too-late", onMaturityDay.RefusedWith(new IntentFact(IntentKind.Renew)));
    }

    [Fact]
    public void Of_two_readings_of_before_maturity_the_policy_chooses()
    {
        var lenient = CasePolicy.Default with { Signature = CasePolicy.Default.Signature with { LastDay = LastDayRule.MaturityDate } };

        var sample = Open(policy: lenient).Contacted().PassUntil(Morning(5, 15)).Wants(IntentKind.Extend);

        Assert.Equal(Stage.Screening, sample.State.Stage);
    }

    [Theory]
    [InlineData(LoanProduct.FixedAsset, BorrowerKind.SmallOrMicroFirm, "renewal-product")]
    [InlineData(LoanProduct.WorkingCapital, BorrowerKind.Individual, "renewal-borrower")]
    public void What_can_not_be_renewed_goes_back_to_the_borrower_with_the_condition(LoanProduct product, BorrowerKind kind, string condition)
    {
        var sample = Open(WenchengLoan with { Product = product, Borrower = WenchengLoan.Borrower with { Kind = kind } }).Contacted().Wants(IntentKind.Renew);

        Assert.Equal(Stage.Intent, sample.State.Stage);
        Assert.Equal(condition, Assert.Single(sample.State.Screening!.Unmet).Code);
        Assert.Equal(Stage.Screening, sample.Wants(IntentKind.Extend).State.Stage);
    }

    [Theory]
    [InlineData(2027, 9, 30, true)]
    [InlineData(2027, 10, 1, false)]
    public void A_medium_firm_can_renew_what_matures_up_to_2027_09_30(int year, int month, int day, bool can)
    {
        var loan = WenchengLoan with { Borrower = WenchengLoan.Borrower with { Kind = BorrowerKind.MediumFirm }, Maturity = new(year, month, day) };
        var sample = Open(loan).Contacted().Wants(IntentKind.Renew);

        Assert.Equal(can ? Stage.Screening : Stage.Intent, sample.State.Stage);
    }

    [Fact]
    public void Conditions_for_staying_normal_are_told_and_do_not_stop_a_renewal()
    {
        var loan = WenchengLoan with { Class = LoanClass.SpecialMention, InterestArrears = Money.FromYuan(100) };
        var sample = Open(loan).Contacted().Wants(IntentKind.Renew).WithDocuments();

        Assert.Empty(sample.State.Screening!.Unmet);
        Assert.Equal(["class-not-normal", "interest-arrears"], sample.State.Proposal!.Classification.AgainstNormal.Select(condition => condition.Code));
        Assert.Equal(Stage.Signature, sample.Approved().State.Stage);
    }

    [Fact]
    public void Documents_that_may_follow_later_do_not_hold_the_case_up_and_are_chased_to_the_end()
    {
        var sample = In(Stage.Screening).Report(new DocumentsFact(["application", "business-licence"]));
        Assert.Equal(Stage.Approval, sample.State.Stage);
        Assert.NotNull(sample.State.Task(TaskKind.ProvideDocuments));

        sample.Approved().Signed().Booked().PassUntil(Morning(5, 10));
        Assert.Equal(Stage.FollowUp, sample.State.Stage);
        Assert.Contains(sample.Effects, effect => effect.Kind == EffectKinds.DocumentsReminder);

        sample.WithDocuments().PassUntil(Morning(5, 20));
        Assert.Equal(Outcome.Renewed, sample.State.Outcome);
    }

    [Fact]
    public void Documents_that_never_come_end_the_case_as_lapsed()
    {
        var sample = In(Stage.Screening).PassUntil(Morning(5, 15, 0));

        Assert.Equal((Outcome.Lapsed, ReasonCodes.DocumentsMissing), (sample.State.Outcome, sample.State.ReasonCode));
        Assert.True(sample.Effects.Count(effect => effect.Kind == EffectKinds.DocumentsReminder) > 5);
    }

    [Fact]
    public void An_unknown_document_is_named_with_its_place() =>
        Assert.Equal("received[1]", Assert.Single(In(Stage.Screening).Refused(new DocumentsFact(["application", "horoscope"])).Reasons).Field);

    [Fact]
    public void A_change_that_is_not_of_the_measure_is_refused() =>
        Assert.Equal("changes-without-measure", In(Stage.Intent).RefusedWith(new IntentFact(IntentKind.Renew, [new Extension(new(2025, 9, 1))])));

    [Fact]
    public void A_deferral_by_no_months_is_no_measure() =>
        Assert.Equal("nothing-to-defer", In(Stage.Intent).RefusedWith(new IntentFact(IntentKind.Defer, [new Deferral(0)])));

    [Theory]
    [InlineData(500_000, ApprovalLevel.Branch)]
    [InlineData(1_000_000, ApprovalLevel.Branch)]
    [InlineData(1_000_000.01, ApprovalLevel.CreditDepartment)]
    [InlineData(5_000_000.01, ApprovalLevel.CreditCommittee)]
    public void The_amount_decides_which_level_approves(decimal yuan, ApprovalLevel level)
    {
        var loan = WenchengLoan with { Principal = Money.FromYuan(yuan), Outstanding = Money.FromYuan(yuan) };
        var sample = Open(loan).Contacted().Wants(IntentKind.Renew).WithDocuments();

        Assert.Equal(level, sample.State.Proposal!.Level);
        if (level > ApprovalLevel.Branch)
            Assert.Equal("level-too-low", sample.RefusedWith(new ApprovalFact(ApprovalDecision.Approve, level - 1), Approver));
    }

    [Theory]
    [InlineData(Manager)]
    [InlineData(" Zhang.San ")]
    public void Who_prepared_the_proposal_does_not_approve_it(string by) =>
        Assert.Equal("preparer-may-not-approve", In(Stage.Approval).RefusedWith(new ApprovalFact(ApprovalDecision.Approve, ApprovalLevel.CreditDepartment), by));

    [Theory]
    [InlineData(ApprovalDecision.Refuse)]
    [InlineData(ApprovalDecision.Return)]
    public void To_refuse_or_return_needs_a_reason(ApprovalDecision decision) =>
        Assert.Equal("reason-needed", In(Stage.Approval).RefusedWith(new ApprovalFact(decision, ApprovalLevel.CreditDepartment), Approver));

    [Fact]
    public void A_proposal_that_is_returned_comes_back_with_other_terms()
    {
        var sample = In(Stage.Approval).Report(new ApprovalFact(ApprovalDecision.Return, ApprovalLevel.CreditDepartment, "too long"), Approver);
        Assert.Equal(Stage.Intent, sample.State.Stage);

        sample.Report(new IntentFact(IntentKind.Renew, [new Renewal(new(2025, 12, 15))]));
        Assert.Equal(Stage.Approval, sample.State.Stage);
        Assert.Equal(new DateOnly(2025, 12, 15), sample.State.Proposal!.NewMaturity);
        Assert.Equal(Stage.Signature, sample.Approved().State.Stage);
    }

    [Fact]
    public void A_refusal_is_reviewed_by_somebody_else_again()
    {
        var sample = In(Stage.SecondReview);
        var approve = new ApprovalFact(ApprovalDecision.Approve, ApprovalLevel.CreditDepartment);

        Assert.Equal("reviewer-decided-before", sample.RefusedWith(approve, Approver));
        Assert.Equal("preparer-may-not-approve", sample.RefusedWith(approve, Manager));
        Assert.Equal("review-can-not-return", sample.RefusedWith(approve with { Decision = ApprovalDecision.Return, Reason = "x" }, Reviewer));
        Assert.Equal(Stage.Signature, sample.Report(approve, Reviewer).State.Stage);
    }

    [Fact]
    public void Refused_twice_is_refused()
    {
        var sample = In(Stage.SecondReview).Report(new ApprovalFact(ApprovalDecision.Refuse, ApprovalLevel.CreditDepartment, "cash flow"), Reviewer);

        Assert.Equal((Outcome.Refused, ReasonCodes.RefusedTwice), (sample.State.Outcome, sample.State.ReasonCode));
    }

    [Fact]
    public void A_decision_that_does_not_come_is_escalated_level_by_level_until_the_last_day()
    {
        var sample = In(Stage.Approval).PassUntil(Morning(5, 15, 0));

        var levels = sample.Effects.Where(effect => effect.Kind == EffectKinds.ApprovalEscalated).Select(effect => effect.Details.Level);
        Assert.All(levels, level => Assert.Equal(ApprovalLevel.CreditCommittee, level));
        Assert.Equal((Outcome.Lapsed, ReasonCodes.NotDecidedInTime), (sample.State.Outcome, sample.State.ReasonCode));
    }

    [Fact]
    public void Every_guarantor_consents_in_writing_before_the_signature()
    {
        var sample = In(Stage.Guarantee);
        Assert.Equal(2, sample.Effects.Count(effect => effect.Kind == EffectKinds.ConsentRequested));
        Assert.Equal("guarantor-unknown", sample.RefusedWith(new GuarantorConsentFact("G-3", true, "letter")));
        Assert.Equal("consent-in-writing", sample.RefusedWith(new GuarantorConsentFact("G-1", true)));

        sample.Report(new GuarantorConsentFact("G-1", true, "letter-1"));
        Assert.Equal(Stage.Guarantee, sample.State.Stage);
        Assert.Equal("guarantor-answered-already", sample.RefusedWith(new GuarantorConsentFact("G-1", true, "letter-1")));
        Assert.Equal(Stage.Signature, sample.Report(new GuarantorConsentFact("G-2", true, "letter-2")).State.Stage);
    }

    [Fact]
    public void A_guarantor_who_refuses_ends_the_case()
    {
        var sample = In(Stage.Guarantee).Report(new GuarantorConsentFact("G-1", Consents: false));

        Assert.Equal((Outcome.Refused, ReasonCodes.GuarantorRefused), (sample.State.Outcome, sample.State.ReasonCode));
    }

    [Fact]
    public void A_signature_on_or_after_maturity_is_refused_and_the_case_lapses()
    {
        var sample = In(Stage.Signature).PassUntil(Morning(5, 16));
        Assert.Equal("signed-too-late", sample.RefusedWith(new SignatureFact("HT-1", new(2025, 5, 15))));

        sample.PassUntil(Morning(5, 18, 0));
        Assert.Equal((Outcome.Lapsed, ReasonCodes.NotSignedInTime), (sample.State.Outcome, sample.State.ReasonCode));
    }

    [Fact]
    public void A_signature_that_was_in_time_may_be_reported_a_few_days_later()
    {
        var sample = In(Stage.Signature).PassUntil(Morning(5, 16)).Report(new SignatureFact("HT-1", new(2025, 5, 14)));

        Assert.Equal(Stage.Booking, sample.State.Stage);
    }

    [Theory]
    [InlineData(4, 2, "in-the-future")]
    [InlineData(3, 31, "signed-before-approval")]
    public void A_signature_lies_between_approval_and_today(int month, int day, string code) =>
        Assert.Equal(code, In(Stage.Signature).RefusedWith(new SignatureFact("HT-1", new(2025, month, day))));
}
