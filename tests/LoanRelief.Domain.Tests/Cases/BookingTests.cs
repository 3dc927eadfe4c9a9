using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using Xunit;
using static LoanRelief.Domain.Tests.Cases.SampleCase;

namespace LoanRelief.Domain.Tests.Cases;

public class BookingTests
{
    private static readonly BookingFact Failed = new(BookingResult.Failed, Reason: "account frozen");
    private static readonly BookingFact Reversed = new(BookingResult.Reversed, "CORE-R");

    [Fact]
    public void A_failed_booking_is_instructed_again_after_an_hour_and_then_after_four()
    {
        var sample = In(Stage.Booking).Report(Failed, "core").PassUntil(Morning(4, 1, 11));
        Assert.Equal(2, sample.State.BookingAttempts);

        sample.Report(Failed, "core").PassUntil(Morning(4, 1, 15));
        Assert.Equal(3, sample.State.BookingAttempts);
        Assert.Equal(Stage.FollowUp, sample.Booked().State.Stage);
    }

    [Fact]
    public void Failed_three_times_it_is_reversed_and_the_case_ends_when_the_reversal_is_confirmed()
    {
        var sample = In(Stage.Booking).Report(Failed, "core").PassUntil(Morning(4, 1, 11)).Report(Failed, "core").PassUntil(Morning(4, 1, 15)).Report(Failed, "core");

        Assert.Equal(Stage.Booking, sample.State.Stage);
        Assert.Contains(sample.Effects, effect => effect.Kind == EffectKinds.ReversalInstructed);
        Assert.Equal("reversal-under-way", sample.RefusedWith(new BookingFact(BookingResult.Confirmed, "CORE-1", Identifier.Parse<LoanNumber>("N-1"))));
        sample.Report(Reversed, "core");
        Assert.Equal((Outcome.BookingFailed, ReasonCodes.CoreSystemRefused), (sample.State.Outcome, sample.State.ReasonCode));
    }

    [Fact]
    public void A_core_system_that_says_nothing_is_asked_and_not_instructed_twice()
    {
        var sample = In(Stage.Booking).PassUntil(Morning(4, 5));

        Assert.Equal(1, sample.State.BookingAttempts);
        Assert.Equal(4, sample.Effects.Count(effect => effect.Kind == EffectKinds.BookingChased));
    }

    [Fact]
    public void A_renewal_is_confirmed_with_the_number_of_the_new_loan()
    {
        var sample = In(Stage.Booking);

        Assert.Equal("new-loan-number-needed", sample.RefusedWith(new BookingFact(BookingResult.Confirmed, "CORE-1")));
        Assert.Equal("new-loan-number-is-old", sample.RefusedWith(new BookingFact(BookingResult.Confirmed, "CORE-1", WenchengLoan.Number)));
        Assert.Equal("reference-needed", sample.RefusedWith(new BookingFact(BookingResult.Confirmed, null, Identifier.Parse<LoanNumber>("N-1"))));
        Assert.Equal("reason-needed", sample.RefusedWith(new BookingFact(BookingResult.Failed)));
        Assert.Equal("no-reversal-asked", sample.RefusedWith(Reversed));
    }

    [Theory]
    [InlineData(Stage.Contact)]
    [InlineData(Stage.Intent)]
    [InlineData(Stage.Screening)]
    [InlineData(Stage.Approval)]
    [InlineData(Stage.SecondReview)]
    [InlineData(Stage.Guarantee)]
    [InlineData(Stage.Signature)]
    [InlineData(Stage.Repayment)]
    public void A_request_can_be_withdrawn_until_it_is_signed(Stage stage)
    {
        var sample = In(stage).Report(new WithdrawalFact("found other money"));

        Assert.Equal((Outcome.Withdrawn, ReasonCodes.Withdrawn), (sample.State.Outcome, sample.State.ReasonCode));
    }

    [Fact]
    public void Withdrawn_after_the_signature_the_booking_is_reversed_first()
    {
        var sample = In(Stage.Booking).Report(new WithdrawalFact("found other money"));
        Assert.Equal(Stage.Booking, sample.State.Stage);

        Assert.Equal(Outcome.Withdrawn, sample.Report(Reversed, "core").State.Outcome);
    }

    [Theory]
    [InlineData(Stage.FollowUp)]
    public void What_is_booked_can_not_be_withdrawn(Stage stage) =>
        Assert.True(In(stage).Refused(new WithdrawalFact("too late")).NotNow);

