using System.Collections.Concurrent;
using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Jobs;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LoanRelief.Tables.Tests.Desk;

/// <summary>The desk over real storage: what a loan's life does to the scan and to its cases.</summary>
public sealed class DeskTests(Azurite azurite) : StoreTests(azurite), ICaseSignal, IEventChannel
{
    private static readonly Caller Manager = new("zhang.san");
    private static readonly Caller Core = new("core");

    private readonly ConcurrentQueue<OutgoingEvent> _sent = new();
    private readonly BusinessClock _clock = BusinessClock.Simulated(Samples.Start, speed: 0);

    private ServiceProvider Services => field ??= Start();

    private ServiceProvider Start() => Desks.Over(Stores, _clock, this, this);

    private CaseDesk Desk => Services.GetRequiredService<CaseDesk>();

    private LoanDesk LoanDesk => Services.GetRequiredService<LoanDesk>();

    private static Loan Loan => Samples.Loan(Samples.Bank, Samples.Number(1)) with { Guarantors = [] };

    [Fact]
    public async Task A_loan_gets_one_case_for_its_maturity_and_another_for_the_maturity_that_an_extension_gave_it()
    {
        await RegisterAsync();
        await LoanDesk.PutAsync(Loan, Cancellation);
        Assert.Equal(0, await ScanAsync(new(2025, 1, 20))); // the contact deadline is 2025-02-10
        Assert.Equal(1, await ScanAsync(new(2025, 1, 26)));
        Assert.Equal(0, await ScanAsync(new(2025, 1, 27)));
        var first = new CaseId(Samples.Bank, Loan.Number, 1);

        await ExtendAsync(first);
        await LoanDesk.PutAsync(Loan with { Maturity = new(2025, 9, 10), OriginalMaturity = Loan.Maturity }, Cancellation);
        Assert.Equal(0, await ScanAsync(new(2025, 1, 28)));
        _clock.MoveTo(BeijingTime.At(new(2025, 3, 20), new(10, 0)));
        await Desk.AdvanceAsync(first, Cancellation);
        Assert.Equal(Outcome.Extended, (await Stores.Cases.FindAsync(first, Cancellation))!.State.Outcome);

        Assert.Equal(0, await ScanAsync(new(2025, 7, 1)));
        Assert.Equal(1, await ScanAsync(new(2025, 7, 27)));
        Assert.Equal(new DateOnly(2025, 9, 10), (await Stores.Cases.FindAsync(first.Next(), Cancellation))!.State.Loan.Maturity);
    }

    [Fact]
    public async Task A_case_that_was_not_told_of_a_change_because_the_program_ended_is_told_by_the_scan()
    {
        await RegisterAsync();
        await LoanDesk.PutAsync(Loan, Cancellation);
        await ScanAsync(new(2025, 1, 26));
        var stored = (await Stores.Loans.FindAsync(Samples.Bank, Loan.Number, Cancellation))!;
        // What PutAsync does before it tells the case.
        await Stores.Loans.PutAsync(stored, Loan with { Outstanding = Money.Zero }, stored.Watch with { ScanOn = new(2025, 1, 26) }, Cancellation);

        await ScanAsync(new(2025, 1, 27));

        var state = (await Stores.Cases.FindAsync(new(Samples.Bank, Loan.Number, 1), Cancellation))!.State;
        Assert.Equal((Outcome.Repaid, ReasonCodes.RepaidBeforehand), (state.Outcome, state.ReasonCode));
        Assert.Null((await Stores.Loans.FindAsync(Samples.Bank, Loan.Number, Cancellation))!.Watch.ScanOn);
    }

    [Fact]
    public async Task Many_loans_at_once_are_taken_in_like_each_by_itself()
    {
        await RegisterAsync();
        var other = Loan with { Number = Samples.Number(2) };
        await LoanDesk.PutAsync(Loan, Cancellation);
        await LoanDesk.PutAsync(other, Cancellation);
        await ScanAsync(new(2025, 1, 26));
        var added = Enumerable.Range(10, 40).Select(n => Loan with { Number = Samples.Number(n) }).ToList();
        List<Loan> book =
        [
            .. added, Loan with { Outstanding = Money.Zero }, other, Loan with { Number = Samples.Number(99), Maturity = Loan.DrawnOn },
            added[0] with { Renewals = 1 },
        ];

        var answers = await LoanDesk.PutManyAsync(Samples.Bank, book, null, Cancellation);
        var again = await LoanDesk.PutManyAsync(Samples.Bank, [.. book.Skip(1)], null, Cancellation);

        Assert.All(answers.Take(40), answer => Assert.Equal(LoanChangeKind.Added, KindOf(answer)));
        Assert.Equal([LoanChangeKind.Changed, LoanChangeKind.None, null, LoanChangeKind.Changed], answers.Skip(40).Select(KindOf));
        Assert.All(again.Where(answer => answer is PutLoanAnswer.Stored), answer => Assert.Equal(LoanChangeKind.None, KindOf(answer)));
        Assert.Equal(1, (await Stores.Loans.FindAsync(Samples.Bank, added[0].Number, Cancellation))!.Loan.Renewals);
        Assert.Equal(Outcome.Repaid, (await Stores.Cases.FindAsync(new(Samples.Bank, Loan.Number, 1), Cancellation))!.State.Outcome);
        Assert.Equal(40, await ScanAsync(new(2025, 1, 27)));

        static LoanChangeKind? KindOf(PutLoanAnswer answer) => (answer as PutLoanAnswer.Stored)?.Kind;
    }

