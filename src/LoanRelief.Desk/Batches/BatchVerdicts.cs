using System.Text.Json;
using LoanRelief.Desk.Cases;
using LoanRelief.Desk.Lists;
using LoanRelief.Desk.Loans;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Loans;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Relief;
using LoanRelief.Domain.Values;
using LoanChange = LoanRelief.Domain.Relief.LoanChange;

namespace LoanRelief.Desk.Batches;

/// <summary>Does for one loan what its batch is for, and says what came of it. A repeat finds what was done and says the same.</summary>
public sealed class BatchVerdicts(IBatchStore store, ILoanStore loans, ICaseStore cases, CaseDesk desk, ExclusionDesk exclusions, LoanCourier courier, TimeProvider clock)
{
    /// <param name="institution">Null when it is not registered: then nobody is told of grants.</param>
    public async Task<BatchRow> OfAsync(CaseBatch batch, LoanNumber number, Eligibility eligibility, Institution? institution, CancellationToken cancellationToken)
    {
        if (await loans.FindAsync(batch.Institution, number, cancellationToken) is not { Loan: var loan })
            return Verdict(number, BatchVerdict.Refused, reasons: [new("loan-not-in-book")]);
        return batch.Measure is { Automatic: { } automatic }
            ? await GrantAsync(batch, loan, automatic, eligibility, institution, cancellationToken)
            : await OpenAsync(batch, loan, batch.Measure.Relief!, eligibility, institution, cancellationToken);
    }

    private async Task<BatchRow> OpenAsync(
        CaseBatch batch, Loan loan, IntentFact relief, Eligibility eligibility, Institution? institution, CancellationToken cancellationToken)
    {
        var caller = CallerOf(batch, "open");
        if (!await IsOursAsync(loan, caller, cancellationToken))
        {
            if ((await cases.CasesOfAsync(loan.Institution, loan.Number, cancellationToken)).Open is { } open)
                return Verdict(loan.Number, BatchVerdict.HasCase, open);
            switch (eligibility.Of(loan, relief, await ListedAsync(loan, cancellationToken)))
            {
                case Grant.NotMet { Reasons: var unmet }:
                    return Verdict(loan.Number, BatchVerdict.NotEligible, reasons: unmet);
                case Grant.Impossible { Reasons: var reasons }:
                    return Verdict(loan.Number, BatchVerdict.Refused, reasons: reasons);
            }
        }

        return await desk.OpenAsync(loan, institution?.Kind, CaseTrigger.Institution, caller, cancellationToken) switch
        {
            DeskAnswer.Done { Case.State: var state } => Verdict(loan.Number, BatchVerdict.Opened, state.Id, await GoOnAsync(batch, state, cancellationToken)),
            DeskAnswer.AlreadyOpen { Id: var other } => Verdict(loan.Number, BatchVerdict.HasCase, other),
            DeskAnswer.Refused { Reasons: var reasons } => Verdict(loan.Number, BatchVerdict.Refused, reasons: reasons),
            var answer => throw new InvalidOperationException($"The desk answered {answer.GetType().Name} to a batch."),
        };
    }

    /// <summary>Whether this batch has opened the loan's last case, before a crash.</summary>
    private async Task<bool> IsOursAsync(Loan loan, Caller caller, CancellationToken cancellationToken) =>
        (await cases.CasesOfAsync(loan.Institution, loan.Number, cancellationToken)).Last is { } last
        && (await cases.FindAsync(last, cancellationToken))?.State.Keys.Contains(caller.Mark) is true;

    /// <summary>The borrower was spoken with, and what it asks for; as far as that is known, and the case takes it.</summary>
    /// <returns>Why it was not taken; empty when it was.</returns>
    private async Task<IReadOnlyList<Refusal>> GoOnAsync(CaseBatch batch, CaseState state, CancellationToken cancellationToken)
    {
        if (state.IsClosed || batch.Measure is not { Contact: { } contact, Relief: { } relief })
            return [];
        foreach (var fact in new Fact[] { contact, relief })
        {
            if (await desk.ReportAsync(state.Id, fact, CallerOf(batch, Fact.NameOf(fact.GetType())), null, cancellationToken) is DeskAnswer.Refused { Reasons: var reasons })
                return reasons;
        }

        return [];
    }