    [Fact]
    public void A_hold_stops_reminders_and_not_the_contact_deadline()
    {
        var sample = In(Stage.Contact).Report(new HoldFact("flood in the district", new(2025, 4, 20))).PassUntil(Morning(4, 20, 23));

        Assert.DoesNotContain(sample.Effects, effect => effect.Kind is EffectKinds.ContactReminder or EffectKinds.ContactEscalated);
        Assert.True(sample.State.ContactBreached);

        sample.PassUntil(Morning(4, 22));
        Assert.False(sample.State.IsHeld);
        Assert.Single(sample.Effects, effect => effect.Kind == EffectKinds.ContactEscalated);
    }

    [Fact]
    public void During_a_hold_decisions_wait_and_what_has_happened_is_taken()
    {
        var sample = In(Stage.Booking).Report(new HoldFact("audit"));
        Assert.Equal(["documents", "booking", "withdrawal", "release"], ReliefCase.AcceptedFacts(sample.State));
        Assert.Equal(Stage.FollowUp, sample.Booked().State.Stage);

        var approval = In(Stage.Approval).Report(new HoldFact("audit"));
        var refused = approval.Refused(new ApprovalFact(ApprovalDecision.Approve, ApprovalLevel.CreditCommittee), Approver);
        Assert.True(refused.NotNow);
        Assert.Equal("case-on-hold", refused.Reasons[0].Code);
        Assert.Equal(Stage.Signature, approval.Report(new ReleaseFact("audit done")).Approved().State.Stage);
    }

    [Fact]
    public void A_hold_ends_with_the_last_day_of_the_loan_at_the_latest()
    {
        var sample = In(Stage.Approval).At(Morning(5, 1)).PassTime().Report(new HoldFact("audit")).PassUntil(Morning(5, 15, 0));

        Assert.Equal((Outcome.Lapsed, ReasonCodes.NotDecidedInTime), (sample.State.Outcome, sample.State.ReasonCode));
    }

    [Theory]
    [InlineData(2025, 5, 2, "hold-too-long")]
    [InlineData(2025, 3, 31, "in-the-past")]
    public void A_hold_has_bounds(int year, int month, int day, string code) =>
        Assert.Equal(code, In(Stage.Contact).RefusedWith(new HoldFact("audit", new(year, month, day))));

    [Fact]
    public void A_loan_that_is_settled_ends_the_case()
    {
        var sample = In(Stage.Approval).Report(new LoanFact(WenchengLoan with { Outstanding = Money.Zero }), CaseContext.System);

        Assert.Equal((Outcome.Repaid, ReasonCodes.RepaidBeforehand), (sample.State.Outcome, sample.State.ReasonCode));
    }

    [Fact]
    public void A_maturity_that_moves_takes_the_deadlines_with_it()
    {
        var sample = In(Stage.Contact).Report(new LoanFact(WenchengLoan with { Maturity = new(2025, 6, 16) }), CaseContext.System);

        Assert.Equal(new DateOnly(2025, 5, 16), sample.State.ContactDeadline.Date);
        Assert.Equal(BeijingTime.StartOf(new(2025, 5, 17)), sample.State.Task(TaskKind.ContactDeadline)!.DueAt);
        Assert.Equal(BeijingTime.StartOf(new(2025, 6, 16)), sample.State.Task(TaskKind.LastDay)!.DueAt);
    }

    [Fact]
    public void Effects_are_tried_again_with_growing_pauses_and_then_wait_for_an_operator()
    {
        var sample = Open();
        foreach (var minutes in sample.State.Policy.Delivery.RetryMinutes)
        {
            sample.Deliver(EffectResult.Failed);
            var effect = Assert.Single(sample.State.PendingEffects);
            Assert.Equal(sample.Now.AddMinutes(minutes), effect.NotBefore);
            sample.At(effect.NotBefore);
        }

        sample.Deliver(EffectResult.Failed);
        Assert.Empty(sample.State.PendingEffects);
        var dead = Assert.Single(sample.State.DeadLetters);

        sample.Redrive(dead.Key).Deliver();
        Assert.Empty(sample.State.DeadLetters);
        Assert.Empty(sample.State.PendingEffects);
    }

    [Fact]
    public void An_effect_that_is_refused_for_good_waits_for_an_operator_at_once() =>
        Assert.Single(Open().Deliver(EffectResult.Refused).State.DeadLetters);
}
