using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Stories;

/// <summary>What comes too late, and what was only reported late.</summary>
public class DeadlineStories(ScenarioHouse house) : Scenario(house)
{
    [Fact]
    public async Task A_late_contact_goes_on_and_stays_a_breach_on_record()
    {
        var file = await Bank.OpenAsync(Bank.NewLoan(maturity: Time.Today.AddMonths(1).AddDays(4)));
        var deadline = (await file.ReadAsync()).ContactDeadline.Date;
        await Time.PassUntilAsync(deadline);
        Assert.False((await file.ReadAsync()).ContactBreached);
        await Time.PassDaysAsync(1);

        Assert.Contains("contact.breached", file.Heard);
        var late = await file.ReportAsync(Contacted());
        Assert.Equal(("intent", true), (late.Stage, late.ContactBreached));
    }

    [Fact]
    public async Task Evidence_that_comes_late_of_a_contact_in_time_clears_the_breach()
    {
        var file = await Bank.OpenAsync(Bank.NewLoan(maturity: Time.Today.AddMonths(1).AddDays(4)));
        var deadline = (await file.ReadAsync()).ContactDeadline.Date;
        await Time.PassUntilAsync(deadline);
        await file.ReportAsync(NotReached, Contacted(evidence: null));
        await Time.PassDaysAsync(2);
        Assert.True((await file.ReadAsync()).ContactBreached);

        var cleared = await file.ReportAsync(Contacted(on: deadline));
        Assert.Equal(("intent", false, deadline), (cleared.Stage, cleared.ContactBreached, cleared.ContactedOn));
        var types = (await file.HistoryAsync()).Events.Select(HistoryView.TypeOf).Where(type => type.StartsWith("contact-breach", StringComparison.Ordinal));
        Assert.Equal(["contact-breached", "contact-breach-cleared"], types);
    }

    [Fact]
    public async Task A_loan_that_is_handed_over_after_its_contact_deadline_is_a_breach_from_the_start()
    {
        var file = await Bank.OpenAsync(Bank.NewLoan(daysToMaturity: 10));

        var state = await file.ReadAsync();
        Assert.Equal(("contact", true), (state.Stage, state.ContactBreached));
    }

    [Fact]
    public async Task A_loan_that_is_handed_over_after_its_last_day_is_closed_and_counted()
    {
        var file = await Bank.OpenAsync(Bank.NewLoan(daysToMaturity: 0));

        Assert.Equal("closed: lapsed, matured-beforehand", (await file.ReadAsync()).End);
    }

    [Theory]
    [InlineData("intent", "borrower-silent", "intent.reminder")]
    [InlineData("screening", "documents-missing", "documents.reminder")]
    [InlineData("approval", "not-decided-in-time", "approval.escalated")]
    [InlineData("secondReview", "not-decided-in-time", "review.escalated")]
    [InlineData("guarantee", "guarantor-silent", "consent.reminder")]
    public async Task A_case_that_is_not_signed_by_the_last_day_lapses_with_the_reason_of_its_stage(string stage, string reason, string chase)
    {
        var file = await Road.ToAsync(stage, Bank, daysToMaturity: 12);
        await Time.PassUntilAsync(file.Loan.Maturity.AddDays(-1));
        Assert.Equal(stage, (await file.ReadAsync()).Stage);

        await Time.PassDaysAsync(1);
        Assert.Equal($"closed: lapsed, {reason}", (await file.ReadAsync()).End);
        Assert.Contains(chase, file.Heard);
    }

    [Fact]
    public async Task A_signature_on_the_day_of_maturity_is_too_late_and_the_case_lapses()
    {
        var file = await Road.ToAsync("signature", Bank, daysToMaturity: 4);
        await Time.PassUntilAsync(file.Loan.Maturity);

        Assert.Equal(["signed-too-late"], (await file.RefusedAsync(SignedOn(Time.Today))).Codes);
        Assert.Equal(["in-the-future"], (await file.RefusedAsync(SignedOn(Time.Today.AddDays(1)))).Codes);
        await Time.PassDaysAsync(3);
        Assert.Equal("closed: lapsed, not-signed-in-time", (await file.ReadAsync()).End);
        Assert.Contains("signature.reminder", file.Heard);
    }

