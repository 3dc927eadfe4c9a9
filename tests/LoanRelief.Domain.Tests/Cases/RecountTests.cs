using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;
using Xunit;

namespace LoanRelief.Domain.Tests.Cases;

/// <summary>What becomes of a case when holidays become known that it had to guess at. The notice for 2027 is invented.</summary>
public class RecountTests
{
    /// <summary>The Spring Festival from Friday 02-05 to Friday 02-12; the Sunday 01-31 and the Saturday 02-20 are worked.</summary>
    private static readonly BusinessCalendar Published = BusinessCalendar.China.With(new Dictionary<int, HolidayYear>
    {
        [2027] = new(["示例〔2026〕1号"],
        [
            new("元旦", new(2027, 1, 1), new(2027, 1, 3)),
            new("春节", new(2027, 2, 5), new(2027, 2, 12)) { MakeUpDays = [new(2027, 1, 31), new(2027, 2, 20)] },
            new("中秋节", new(2027, 9, 15), new(2027, 9, 15)),
        ]),
    });

    /// <summary>A month before it is 02-08, a Monday and by the notice a day off: the deadline becomes Thursday 02-04.</summary>
    private static readonly DateOnly InFestival = new(2027, 3, 8);

    /// <summary>A month before it is Saturday 02-20, by the notice a working day: the deadline of 02-19 becomes 02-20.</summary>
    private static readonly DateOnly OnMakeUpDay = new(2027, 3, 20);

    [Fact]
    public void A_case_in_a_year_that_is_not_known_says_so_everywhere()
    {
        var sample = Open(InFestival, At(1, 25));

        Assert.Equal(new BusinessDate(new(2027, 2, 8), true), sample.State.ContactDeadline);
        Assert.Equal([(TaskKind.LastDay, false), (TaskKind.ContactDeadline, true), (TaskKind.ContactBorrower, true)], sample.State.Tasks.Select(task => (task.Kind, task.Provisional)));
        Assert.True(Assert.Single(sample.Effects).Details.Provisional);
        Assert.True(sample.State.IsProvisional);
    }

    [Fact]
    public void The_deadline_moves_with_its_task_and_its_reminders_and_the_institution_hears_of_it()
    {
        var sample = Open(InFestival, At(1, 25)).At(At(1, 26)).Recount(Published);

        Assert.Equal(new BusinessDate(new(2027, 2, 4), false), sample.State.ContactDeadline);
        var step = sample.Steps[^1];
        Assert.Equal(("calendar", CaseContext.System), (step.Cause, step.By));
        Assert.Equal(new ContactDeadlineRecounted(new(new(2027, 2, 8), true), new(new(2027, 2, 4), false)), step.Events[0]);
        Assert.Equal(At(2, 5, 0), sample.State.Task(TaskKind.ContactDeadline)!.DueAt);
        // 10 days before 02-08 was 01-29; 5 days before 02-04 is 01-30, a Saturday, so Friday 01-29 all the same.
        Assert.Equal((At(1, 29, 9), false), (sample.State.Task(TaskKind.ContactBorrower)!.DueAt, sample.State.Task(TaskKind.ContactBorrower)!.Provisional));
        var told = sample.Effects.Last();
        Assert.Equal((EffectKinds.ContactDeadlineMoved, At(2, 5, 0), At(2, 9, 0)), (told.Kind, told.Details.Deadline!.Value, told.Details.DeadlineBefore!.Value));
        Assert.Equal((null, null), (told.Details.Provisional, told.Details.BreachCleared));
        Assert.False(sample.State.IsProvisional);
    }

    [Fact]
    public void What_rests_on_no_such_year_is_left_alone()
    {
        var sample = SampleCase.Open();

        Assert.Single(sample.Recount(Published).Steps);
    }

    [Fact]
    public void A_second_time_changes_nothing()
    {
        var sample = Open(InFestival, At(1, 25)).Recount(Published);

        Assert.Equal(2, sample.Recount(Published).At(At(1, 27)).Recount(Published).Steps.Count);
    }

    [Fact]
    public void A_closed_case_stays_as_it_was_closed()
    {
        var sample = Open(InFestival, At(1, 25)).Report(new WithdrawalFact("sold the shop"));

        Assert.True(sample.Recount(Published).State.ContactDeadline.Provisional);
    }

    [Fact]
    public void A_deadline_that_would_have_gone_by_is_today_for_nobody_can_keep_what_they_learn_of_afterwards()
    {
        var sample = Open(InFestival, At(1, 25)).PassUntil(At(2, 6)).Recount(Published);

        Assert.Equal(new BusinessDate(new(2027, 2, 6), false), sample.State.ContactDeadline);
        Assert.False(sample.State.ContactBreached);
        Assert.True(sample.PassUntil(At(2, 7, 0)).State.ContactBreached);
    }

