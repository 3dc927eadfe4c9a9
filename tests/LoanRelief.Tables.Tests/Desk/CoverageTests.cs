using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Coverage;
using LoanRelief.Desk.Jobs;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Values;
using LoanRelief.Tables.Tests.Kit;
using LoanRelief.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LoanRelief.Tables.Tests.Desk;

/// <summary>The proof that no maturing loan was dropped, over real storage.</summary>
public sealed class CoverageTests(Azurite azurite) : StoreTests(azurite), ICaseSignal, IEventChannel
{
    private static readonly DayWindow March = new(new(2025, 3, 1), new(2025, 3, 31));
    private static readonly DateOnly MidMarch = new(2025, 3, 10); // the scan opens its case on 2025-01-26

    private readonly BusinessClock _clock = BusinessClock.Simulated(Samples.Start, speed: 0);

    private ServiceProvider Services => field ??= Desks.Over(Stores, _clock, this, this);

    private CoverageDesk Coverage => Services.GetRequiredService<CoverageDesk>();

    [Fact]
    public async Task Every_loan_has_a_case_or_one_reason_and_the_figures_foot()
    {
        await HaveOneOfEachAsync();

        var coverage = await Coverage.CountAsync(Samples.Bank, March, Cancellation);

        Assert.Equal(new DateOnly(2025, 1, 26), coverage.ScannedUpTo);
        Assert.Equal(
            [(ScanVerdict.CaseOpened, 2), (ScanVerdict.Settled, 1), (ScanVerdict.Moved, 1), (ScanVerdict.Ahead, 1), (ScanVerdict.Due, 1), (ScanVerdict.OtherCaseOpen, 0), (ScanVerdict.Unexplained, 1)],
            coverage.Verdicts.OrderBy(each => each.Key).Select(each => (each.Key, each.Value.Loans)));
        Assert.Equal(new LoanFigure(7, Money.FromYuan(12_000_000)), coverage.All);
        Assert.Equal(Money.Zero, coverage.Verdicts[ScanVerdict.Settled].Outstanding);
    }

    [Fact]
    public async Task A_run_that_is_repeated_changes_neither_the_count_nor_the_loans_behind_it()
    {
        await HaveOneOfEachAsync();
        await ScanAsync(); // takes the one that had come too late for the run before
        var (before, loans) = (await Coverage.CountAsync(Samples.Bank, March, Cancellation), await LoansAsync(March));

        await ScanAsync();

        Assert.Equal(before.Verdicts.OrderBy(each => each.Key), (await Coverage.CountAsync(Samples.Bank, March, Cancellation)).Verdicts.OrderBy(each => each.Key));
        Assert.Equal(loans.Select(Json), (await LoansAsync(March)).Select(Json));
        Assert.Equal(0, before.Verdicts[ScanVerdict.Due].Loans);
    }

    [Fact]
    public async Task The_loans_behind_a_figure_come_page_by_page_without_a_gap_or_a_repeat()
    {
        await HaveOneOfEachAsync();

        var all = await LoansAsync(March);
        Assert.Equal(all.Select(loan => loan.Entry).OrderBy(entry => entry.On).ThenBy(entry => entry.Loan.Value, StringComparer.Ordinal), all.Select(loan => loan.Entry));
        foreach (var size in new[] { 1, 2, 3, 7, 8 })
        {
            Assert.Equal(all.Select(Json), (await LoansAsync(March, size)).Select(Json));
            foreach (var verdict in Enum.GetValues<ScanVerdict>())
                Assert.Equal(all.Where(loan => loan.Verdict == verdict).Select(Json), (await LoansAsync(March, size, verdict)).Select(Json));
        }
    }

    [Fact]
    public async Task A_loan_that_was_extended_stays_covered_at_the_maturity_that_its_case_was_about()
    {
        var loan = await HaveAsync(1, MidMarch);
        await ScanAsync();
        var first = new CaseId(Samples.Bank, loan.Number, 1);
        await ExtendAsync(first);
        var extended = loan with { Maturity = new(2025, 9, 10), OriginalMaturity = loan.Maturity };
        await PutAsync(extended);
        await ScanAsync();

        Assert.Equal((ScanVerdict.CaseOpened, first), Only(await LoansAsync(March)));
        Assert.Equal((ScanVerdict.Ahead, null), Only(await LoansAsync(September)));

        // While the case is in its follow-up, the loan comes near its new maturity: that has to wait.
        await PutAsync(extended with { Maturity = new(2025, 3, 20) });
        Assert.Equal([(ScanVerdict.CaseOpened, first), (ScanVerdict.OtherCaseOpen, first)], (await LoansAsync(March)).Select(covered => (covered.Verdict, covered.Case!.Value)));

        // The case ends, another is opened for the new maturity, and the first still counts where it was.
        _clock.MoveTo(BeijingTime.At(new(2025, 3, 18), new(10, 0)));
        await Services.GetRequiredService<CaseDesk>().AdvanceAsync(first, Cancellation);
        await ScanAsync();
        Assert.Equal([(ScanVerdict.CaseOpened, first), (ScanVerdict.CaseOpened, first.Next())], (await LoansAsync(March)).Select(covered => (covered.Verdict, covered.Case!.Value)));
        Assert.Equal((ScanVerdict.Moved, null), Only(await LoansAsync(September)));
    }