    [Fact]
    public async Task A_signature_in_time_may_be_reported_after_maturity()
    {
        var file = await Road.ToAsync("signature", Bank, daysToMaturity: 4);
        var lastDay = (await file.ReadAsync()).LastDay;
        await Time.PassUntilAsync(file.Loan.Maturity.AddDays(1));

        Assert.Equal("booking", (await file.ReportAsync(SignedOn(lastDay))).Stage);
        await file.ReportAsync(BookingFailed);
    }

    [Fact]
    public async Task Relief_is_not_asked_for_on_the_day_of_maturity()
    {
        var file = await Road.ToAsync("repayment", Bank, daysToMaturity: 3);
        await Time.PassUntilAsync(file.Loan.Maturity);

        Assert.Equal(["asked-too-late"], (await file.RefusedAsync(Wants("renew"))).Codes);
    }

    [Fact]
    public async Task A_repayment_that_does_not_come_is_awaited_for_some_days_past_maturity()
    {
        var file = await Road.ToAsync("repayment", Bank, daysToMaturity: 3);
        await Time.PassUntilAsync(file.Loan.Maturity.AddDays(3));
        Assert.Equal("repayment", (await file.ReadAsync()).Stage);

        // A maturity on a holiday is paid on the next working day.
        await Time.PassDaysAsync(11);
        Assert.Equal("closed: unpaid, not-repaid", (await file.ReadAsync()).End);
    }

    [Fact]
    public async Task A_hold_stops_reminders_and_decisions_but_not_the_contact_deadline()
    {
        var file = await Bank.OpenAsync(Bank.NewLoan(maturity: Time.Today.AddMonths(1).AddDays(5)));
        var deadline = (await file.ReadAsync()).ContactDeadline.Date;
        var until = deadline.AddDays(6);
        var held = await file.ReportAsync(Held(until));
        Assert.Equal(until, held.Hold!.Until);
        await Time.PassUntilAsync(until);

        Assert.Equal(["contact.requested", "contact.breached"], file.Heard);
        Assert.True((await file.ReadAsync()).ContactBreached);
        await Time.PassDaysAsync(1);
        var released = await file.ReadAsync();
        Assert.Null(released.Hold);
        await Time.MoveToAsync(released.NextDeadline!.Value);
        Assert.Equal("contact.escalated", file.Heard.Last());
    }

    [Fact]
    public async Task A_hold_over_the_last_day_does_not_save_the_case()
    {
        var file = await Road.ToAsync("intent", Bank, daysToMaturity: 5);
        await file.ReportAsync(Held(Time.Today.AddDays(20)));
        Assert.Equal(["case-on-hold"], (await file.NotNowAsync(Wants("renew"))).Codes);

        await Time.PassUntilAsync(file.Loan.Maturity);
        Assert.Equal("closed: lapsed, borrower-silent", (await file.ReadAsync()).End);
        Assert.DoesNotContain("intent.reminder", file.Heard);
    }

    [Fact]
    public async Task A_hold_that_is_released_goes_on_where_it_was()
    {
        var file = await Road.ToAsync("approval", Bank);
        await file.ReportAsync(Held());
        Assert.Equal(["hold-too-long"], (await RefusedInOtherCaseAsync()).Codes);

        Assert.Equal("signature", (await file.ReportAsync(Released, Approved())).Stage);

        async Task<Problem> RefusedInOtherCaseAsync() =>
            await (await Road.ToAsync("contact", Bank)).RefusedAsync(Held(Time.Today.AddDays(31)));
    }
}
