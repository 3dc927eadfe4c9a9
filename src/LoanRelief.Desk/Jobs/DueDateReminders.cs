using System.Text.Json;
using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Jobs;

/// <summary>Reminds borrowers of each instalment and of the maturity, some days ahead and on the day.</summary>
/// <remarks>
/// A reminder that was sent but not recorded is sent again with the same key. Of several that were missed for one due
/// date only the latest goes out: nobody needs to hear at once that it is seven, three and one days to go.
/// </remarks>
public sealed class DueDateReminders(ILoanStore loans, LoanCourier courier, CasePolicy policy, CalendarDesk calendars) : IDailyJob
{
    public string Name => "due-date-reminders";

    public TimeOnly At => new(9, 0);

    public async Task<IReadOnlyDictionary<string, int>> RunAsync(Institution institution, DateOnly today, CancellationToken cancellationToken)
    {
        var (sent, givenUp) = (0, 0);
        var calendar = await calendars.CurrentAsync(cancellationToken);
        await Parallel.ForEachAsync(loans.ToRemindAsync(institution.Id, today, cancellationToken), SideBySide.Options(cancellationToken), async (due, token) =>
        {
            if (await loans.FindAsync(institution.Id, due, token) is not { } stored)
                return;
            foreach (var reminder in ReminderPlan.Due(stored.Loan, due.On, today, calendar, policy.Reminders))
            {
                if (await SendAsync(institution, stored.Loan, reminder, token))
                    Interlocked.Increment(ref sent);
                else
                    Interlocked.Increment(ref givenUp);
            }

            var next = ReminderPlan.NextAfter(stored.Loan, today, calendar, policy.Reminders)?.SendOn;
            try
            {
                await loans.PutAsync(stored, stored.Loan, stored.Watch with { RemindOn = next }, token);
            }
            catch (ConflictException)
            {
                // The loan changed meanwhile and has been planned anew.
            }
        });
        return new Dictionary<string, int> { ["sent"] = sent, ["givenUp"] = givenUp };
    }

    private Task<bool> SendAsync(Institution institution, Loan loan, Reminder reminder, CancellationToken cancellationToken) => courier.SendAsync(
        institution,
        loan,
        new(
            $"{loan.Institution}~{loan.Number}/due/{reminder.DueDate:yyyy-MM-dd}/{reminder.DaysAhead}",
            "loanrelief.due-date.reminder",
            $"{loan.Institution}~{loan.Number}",
            // Its own day, whenever it goes out: what comes again is the same in every word.
            BeijingTime.At(reminder.SendOn, At),
            JsonSerializer.SerializeToElement(new ReminderEventData(loan.Number, loan.Borrower.Reference, reminder), DomainJson.Options)),
        cancellationToken);
}

/// <summary>The payload of a reminder.</summary>
/// <param name="Borrower">The institution's own reference; names stay at home.</param>
public sealed record ReminderEventData(LoanNumber Loan, string Borrower, Reminder Reminder);