    [Fact]
    public async Task A_change_that_never_reached_the_book_is_not_counted()
    {
        await HaveAsync(1, MidMarch);
        // The row of the new maturity is written, and then the program ends.
        Stores.Proxy.Before = request => Task.FromResult(request.Kind == StorageRequestKind.Transaction ? ProxyVerdict.Drop : ProxyVerdict.Pass);
        var stored = (await Stores.Loans.FindAsync(Samples.Bank, Samples.Number(1), Cancellation))!;
        await Assert.ThrowsAnyAsync<Exception>(() => Stores.Loans.PutAsync(stored, stored.Loan with { Maturity = new(2025, 9, 10) }, stored.Watch, Cancellation));
        Stores.Proxy.Before = null;

        Assert.Empty(await LoansAsync(September));
        Assert.Equal(0, (await Coverage.CountAsync(Samples.Bank, September, Cancellation)).All.Loans);
        Assert.Equal((ScanVerdict.Ahead, null), Only(await LoansAsync(March)));
    }

    [Fact]
    public async Task It_costs_by_the_window_and_not_by_the_book()
    {
        await HaveAsync(1, MidMarch);
        await HaveAsync(2, MidMarch);
        var small = await Stores.CountAsync(() => Coverage.CountAsync(Samples.Bank, March, Cancellation));
        await Services.GetRequiredService<LoanDesk>().PutManyAsync(Samples.Bank, [.. Enumerable.Range(100, 500).Select(n => NewLoan(n, new DateOnly(2025, 4, 1).AddDays(n % 200)))], null, Cancellation);
        var large = await Stores.CountAsync(() => Coverage.CountAsync(Samples.Bank, March, Cancellation));

        // The mark of the scan, and for each loan itself and its cases.
        Assert.Equal((1 + 2 * 2, 1), (small.PointReads, small.Queries));
        Assert.Equal(small, large);
    }

    private static DayWindow September => new(new(2025, 9, 1), new(2025, 9, 30));

    void ICaseSignal.Changed(CaseId id, DateTimeOffset? dueAt)
    {
    }

    Task<Delivery> IEventChannel.DeliverAsync(Institution institution, OutgoingEvent outgoing, CancellationToken cancellationToken) =>
        Task.FromResult(new Delivery(DeliveryStatus.Delivered, "200"));

    /// <summary>Loans of every verdict but one that mature in March; the last is one that the program would have dropped.</summary>
    private async Task HaveOneOfEachAsync()
    {
        await HaveAsync(1, MidMarch);
        await HaveAsync(2, MidMarch.AddDays(-1));
        await PutAsync(NewLoan(3, MidMarch) with { Outstanding = Money.Zero });
        await HaveAsync(4, MidMarch);
        await PutAsync(NewLoan(4, new(2025, 6, 10)));
        await HaveAsync(5, new(2025, 3, 31));
        await HaveAsync(6, new(2025, 4, 1));
        await ScanAsync();
        await HaveAsync(7, MidMarch.AddDays(-2));
        var dropped = (await HaveAsync(8, MidMarch)).Number;
        var stored = (await Stores.Loans.FindAsync(Samples.Bank, dropped, Cancellation))!;
        await Stores.Loans.PutAsync(stored, stored.Loan, stored.Watch with { ScanOn = null }, Cancellation);
    }

    private async Task<Loan> HaveAsync(int number, DateOnly maturity) => await PutAsync(NewLoan(number, maturity));

    private static Loan NewLoan(int number, DateOnly maturity) => Samples.Loan(Samples.Bank, Samples.Number(number), maturity) with { Guarantors = [] };

    private async Task<Loan> PutAsync(Loan loan)
    {
        await Stores.Institutions.PutAsync(Samples.Institution(Samples.Bank), Cancellation);
        Assert.IsType<PutLoanAnswer.Stored>(await Services.GetRequiredService<LoanDesk>().PutAsync(loan, Cancellation));
        return loan;
    }

    private async Task ScanAsync()
    {
        var day = BeijingTime.At(new(2025, 1, 26), new(12, 0));
        if (day > _clock.GetUtcNow())
            _clock.MoveTo(day);
        var jobs = Services.GetRequiredService<DailyJobs>();
        await jobs.RunNowAsync(jobs.All.Single(job => job.Name == MaturityScan.JobName), Cancellation);
    }

    private async Task ExtendAsync(CaseId id)
    {
        var desk = Services.GetRequiredService<CaseDesk>();
        foreach (var (fact, by) in new (Fact, string)[]
        {
            (new ContactFact(ContactChannel.Visit, Reached: true, "form"), "zhang.san"), (new IntentFact(IntentKind.Extend), "zhang.san"),
            (new DocumentsFact(["application", "business-licence"]), "zhang.san"), (new ApprovalFact(ApprovalDecision.Approve, ApprovalLevel.CreditCommittee), "li.si"),
            (new SignatureFact("HT-1", BeijingTime.DateOf(_clock.GetUtcNow())), "zhang.san"), (new BookingFact(BookingResult.Confirmed, "CORE-1"), "core"),
        })
            Assert.IsType<DeskAnswer.Done>(await desk.ReportAsync(id, fact, new(by), null, Cancellation));
    }

    private async Task<List<CoveredLoan>> LoansAsync(DayWindow window, int pageSize = 50, ScanVerdict? verdict = null)
    {
        var loans = new List<CoveredLoan>();
        for (MaturityEntry? after = null; ;)
        {
            var page = await Coverage.PageAsync(Samples.Bank, window, verdict, after, pageSize, Cancellation);
            Assert.True(page.Loans.Count <= pageSize);
            loans.AddRange(page.Loans);
            if ((after = page.Next) is null)
                return loans;
        }
    }

    private static (ScanVerdict, CaseId?) Only(List<CoveredLoan> loans) => (Assert.Single(loans).Verdict, loans[0].Case);
}
