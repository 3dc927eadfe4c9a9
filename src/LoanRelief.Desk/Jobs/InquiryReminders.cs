using System.Text.Json;
using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Lists;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Desk.Jobs;

/// <summary>Counts the needs and problems that were not answered in time, and reminds whoever is responsible: the day after, then every so many working days.</summary>
/// <remarks>
/// A reminder that was sent but not recorded is sent again with the same key; one that was not taken is tried again the next
/// day. A day that rested on a year without a notice is counted again before anybody is reminded of it.
/// </remarks>
public sealed class InquiryReminders(IInquiryStore store, Courier courier, CasePolicy policy, CalendarDesk calendars) : IDailyJob
{
    public string Name => "inquiry-reminders";

    public TimeOnly At => new(9, 0);

    public async Task<IReadOnlyDictionary<string, int>> RunAsync(Institution institution, DateOnly today, CancellationToken cancellationToken)
    {
        var (late, reminded) = (0, 0);
        var calendar = await calendars.CurrentAsync(cancellationToken);
        await Parallel.ForEachAsync(store.OpenAsync(institution.Id, after: null, before: today, cancellationToken), SideBySide.Options(cancellationToken), async (open, token) =>
        {
            if (await store.FindAsync(open.Id, token) is not { Inquiry: var inquiry } stored || !open.Holds(inquiry, institution.Id))
                return;
            if (inquiry.AnswerBy.Provisional && policy.Inquiries.AnswerBy(inquiry.Kind, inquiry.ReceivedOn, calendar) is var counted && counted != inquiry.AnswerBy)
            {
                await PutAsync(stored, inquiry = inquiry with { AnswerBy = counted }, token);
                return;
            }

            Interlocked.Increment(ref late);
            var due = inquiry.NextReminder(policy.Inquiries.Of(inquiry.Kind), calendar);
            if (due > today || !await SendAsync(institution, inquiry, due, token))
                return;
            Interlocked.Increment(ref reminded);
            await PutAsync(stored, inquiry with { Reminders = inquiry.Reminders + 1, RemindedOn = today }, token);
        });
        return new Dictionary<string, int> { ["late"] = late, ["reminded"] = reminded };
    }

    private async Task<bool> SendAsync(Institution institution, Inquiry inquiry, DateOnly due, CancellationToken cancellationToken)
    {
        var reminder = inquiry.Reminders + 1;
        // Its own day, whenever it goes out: what comes again is the same in every word.
        var time = BeijingTime.At(due, At);
        var data = new InquiryEventData(inquiry.Id, inquiry.Kind, inquiry.Firm, inquiry.AnswerBy.Date, reminder, reminder >= policy.Inquiries.Of(inquiry.Kind).EscalateAfterReminders ? true : null);
        var outgoing = new OutgoingEvent(
            $"{inquiry.Id}/overdue/{reminder}", "loanrelief.inquiry.overdue", $"inquiries/{inquiry.Id.By}/{inquiry.Id.List}/{inquiry.Id.Number}", time,
            JsonSerializer.SerializeToElement(data, DomainJson.Options));
        return (await courier.DeliverAsync(institution, outgoing, reminder, time, cancellationToken)).Status is DeliveryStatus.Delivered or DeliveryStatus.NoReceiver;
    }

    private async Task PutAsync(StoredInquiry stored, Inquiry after, CancellationToken cancellationToken)
    {
        try
        {
            await store.PutAsync(stored, after, cancellationToken);
        }
        catch (ConflictException)
        {
            // It was answered, or changed, meanwhile; the next run looks again.
        }
    }
}

/// <summary>The payload of a reminder; what is wanted stays at home.</summary>
/// <param name="AnswerBy">The last day on which an answer was in time.</param>
/// <param name="Reminder">1 for the first.</param>
/// <param name="Escalated">Set when it goes to the one above who should have answered.</param>
public sealed record InquiryEventData(InquiryId Inquiry, InquiryKind Kind, CreditCode Firm, DateOnly AnswerBy, int Reminder, bool? Escalated);
