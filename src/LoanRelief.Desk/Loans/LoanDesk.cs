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
    /// Should the program end in between, the scan tells the case.
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

    /// <summary>Tells the open case of a loan, if it has one, what the book says now.</summary>
    public async Task TellCaseAsync(Loan loan, CancellationToken cancellationToken)
    {
        if ((await cases.CasesOfAsync(loan.Institution, loan.Number, cancellationToken)).Open is { } open)
            await TellAsync(open, loan, cancellationToken);
    }

    private async Task<PutLoanAnswer> TryPutAsync(Loan loan, CancellationToken cancellationToken)
    {
        var before = await loans.FindAsync(loan.Institution, loan.Number, cancellationToken);
        if (before is not null && Same(before.Loan, loan))
            return new PutLoanAnswer.Stored(before.Loan, IsNew: false);
        var known = before is null ? null : await cases.CasesOfAsync(loan.Institution, loan.Number, cancellationToken);
        var today = BeijingTime.DateOf(clock.GetUtcNow());
        var watch = new LoanWatch(ScanOn(loan, known, today), ReminderPlan.NextAfter(loan, today.AddDays(-1), calendar, policy.Reminders)?.SendOn);
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

    private DateOnly? ScanOn(Loan loan, LoanCases? known, DateOnly today)
    {
        if (known?.Open is not null)
            return today;
        if (loan.IsSettled || known?.LastMaturity == loan.Maturity)
            return null;
        return ContactDeadline.For(loan.Maturity, calendar, policy.Contact.Rule).Date.AddDays(-policy.Contact.OpenDaysBeforeDeadline);
    }

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