    [Fact]
    public void A_contact_that_was_in_time_stays_so()
    {
        var sample = Open(InFestival, At(1, 25)).PassUntil(At(2, 8)).Contacted().At(At(2, 10)).Recount(Published);

        Assert.Equal((new BusinessDate(new(2027, 2, 8), false), false), (sample.State.ContactDeadline, sample.State.ContactBreached));
        Assert.DoesNotContain(sample.Effects, effect => effect.Kind == EffectKinds.ContactDeadlineMoved);
    }

    [Fact]
    public void Evidence_that_comes_late_of_a_contact_that_was_in_time_when_it_was_made_still_counts()
    {
        var sample = Open(InFestival, At(1, 25)).PassUntil(At(2, 9)).Recount(Published);
        Assert.True(sample.State.ContactBreached);

        sample.Report(new ContactFact(ContactChannel.Visit, true, "form-9", new(2027, 2, 8)));

        Assert.False(sample.State.ContactBreached);
    }

    [Fact]
    public void A_breach_is_cleared_while_there_is_time_by_the_new_deadline_and_stands_once_that_goes_by_too()
    {
        var sample = Open(OnMakeUpDay, At(2, 5)).PassUntil(At(2, 20));
        Assert.True(sample.State.ContactBreached);

        sample.Recount(Published);

        Assert.False(sample.State.ContactBreached);
        Assert.Equal(At(2, 21, 0), sample.State.Task(TaskKind.ContactDeadline)!.DueAt);
        Assert.Contains(new ContactBreachCleared(null), sample.Steps[^1].Events);
        Assert.True(sample.Effects.Last().Details.BreachCleared);
        Assert.True(sample.PassUntil(At(2, 21, 0)).State.ContactBreached);
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public void A_late_contact_is_no_breach_when_it_was_in_time_by_the_new_deadline_and_stays_one_when_it_was_not(int day, bool breached)
    {
        var sample = Open(OnMakeUpDay, At(2, 5)).PassUntil(At(2, day)).Contacted();
        Assert.True(sample.State.ContactBreached);

        sample.At(At(2, 22)).Recount(Published);

        Assert.Equal((Stage.Intent, breached), (sample.State.Stage, sample.State.ContactBreached));
        Assert.Equal(breached ? 0 : 1, sample.Effects.Count(effect => effect is { Kind: EffectKinds.ContactDeadlineMoved, Details.BreachCleared: true }));
    }

    [Theory]
    [InlineData("2027-01-27", "2027-02-03", "2027-02-02")] // Sunday 01-31 counts
    [InlineData("2027-02-03", "2027-02-10", "2027-02-18")] // 02-05 and 02-08 to 02-12 do not
    [InlineData("2027-02-15", "2027-02-22", "2027-02-20")]
    public void A_time_that_was_counted_in_working_days_is_counted_again(string contacted, string guessed, string counted)
    {
        var sample = Open(OnMakeUpDay, At(1, 25)).PassUntil(At(contacted)).Contacted();
        var answer = sample.State.Task(TaskKind.DeclareIntent)!;
        Assert.Equal((At(guessed, 9), true), (answer.DueAt, answer.Provisional));

        sample.Recount(Published);

        answer = sample.State.Task(TaskKind.DeclareIntent)!;
        Assert.Equal((At(counted, 9), false, 0), (answer.DueAt, answer.Provisional, answer.Chases));
        Assert.Contains(new TaskRecounted(TaskKind.DeclareIntent, At(guessed, 9), At(counted, 9), false, answer.Counted), sample.Steps[^1].Events);
    }

    [Fact]
    public void What_would_have_been_due_already_is_due_on_the_next_working_day_and_not_at_once()
    {
        // Due on Monday 02-22 by the guess; by the notice on Saturday 02-20, at nine.
        var sample = Open(OnMakeUpDay, At(1, 25)).PassUntil(At("2027-02-15")).Contacted().At(At(2, 20, 12)).Recount(Published);

        Assert.Equal(At(2, 22, 9), sample.State.Task(TaskKind.DeclareIntent)!.DueAt);
        Assert.DoesNotContain(sample.Effects, effect => effect.Kind == EffectKinds.IntentReminder);
        Assert.Equal(sample.Steps.Count, sample.Recount(Published).Steps.Count);
    }

    [Fact]
    public void A_reminder_that_is_counted_from_another_is_counted_again()
    {
        var sample = Open(OnMakeUpDay, At(1, 25)).PassUntil(At(2, 1)).Contacted().PassUntil(At(2, 4, 12));
        Assert.Equal(0, sample.State.Task(TaskKind.DeclareIntent)!.Chases);
        // The first reminder went out on Monday 02-08, five working days after 02-01; five more by the guess are 02-15.
        sample.PassUntil(At(2, 8, 12));
        Assert.Equal((1, At(2, 15, 9)), (sample.State.Task(TaskKind.DeclareIntent)!.Chases, sample.State.Task(TaskKind.DeclareIntent)!.DueAt));

        sample.Recount(Published);

        Assert.Equal((1, At(2, 19, 9)), (sample.State.Task(TaskKind.DeclareIntent)!.Chases, sample.State.Task(TaskKind.DeclareIntent)!.DueAt));
    }

    [Fact]
    public void The_day_of_an_announced_repayment_is_counted_again()
    {
        // Matures on Saturday 02-06: paid on Monday 02-08, by the notice on Monday 02-15; three days of grace.
        var sample = Open(new(2027, 2, 6), At(1, 4)).Contacted().Wants(IntentKind.Repay);
        Assert.Equal((At(2, 12, 0), true), (sample.State.Task(TaskKind.AwaitRepayment)!.DueAt, sample.State.Task(TaskKind.AwaitRepayment)!.Provisional));

        sample.Recount(Published);

        Assert.Equal((At(2, 19, 0), false), (sample.State.Task(TaskKind.AwaitRepayment)!.DueAt, sample.State.Task(TaskKind.AwaitRepayment)!.Provisional));
    }

    [Fact]
    public void A_proposal_that_had_to_guess_is_worked_out_again_until_somebody_has_decided_on_it()
    {
        var open = Proposed();
        Assert.True(open.State.Proposal!.Provisional);
        var guessed = open.State.Proposal.Relief.Interest.Paid;

        open.Recount(Published);

        // Paid on 2027-09-16: 545 days are 131,708.33, and 544 were 131,466.67.
        Assert.Equal((false, Money.FromYuan(241.66m)), (open.State.Proposal.Provisional, open.State.Proposal.Relief.Interest.Paid - guessed));
        Assert.Equal(2, open.Effects.Count(effect => effect.Kind == EffectKinds.ApprovalRequested));

        var decided = Proposed().Approved();
        Assert.Equal(guessed, decided.Recount(Published).State.Proposal!.Relief.Interest.Paid);
        Assert.True(decided.State.IsProvisional);

        static SampleCase Proposed() => Open(OnMakeUpDay, At(2, 1)).Contacted()
            .Report(new IntentFact(IntentKind.Extend, [new Extension(new(2027, 9, 15))]))
            .WithDocuments();
    }

    /// <summary>One day off more, and one day of interest: 546 days are 131,950.00, and 545 were 131,708.33.</summary>
    [Fact]
    public void A_proposal_that_had_not_to_guess_is_worked_out_again_when_the_year_is_corrected()
    {
        var corrected = Published.With(new Dictionary<int, HolidayYear>
        {
            [2027] = Published.Data.Years[2027] with { Holidays = [.. Published.Data.Years[2027].Holidays.SkipLast(1), new("中秋节", new(2027, 9, 15), new(2027, 9, 16))] },
        });
        var sample = Open(OnMakeUpDay, At(2, 1)).Recount(Published).Contacted().Report(new IntentFact(IntentKind.Extend, [new Extension(new(2027, 9, 15))])).WithDocuments();
        var before = sample.State.Proposal!;
        Assert.False(before.Provisional);

        // Two days later, which is no reason for other figures.
        sample.PassUntil(At(2, 3)).Recount(corrected);

        var after = sample.State.Proposal!;
        Assert.Equal((before.AsOf, Money.FromYuan(241.67m)), (after.AsOf, after.Relief.Interest.Paid - before.Relief.Interest.Paid));
        Assert.Equal(2, sample.Effects.Count(effect => effect.Kind == EffectKinds.ApprovalRequested));
        Assert.Equal(sample.Steps.Count, sample.Recount(corrected).Steps.Count);
    }

    [Fact]
    public void A_change_of_the_loan_that_leaves_the_deadline_alone_does_not_recount_it()
    {
        var sample = Open(InFestival, At(1, 25)).PassUntil(At(2, 6));
        var before = sample.State.ContactDeadline;

        sample.Recount(Published).Report(new LoanFact(sample.State.Loan with { InterestArrears = Money.FromYuan(100) }));

        Assert.Equal(new DateOnly(2027, 2, 8), before.Date);
        Assert.Equal(new DateOnly(2027, 2, 6), sample.State.ContactDeadline.Date);
    }

    private static SampleCase Open(DateOnly maturity, DateTimeOffset at) => SampleCase.Open(
        SampleCase.WenchengLoan with { DrawnOn = maturity.AddYears(-1), Maturity = maturity, RepaymentMethod = RepaymentMethod.Bullet }, at: at);

    private static DateTimeOffset At(int month, int day, int hour = 10) => BeijingTime.At(new(2027, month, day), new(hour, 0));

    private static DateTimeOffset At(string day, int hour = 10) => BeijingTime.At(DateOnly.ParseExact(day, "yyyy-MM-dd"), new(hour, 0));
}