    private async Task<BatchRow> GrantAsync(
        CaseBatch batch, Loan loan, AutomaticMeasure automatic, Eligibility eligibility, Institution? institution, CancellationToken cancellationToken)
    {
        var grant = await store.FindGrantAsync(loan.Institution, loan.Number, automatic.Measure, cancellationToken);
        if (grant is null)
        {
            // Whatever automatic measures apply are given with the terms of the case.
            if ((await cases.CasesOfAsync(loan.Institution, loan.Number, cancellationToken)).Open is { } open)
                return Verdict(loan.Number, BatchVerdict.HasCase, open);
            switch (eligibility.OfAutomatic(loan, automatic.Measure, automatic.Attested, await ListedAsync(loan, cancellationToken)))
            {
                case AutomaticGrant.NotMet { Reasons: var unmet }:
                    return Verdict(loan.Number, BatchVerdict.NotEligible, reasons: unmet);
                case AutomaticGrant.Impossible { Reasons: var reasons }:
                    return Verdict(loan.Number, BatchVerdict.Refused, reasons: reasons);
                case AutomaticGrant.Given given:
                    grant = await store.GrantAsync(GrantOf(batch, loan, automatic, given), cancellationToken);
                    break;
            }
        }

        var saves = grant!.Relief.Total.Relief;
        if (grant.Batch != batch.Id)
            return Verdict(loan.Number, BatchVerdict.AlreadyGranted) with { Relief = saves };
        if (institution is not null)
            await courier.SendAsync(institution, loan, Outgoing(grant, loan), cancellationToken);
        return Verdict(loan.Number, BatchVerdict.Granted) with { Relief = saves };
    }

    private Task<IReadOnlyList<Exclusion>> ListedAsync(Loan loan, CancellationToken cancellationToken) =>
        exclusions.ListedAsync(loan, BeijingTime.DateOf(clock.GetUtcNow()), cancellationToken);

    private LoanGrant GrantOf(CaseBatch batch, Loan loan, AutomaticMeasure automatic, AutomaticGrant.Given given) => new(
        loan.Institution, loan.Number, automatic.Measure, given.Policy, batch.Id, batch.By, batch.ApprovedBy!, BeijingTime.Of(clock.GetUtcNow()),
        given.Preview.Changes, given.Preview.NewRate, given.Preview.Relief.Totals);

    private static OutgoingEvent Outgoing(LoanGrant grant, Loan loan) => new(
        $"{grant.Institution}~{grant.Loan}/grant/{grant.Measure.Policy}/{grant.Measure.Measure}",
        "loanrelief.relief.granted",
        $"{grant.Institution}~{grant.Loan}",
        grant.At,
        JsonSerializer.SerializeToElement(
            new GrantEventData(grant.Loan, loan.Borrower.Reference, grant.Measure, grant.Policy, grant.Changes, grant.NewRate, grant.Relief), DomainJson.Options));

    private static Caller CallerOf(CaseBatch batch, string step) => new(batch.By, $"batch/{batch.Id:N}/{step}", step);

    private static BatchRow Verdict(LoanNumber loan, BatchVerdict verdict, CaseId? id = null, IReadOnlyList<Refusal>? reasons = null) =>
        new(0, loan, verdict, id, null, reasons ?? []);
}

/// <summary>The payload of the event by which the core system carries an automatic grant out.</summary>
/// <param name="Borrower">The institution's own reference; names stay at home.</param>
/// <param name="Policy">The version of the pack.</param>
/// <param name="Relief">What the borrower saves.</param>
public sealed record GrantEventData(
    LoanNumber Loan, string Borrower, MeasureId Measure, PolicyPackReference Policy, IReadOnlyList<LoanChange> Changes, Rate NewRate, ReliefTotals Relief);
