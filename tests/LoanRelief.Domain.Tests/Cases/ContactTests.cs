using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using Xunit;
using static LoanRelief.Domain.Tests.Cases.SampleCase;

namespace LoanRelief.Domain.Tests.Cases;

public class ContactTests
{
    [Fact]
    public void A_case_opens_with_the_request_to_speak_with_the_borrower()
    {
        var sample = Open();

        Assert.Equal(Stage.Contact, sample.State.Stage);
        Assert.Equal(new DateOnly(2025, 4, 15), sample.State.ContactDeadline.Date);
        Assert.Equal(EffectKinds.ContactRequested, Assert.Single(sample.State.PendingEffects).Kind);
        Assert.Equal([TaskKind.LastDay, TaskKind.ContactDeadline, TaskKind.ContactBorrower], sample.State.Tasks.Select(task => task.Kind));
    }

    [Fact]
    public void Contact_with_evidence_leads_on_to_the_intent()
    {
        var sample = Open().Report(new ContactFact(ContactChannel.Phone, Reached: true, "recording-1"));

        Assert.Equal(Stage.Intent, sample.State.Stage);
        Assert.Equal(new DateOnly(2025, 4, 1), sample.State.ContactedOn);
        Assert.Null(sample.State.Task(TaskKind.ContactDeadline));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(false, "recording-1")]
    [InlineData(true, null)]
    public void An_attempt_without_answer_or_without_evidence_is_kept_and_does_not_count(bool reached, string? evidence)
    {
        var sample = Open().Report(new ContactFact(ContactChannel.Phone, reached, evidence));

        Assert.Equal(Stage.Contact, sample.State.Stage);
        Assert.Equal(1, sample.State.ContactAttempts);
        Assert.Null(sample.State.ContactedOn);
    }

    [Fact]
    public void Reminders_come_10_5_2_and_0_days_before_the_deadline_on_working_days_and_then_every_third_working_day()
    {
        var sample = Open().PassUntil(Morning(4, 25, 23));

        var reminders = sample.Effects.Where(effect => effect.Kind is EffectKinds.ContactReminder or EffectKinds.ContactEscalated)
            .Select(effect => $"{effect.AskedAt:MM-dd HH:mm} {effect.Kind}");
        // 04-05 lies in the Qingming holiday (04-04 to 04-06), 04-13 on a Sunday: each a working day earlier.
        Assert.Equal(
        [
            "04-03 09:00 contact.reminder",
            "04-10 09:00 contact.reminder",
            "04-11 09:00 contact.reminder",
            "04-15 09:00 contact.escalated",
            "04-18 09:00 contact.escalated",
            "04-23 09:00 contact.escalated",
        ], reminders);
    }

    [Fact]
    public void The_deadline_without_evidence_is_a_breach_on_record_at_the_end_of_the_day()
    {
        var sample = Open();

        Assert.False(sample.PassUntil(Morning(4, 15, 23)).State.ContactBreached);
        Assert.True(sample.PassUntil(Morning(4, 16, 0)).State.ContactBreached);
        Assert.Contains(sample.Effects, effect => effect.Kind == EffectKinds.ContactBreached);
        Assert.Equal(Stage.Contact, sample.State.Stage);
    }

    [Fact]
    public void A_late_contact_goes_on_and_stays_a_breach()
    {
        var sample = Open().PassUntil(Morning(4, 17)).Contacted();

        Assert.Equal(Stage.Intent, sample.State.Stage);
        Assert.True(sample.State.ContactBreached);
    }

    [Fact]
    public void Evidence_that_comes_late_of_a_contact_in_time_clears_the_breach()
    {
        var sample = Open().PassUntil(Morning(4, 17)).Report(new ContactFact(ContactChannel.Visit, true, "form-9", new(2025, 4, 14)));

        Assert.False(sample.State.ContactBreached);
        Assert.Contains(new ContactBreachCleared(new(2025, 4, 14)), sample.Steps.SelectMany(step => step.Events));
    }

    [Fact]
    public void A_breach_that_comes_to_light_with_the_late_contact_itself_is_recorded_first()
    {
        var sample = Open().At(Morning(4, 17)).Contacted();

        Assert.True(sample.State.ContactBreached);
    }

    [Fact]
    public void A_loan_that_comes_too_late_is_a_breach_from_the_start()
    {
        var sample = Open(at: Morning(5, 2));

        Assert.True(sample.State.ContactBreached);
        Assert.Equal(Stage.Contact, sample.State.Stage);
    }

    [Theory]
    [InlineData(4, 2, "in-the-future")]
    [InlineData(3, 1, "contact-too-long-ago")]
    public void A_contact_is_not_in_the_future_and_not_from_long_before_the_case(int month, int day, string code) =>
        Assert.Equal(code, Open().RefusedWith(new ContactFact(ContactChannel.Phone, true, "x", new(2025, month, day))));

    [Fact]
    public void Silence_to_the_end_closes_the_case_as_lapsed_the_day_before_maturity()
    {
        var sample = Open().PassUntil(Morning(5, 14, 23));
        Assert.Equal(Stage.Contact, sample.State.Stage);

        sample.PassUntil(Morning(5, 15, 0));
        Assert.Equal((Outcome.Lapsed, ReasonCodes.BorrowerNotReached), (sample.State.Outcome, sample.State.ReasonCode));
        Assert.Null(sample.State.NextDeadline);
    }

    [Theory]
    [InlineData(ExclusionList.Zombie, ReasonCodes.ListedZombie)]
    [InlineData(ExclusionList.Shell, ReasonCodes.ListedShell)]
    [InlineData(ExclusionList.Dishonest, ReasonCodes.ListedDishonest)]
    public void A_borrower_on_an_exclusion_list_is_closed_and_counted_at_once(ExclusionList list, string reason)
    {
        var sample = Open(WenchengLoan with { Borrower = WenchengLoan.Borrower with { Exclusions = [list] } });

        Assert.Equal((Outcome.Excluded, reason), (sample.State.Outcome, sample.State.ReasonCode));
    }

    [Fact]
    public void A_loan_past_its_last_day_is_closed_and_counted_at_once()
    {
        var sample = Open(at: Morning(5, 15));

        Assert.Equal((Outcome.Lapsed, ReasonCodes.MaturedBeforehand), (sample.State.Outcome, sample.State.ReasonCode));
    }
}
