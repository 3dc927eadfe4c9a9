using LoanRelief.Scenarios.Client;
using LoanRelief.Scenarios.House;
using Xunit;
using static LoanRelief.Scenarios.Client.Facts;

namespace LoanRelief.Scenarios.Crashes;

/// <summary>The main ways through the process, from the loan book to the outcome, going from deadline to deadline.</summary>
/// <remarks>Each says from where on it is to be disturbed: the renewal from its beginning, the others from where they part from it.</remarks>
internal static class MainStories
{
    public static async Task<CaseFile> RenewalAsync(Bank bank, Func<Task> fromHereOn)
    {
        await fromHereOn();
        var file = await FoundByScanAsync(bank);
        await file.ReportAsync(Contacted(), Wants("renew"), AllDocuments, Approved(), SignedOn(bank.Time.Today), Booked("JJ2025-0515"));
        return await ToTheEndAsync(bank, file, "closed: renewed, relieved-as-agreed");
    }

    public static async Task<CaseFile> GuarantorsAsync(Bank bank, Func<Task> fromHereOn)
    {
        var file = await bank.OpenAsync(Road.Guaranteed(bank.NewLoan(daysToMaturity: 70)));
        await file.ReportAsync(Contacted());
        await fromHereOn();
        await file.ReportAsync(Wants("extend"), AllDocuments, Approved());
        await ToNextDeadlineAsync(bank, file);
        await file.ReportAsync(Consents("G-1"), Consents("G-2"), SignedOn(bank.Time.Today), Booked());
        return await ToTheEndAsync(bank, file, "closed: extended, relieved-as-agreed");
    }

    public static async Task<CaseFile> SilenceAsync(Bank bank, Func<Task> fromHereOn)
    {
        var file = await FoundByScanAsync(bank);
        await fromHereOn();
        return await ToTheEndAsync(bank, file, "closed: lapsed, borrower-not-reached");
    }

    public static async Task<CaseFile> BookingFailuresAsync(Bank bank, Func<Task> fromHereOn)
    {
        var file = await Road.ToAsync("booking", bank);
        await fromHereOn();
        await file.ReportAsync(BookingFailed);
        await ToNextDeadlineAsync(bank, file);
        await file.ReportAsync(BookingFailed);
        await ToNextDeadlineAsync(bank, file);
        await file.ReportAsync(BookingFailed);
        await ToNextDeadlineAsync(bank, file);
        await file.ReportAsync(Reversed);
        return await ToTheEndAsync(bank, file, "closed: bookingFailed, core-system-refused");
    }

    public static async Task<CaseFile> SecondReviewAsync(Bank bank, Func<Task> fromHereOn)
    {
        var file = await Road.ToAsync("approval", bank);
        await fromHereOn();
        await file.ReportAsync(Refused());
        await ToNextDeadlineAsync(bank, file);
        await file.ReportAsync(Refused(by: Reviewer));
        return await ToTheEndAsync(bank, file, "closed: refused, refused-twice");
    }

    public static async Task<CaseFile> WithdrawalAfterSignatureAsync(Bank bank, Func<Task> fromHereOn)
    {
        var file = await Road.ToAsync("booking", bank);
        await fromHereOn();
        await file.ReportAsync(Withdrawn(), Reversed);
        return await ToTheEndAsync(bank, file, "closed: withdrawn, withdrawn");
    }

    public static async Task<CaseFile> HoldAsync(Bank bank, Func<Task> fromHereOn)
    {
        await fromHereOn();
        var file = await bank.OpenAsync(bank.NewLoan(maturity: bank.Time.Today.AddMonths(1).AddDays(3)));
        await file.ReportAsync(Held(bank.Time.Today.AddDays(9)));
        await ToNextDeadlineAsync(bank, file);
        await ToNextDeadlineAsync(bank, file);
        await file.ReportAsync(Contacted(), Held(), Released, Wants("none"));
        return await ToTheEndAsync(bank, file, "closed: declined, borrower-declined");
    }

    public static async Task<CaseFile> BookChangesAsync(Bank bank, Func<Task> fromHereOn)
    {
        var file = await Road.ToAsync("intent", bank);
        await fromHereOn();
        var moved = await bank.HandOverAsync(file.Loan with { Maturity = file.Loan.Maturity.AddMonths(2) });
        await ToNextDeadlineAsync(bank, file);
        await bank.HandOverAsync(moved with { Outstanding = 0 });
        return await ToTheEndAsync(bank, file, "closed: repaid, repaid-beforehand");
    }

    private static async Task<CaseFile> FoundByScanAsync(Bank bank)
    {
        var loan = await bank.HandOverAsync(bank.NewLoan(maturity: bank.Time.Today.AddMonths(1).AddDays(12)));
        await bank.Time.PassDaysAsync(1);
        return await bank.HearOfCaseAsync(loan);
    }

    private static async Task ToNextDeadlineAsync(Bank bank, CaseFile file) =>
        await bank.Time.MoveToAsync((await file.ReadAsync()).NextDeadline!.Value);

    private static async Task<CaseFile> ToTheEndAsync(Bank bank, CaseFile file, string end)
    {
        while ((await file.ReadAsync()).Stage != "closed")
            await ToNextDeadlineAsync(bank, file);
        Assert.Equal(end, (await file.ReadAsync()).End);
        return file;
    }
}
