using System.Text.Json;
using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Loans;

/// <summary>What is to be done with a loan that is handed over: the rules of the loan book.</summary>
internal sealed class LoanPlanner(ICaseStore cases, CaseDesk desk, CasePolicy policy, CalendarDesk calendars, TimeProvider clock)
{
    private DateOnly Today => BeijingTime.DateOf(clock.GetUtcNow());

    /// <param name="before">The loan as it is stored; null when it is new.</param>
    /// <param name="import">The import that brings the loan.</param>
    public async Task<LoanPlan> PlanAsync(StoredLoan? before, Loan loan, Guid? import, CancellationToken cancellationToken)
    {
        var today = Today;
        // An import that was broken off brings it again: what stands there since is what it brought, or is newer.
        var again = before?.Mark is { } mark && mark.Import == import ? mark : null;
        if (before is not null && (again is not null || Same(before.Loan, loan)))
        {
            // Perhaps a repeat, because the program ended when the loan had been stored and the case not been told.
            var untold = before.Watch.ScanOn <= today ? (await KnownAsync()).Open : null;
            return new(before, before.Loan, Watch: null, untold, again?.Kind ?? LoanChangeKind.None);
        }

        var known = before is null ? null : await KnownAsync();
        // With an open case: the next scan, which tells the case should the program end before it is told.
        var calendar = await calendars.CurrentAsync(cancellationToken);
        var scanOn = known?.Open is null ? NextScan(loan, known, calendar) : today;
        var remindOn = ReminderPlan.NextAfter(loan, today.AddDays(-1), calendar, policy.Reminders)?.SendOn;
        return new(before, loan, new LoanWatch(scanOn, remindOn), known?.Open, before is null ? LoanChangeKind.Added : LoanChangeKind.Changed);

        Task<LoanCases> KnownAsync() => cases.CasesOfAsync(loan.Institution, loan.Number, cancellationToken);
    }

    /// <summary>Tells the open case what the book says; nothing when it knows, or there is none.</summary>
    public async Task TellAsync(CaseId? open, Loan loan, CancellationToken cancellationToken)
    {
        if (open is { } id && await cases.FindAsync(id, cancellationToken) is { } stored && !Same(stored.State.Loan, loan))
            await desk.ReportAsync(id, new LoanFact(loan), new(Caller.System.By), null, cancellationToken);
    }

    /// <summary>
    /// Some days before the contact deadline by the lender's own rule, once for each maturity; a loan whose case is still
    /// open, for another maturity, has to wait for it. Policies can only ask for an earlier contact, and come and go: the
    /// scan looks ahead for that.
    /// </summary>
    public async ValueTask<DateOnly?> NextScanAsync(Loan loan, LoanCases? known, CancellationToken cancellationToken) =>
        NextScan(loan, known, await calendars.CurrentAsync(cancellationToken));

    private DateOnly? NextScan(Loan loan, LoanCases? known, BusinessCalendar calendar)
    {
        if (loan.IsSettled || known?.LastMaturity == loan.Maturity)
            return null;
        var day = policy.Contact.OpenOn(ContactDeadline.For(loan.Maturity, calendar, policy.Contact.Rule));
        var tomorrow = Today.AddDays(1);
        return known?.Open is not null && day < tomorrow ? tomorrow : day;
    }

    private static bool Same(Loan a, Loan b) =>
        JsonSerializer.Serialize(a, DomainJson.Options) == JsonSerializer.Serialize(b, DomainJson.Options);
}

/// <param name="Before">The loan as it is stored; null when it is new.</param>
/// <param name="Loan">The loan as it is to stand in the book.</param>
/// <param name="Watch">The days with which it is to be stored; null when it need not be.</param>
/// <param name="Tell">The case to be told of it afterwards.</param>
/// <param name="Kind">What that does to the book, or did when the same import brought the loan before.</param>
internal sealed record LoanPlan(StoredLoan? Before, Loan Loan, LoanWatch? Watch, CaseId? Tell, LoanChangeKind Kind)
{
    /// <summary>When all of it has been done.</summary>
    public PutLoanAnswer.Stored Answer { get; } = new(Loan, Kind);
}
