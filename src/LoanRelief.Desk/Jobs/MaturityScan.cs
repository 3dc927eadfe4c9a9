using LoanRelief.Desk.Calendars;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Loans;
using LoanRelief.Desk.Policies;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;

namespace LoanRelief.Desk.Jobs;

/// <summary>Opens a case for every loan whose contact deadline comes near (应续尽续: none is dropped).</summary>
/// <remarks>
/// Loans that are due for it wait in an index until they have been looked at, so a day that was missed is caught up by
/// the next run, and a run that broke off, or a second one beside it, does no harm. They wait for the day by the lender's
/// own contact rule. Where a policy in force asks for an earlier contact, the run looks as far ahead as that can reach and
/// holds each loan against the policies as its case will; so a policy counts from the next run on for every loan in the
/// book, and no longer than it is in force.
/// </remarks>
public sealed class MaturityScan(
    ILoanStore loans, CaseDesk desk, LoanDesk loanDesk, PolicyDesk policies, CalendarDesk calendars, CasePolicy policy) : IDailyJob
{
    public const string JobName = "maturity-scan";

    /// <summary>Loans that are struck off the list together: the more, the fewer calls, and the more are looked at twice when a run breaks off.</summary>
    private const int Together = 1_000;

    public string Name => JobName;

    public TimeOnly At => new(6, 0);

    public async Task<IReadOnlyDictionary<string, int>> RunAsync(Institution institution, DateOnly today, CancellationToken cancellationToken)
    {
        // Cases that are opened today begin with what is in force today, so each run asks anew.
        var packs = PolicyPacks.InForce(await policies.ReadLatestAsync(cancellationToken), today);
        var calendar = await calendars.CurrentAsync(cancellationToken);
        var lookTo = today.AddDays(MeasureRules.ContactDaysAhead(packs, policy.Contact.Rule));
        var (opened, known) = (0, 0);
        await foreach (var some in loans.ToScanAsync(institution.Id, lookTo, cancellationToken).Chunk(Together))
        {
            var looked = await SideBySide.SelectAsync(some, LookAtAsync, cancellationToken);
            // One that has changed meanwhile stays due, and the next run looks at it again.
            await loans.PutManyAsync(institution.Id, [.. looked.Select(each => each.Change).OfType<LoanChange>()], cancellationToken);
            opened += looked.Count(each => each.Opened is true);
            known += looked.Count(each => each.Opened is false);
        }

        return new Dictionary<string, int> { ["opened"] = opened, ["alreadyKnown"] = known };

        async Task<(bool? Opened, LoanChange? Change)> LookAtAsync(DueLoan due, CancellationToken token)
        {
            if (await loans.FindAsync(institution.Id, due, token) is not { } stored || (due.On > today && !HasCome(stored.Loan)))
                return default;
            var answer = await desk.OpenAsync(stored.Loan, institution.Kind, CaseTrigger.Scan, Caller.System, token);
            var next = answer is DeskAnswer.AlreadyOpen ? await loanDesk.AfterScanAsync(stored.Loan, token) : null;
            return next == stored.Watch.ScanOn
                ? (false, null) // looked at ahead of its day, while a case for another maturity is open
                : (answer is DeskAnswer.Done, new LoanChange(stored, stored.Loan, stored.Watch with { ScanOn = next }));
        }

        bool HasCome(Loan loan)
        {
            var facts = new LoanFacts(loan, today, policy.Signature.LastDayOf(loan)) { Lender = institution.Kind };
            return policy.Contact.OpenOn(MeasureRules.ContactDeadline(packs, facts, policy.Contact.Rule, calendar)) <= today;
        }
    }
}
