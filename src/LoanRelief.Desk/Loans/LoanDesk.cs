using System.Text.Json;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Loans;

/// <summary>Takes in loans: stores them, plans when they have to be looked at, and tells their open cases.</summary>
public sealed class LoanDesk(ILoanStore loans, ICaseStore cases, CaseDesk desk, CasePolicy policy, BusinessCalendar calendar, TimeProvider clock)
{
    private const int Tries = 20;

    /// <summary>Stores a loan, new or changed. The same loan again changes nothing.</summary>
    /// <remarks>
    /// When the loan has an open case, the loan is stored as due for the next maturity scan and then the case is told.
    /// Should the program end in between, a repeat tells the case, or else the scan does.
    /// </remarks>
    public async Task<PutLoanAnswer> PutAsync(Loan loan, CancellationToken cancellationToken)
    {
        if (LoanRules.Check(loan) is { Count: > 0 } reasons)
            return new PutLoanAnswer.Refused(reasons);
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TryPutAsync(loan, cancellationToken);
            }
            catch (ConflictException) when (tries < Tries)
            {
                await Task.Delay(Random.Shared.Next(1, 10 * tries), cancellationToken);
            }
        }
    }

    /// <summary>After the maturity scan has looked at a loan: tells its open case, if it has one, what the book says, and plans the next scan.</summary>
    /// <returns>When the scan has to look at the loan again; null when there is a case for its maturity, or it is settled.</returns>
    public async Task<DateOnly?> AfterScanAsync(Loan loan, CancellationToken cancellationToken)
    {
        if ((await cases.CasesOfAsync(loan.Institution, loan.Number, cancellationToken)).Open is { } open)
            await TellAsync(open, loan, cancellationToken);
        // Read again: what the case was told may have closed it, or moved the maturity that it is about.
        return NextScan(loan, await cases.CasesOfAsync(loan.Institution, loan.Number, cancellationToken));
    }

    private async Task<PutLoanAnswer> TryPutAsync(Loan loan, CancellationToken cancellationToken)
    {
        var before = await loans.FindAsync(loan.Institution, loan.Number, cancellationToken);
        if (before is not null && Same(before.Loan, loan))
        {
            // Perhaps a repeat, because the program ended when the loan had been stored and the case not been told.
            if (before.Watch.ScanOn <= Today && (await cases.CasesOfAsync(loan.Institution, loan.Number, cancellationToken)).Open is { } untold)
                await TellAsync(untold, loan, cancellationToken);
            return new PutLoanAnswer.Stored(before.Loan, IsNew: false);
        }

        var known = before is null ? null : await cases.CasesOfAsync(loan.Institution, loan.Number, cancellationToken);
        var today = Today;
        // With an open case: the next scan, which tells the case should the program end before it is told below.
        var scanOn = known?.Open is null ? NextScan(loan, known) : today;
        var watch = new LoanWatch(scanOn, ReminderPlan.NextAfter(loan, today.AddDays(-1), calendar, policy.Reminders)?.SendOn);
        await loans.PutAsync(before, loan, watch, cancellationToken);
        if (known?.Open is { } open)
            await TellAsync(open, loan, cancellationToken);
        return new PutLoanAnswer.Stored(loan, IsNew: before is null);
    }

    private async Task TellAsync(CaseId open, Loan loan, CancellationToken cancellationToken)
    {
        if (await cases.FindAsync(open, cancellationToken) is { } stored && !Same(stored.State.Loan, loan))
            await desk.ReportAsync(open, new LoanFact(loan), new(Caller.System.By), null, cancellationToken);
    }

    /// <summary>Some days before the contact deadline, once for each maturity; a loan whose case is still open, for another maturity, has to wait for it.</summary>
    private DateOnly? NextScan(Loan loan, LoanCases? known)
    {
        if (loan.IsSettled || known?.LastMaturity == loan.Maturity)
            return null;
        var day = ContactDeadline.For(loan.Maturity, calendar, policy.Contact.Rule).Date.AddDays(-policy.Contact.OpenDaysBeforeDeadline);
        var tomorrow = Today.AddDays(1);
        return known?.Open is not null && day < tomorrow ? tomorrow : day;
    }

    private DateOnly Today => BeijingTime.DateOf(clock.GetUtcNow());

    private static bool Same(Loan a, Loan b) =>
        JsonSerializer.Serialize(a, DomainJson.Options) == JsonSerializer.Serialize(b, DomainJson.Options);
}

public abstract record PutLoanAnswer
{
    private PutLoanAnswer()
    {
    }

    public sealed record Stored(Loan Loan, bool IsNew) : PutLoanAnswer;

    public sealed record Refused(IReadOnlyList<Refusal> Reasons) : PutLoanAnswer;
}
