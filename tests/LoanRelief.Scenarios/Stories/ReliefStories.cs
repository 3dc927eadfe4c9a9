using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Stories;

public class ReliefStories(ScenarioHouse house) : Scenario(house)
{
    /// <summary>Seed 003: 2,000,000 yuan in Wencheng, the cash flow tight, renewed without repaying principal (无还本续贷).</summary>
    [Fact]
    public async Task A_loan_near_maturity_is_found_by_the_scan_spoken_about_and_renewed_without_repaying_principal()
    {
        var loan = await Bank.HandOverAsync(Bank.NewLoan(maturity: Time.Today.AddMonths(1).AddDays(12)));
        await Time.PassDaysAsync(1);
        var file = await Bank.HearOfCaseAsync(loan);
        Assert.Equal(("contact", "scan"), ((await file.ReadAsync()).Stage, (await file.ReadAsync()).Trigger));

        await file.ReportAsync(Contacted(), Wants("renew"));
        var approval = await file.ReportAsync(AllDocuments);
        Assert.Equal("approval", approval.Stage);
        Assert.Equal(("renew", loan.Maturity.AddYears(1), "creditDepartment"),
            (approval.Proposal!.Kind, approval.Proposal.NewMaturity, approval.Proposal.Level));
        Assert.True(approval.Proposal.Classification.MayStayNormal);

        var followUp = await file.ReportAsync(Approved(), SignedOn(Time.Today), Booked("JJ2025-0515"));
        Assert.Equal(("followUp", "JJ2025-0515"), (followUp.Stage, followUp.Booking!.NewLoanNumber));
        await Time.PassDaysAsync(30);

        Assert.Equal("closed: renewed, relieved-as-agreed", (await file.ReadAsync()).End);
        Assert.Equal(
        [
            "contact.requested", "intent.requested", "documents.requested", "approval.requested",
            "signature.requested", "booking.instructed", "follow-up.due", "case.closed",
        ], file.Heard);
    }

    [Fact]
    public async Task An_extension_waits_for_the_written_consent_of_every_guarantor()
    {
        var file = await Bank.OpenAsync(Road.Guaranteed(Bank.NewLoan(daysToMaturity: 60)));
        await file.ReportAsync(Contacted(), Wants("extend"), AllDocuments, Approved());
        Assert.Equal(2, file.Heard.Count(kind => kind == "consent.requested"));

        Assert.Equal("guarantee", (await file.ReportAsync(Consents("G-1"))).Stage);
        var signature = await file.ReportAsync(Consents("G-2"));
        Assert.Equal(("signature", file.Loan.Maturity.AddMonths(6)), (signature.Stage, signature.Proposal!.NewMaturity));

        await file.ReportAsync(SignedOn(Time.Today), Booked());
        await Time.PassDaysAsync(30);
        Assert.Equal("closed: extended, relieved-as-agreed", (await file.ReadAsync()).End);
    }

    [Fact]
    public async Task A_deferral_needs_the_application_alone()
    {
        var file = await Bank.OpenAsync(Bank.NewLoan(daysToMaturity: 60));
        await file.ReportAsync(Contacted(), Wants("defer"), Documents("application"), Approved(), SignedOn(Time.Today), Booked());

        await Time.PassDaysAsync(30);
        Assert.Equal("closed: deferred, relieved-as-agreed", (await file.ReadAsync()).End);
    }

    [Fact]
    public async Task A_repayment_that_was_announced_and_comes_closes_the_case()
    {
        var file = await Bank.OpenAsync(Bank.NewLoan(daysToMaturity: 4));
        await file.ReportAsync(Contacted(), Wants("repay"));
        await Time.PassUntilAsync(file.Loan.Maturity);

        Assert.Equal("closed: repaid, repaid-as-announced", (await file.ReportAsync(Booked())).End);
    }

    [Fact]
    public async Task A_loan_that_is_settled_in_the_book_closes_its_case_as_repaid()
    {
        var file = await Road.ToAsync("approval", Bank);

        await Bank.HandOverAsync(file.Loan with { Outstanding = 0 });
        Assert.Equal("closed: repaid, repaid-beforehand", (await file.ReadAsync()).End);
    }

    [Fact]
    public async Task A_borrower_who_wants_nothing_has_declined()
    {
        var file = await Bank.OpenAsync(Bank.NewLoan(daysToMaturity: 60));

        Assert.Equal("closed: declined, borrower-declined", (await file.ReportAsync(Contacted(), Wants("none"))).End);
    }

    [Fact]
    public async Task Other_terms_come_back_from_the_approver_and_are_approved()
    {
        var file = await Road.ToAsync("approval", Bank);
        Assert.Equal("intent", (await file.ReportAsync(Returned())).Stage);

        var again = await file.ReportAsync(WantsRenewalUntil(file.Loan.Maturity.AddMonths(6)));
        Assert.Equal(("approval", file.Loan.Maturity.AddMonths(6)), (again.Stage, again.Proposal!.NewMaturity));
        Assert.Equal("signature", (await file.ReportAsync(Approved())).Stage);
    }

    /// <summary>容缺办理.</summary>
    [Fact]
    public async Task Documents_that_may_follow_later_do_not_hold_the_case_up_and_keep_it_open_until_they_are_in()
    {
        var file = await Road.ToAsync("screening", Bank);
        Assert.Equal("approval", (await file.ReportAsync(Documents("application", "business-licence"))).Stage);
        await file.ReportAsync(Approved(), SignedOn(Time.Today), Booked("JJ2025-0516"));

        await Time.PassDaysAsync(31);
        Assert.Equal("followUp", (await file.ReadAsync()).Stage);
        Assert.Contains("documents.reminder", file.Heard);

        await file.ReportAsync(AllDocuments);
        await Time.PassDaysAsync(9);
        Assert.Equal("closed: renewed, relieved-as-agreed", (await file.ReadAsync()).End);
    }
}