    [Fact]
    public async Task After_a_restart_a_case_finds_the_policies_that_it_began_with_though_later_versions_came()
    {
        await RegisterAsync();
        await LoanDesk.PutAsync(Loan, Cancellation);
        var (policies, rules) = (Services.GetRequiredService<PolicyDesk>(), PolicyPacks.Shipped.Single(pack => pack.Id.Value == "general-rules-of-loans"));
        await policies.PutAsync(rules, null, Cancellation);
        await ScanAsync(new(2025, 1, 26));
        await policies.PutAsync(rules with { EffectiveUntil = new(2025, 1, 1) }, null, Cancellation);

        await using var restarted = Start();
        var answer = await restarted.GetRequiredService<CaseDesk>()
            .ReportAsync(new(Samples.Bank, Loan.Number, 1), new ContactFact(ContactChannel.Visit, Reached: true, "form"), Manager, null, Cancellation);

        var state = Assert.IsType<DeskAnswer.Done>(answer).Case.State;
        Assert.Contains(new PolicyPackReference(rules.Id, 2), state.Packs);
        Assert.Equal(3, (await restarted.GetRequiredService<PolicyDesk>().FindLatestAsync(rules.Id, Cancellation))!.Version);
    }

    [Fact]
    public async Task The_same_key_does_a_thing_once_and_another_thing_not_at_all()
    {
        await RegisterAsync();
        await LoanDesk.PutAsync(Loan, Cancellation);
        await ScanAsync(new(2025, 1, 26));
        var id = new CaseId(Samples.Bank, Loan.Number, 1);
        var contact = new ContactFact(ContactChannel.Phone, Reached: false);

        Assert.True(Assert.IsType<DeskAnswer.Done>(await Desk.ReportAsync(id, contact, new("zhang.san", "a#b", "F1"), null, Cancellation)).Changed);
        Assert.False(Assert.IsType<DeskAnswer.Done>(await Desk.ReportAsync(id, contact, new("zhang.san", "a#b", "F1"), null, Cancellation)).Changed);
        Assert.IsType<DeskAnswer.KeyReused>(await Desk.ReportAsync(id, contact, new("zhang.san", "a#b", "F2"), null, Cancellation));
        Assert.True(Assert.IsType<DeskAnswer.Done>(await Desk.ReportAsync(id, contact, new("zhang.san", "a", "F1"), null, Cancellation)).Changed);
        Assert.Equal(2, (await Stores.Cases.FindAsync(id, Cancellation))!.State.ContactAttempts);
    }

    [Fact]
    public async Task Of_reminders_that_were_missed_the_latest_goes_out_for_each_due_date()
    {
        await RegisterAsync();
        await LoanDesk.PutAsync(Loan, Cancellation);
        var job = Services.GetRequiredService<DailyJobs>().All.Single(each => each.Name == "due-date-reminders");
        _clock.MoveTo(BeijingTime.At(new(2025, 3, 8), new(10, 0)));

        await Services.GetRequiredService<DailyJobs>().RunNowAsync(job, Cancellation);
        await Services.GetRequiredService<DailyJobs>().RunNowAsync(job, Cancellation);

        // 2025-03-10 is the maturity; three days before it is the last of the reminders that are due by 03-08.
        Assert.Single(_sent, sent => sent.Id.EndsWith("/due/2025-03-10/3", StringComparison.Ordinal));
        Assert.DoesNotContain(_sent, sent => sent.Id.Contains("/due/2025-03-10/7", StringComparison.Ordinal));
        Assert.Equal(_sent.Select(sent => sent.Id).Distinct().Count(), _sent.Count);
    }

    void ICaseSignal.Changed(CaseId id, DateTimeOffset? dueAt)
    {
    }

    Task<Delivery> IEventChannel.DeliverAsync(Institution institution, OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        _sent.Enqueue(outgoing);
        return Task.FromResult(new Delivery(DeliveryStatus.Delivered, "200"));
    }

    private Task RegisterAsync() => Stores.Institutions.PutAsync(Samples.Institution(Samples.Bank), Cancellation);

    /// <returns>How many cases were opened.</returns>
    private async Task<int> ScanAsync(DateOnly day)
    {
        if (BeijingTime.At(day, new(12, 0)) is var noon && noon > _clock.GetUtcNow())
            _clock.MoveTo(noon);
        var jobs = Services.GetRequiredService<DailyJobs>();
        return (await jobs.RunNowAsync(jobs.All.Single(job => job.Name == "maturity-scan"), Cancellation)).Counts["opened"];
    }

    private async Task ExtendAsync(CaseId id)
    {
        await ReportAsync(id, new ContactFact(ContactChannel.Visit, Reached: true, "form"), Manager);
        await ReportAsync(id, new IntentFact(IntentKind.Extend), Manager);
        await ReportAsync(id, new DocumentsFact(["application", "business-licence"]), Manager);
        await ReportAsync(id, new ApprovalFact(ApprovalDecision.Approve, ApprovalLevel.CreditCommittee), new("li.si"));
        await ReportAsync(id, new SignatureFact("HT-1", BeijingTime.DateOf(_clock.GetUtcNow())), Manager);
        await ReportAsync(id, new BookingFact(BookingResult.Confirmed, "CORE-1"), Core);
    }

    private async Task ReportAsync(CaseId id, Fact fact, Caller caller) =>
        Assert.True(Assert.IsType<DeskAnswer.Done>(await Desk.ReportAsync(id, fact, caller, null, Cancellation)).Changed);
}

internal static class CaseIds
{
    public static CaseId Next(this CaseId id) => new(id.Institution, id.Loan, id.Ordinal + 1);
}
