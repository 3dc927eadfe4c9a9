using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Cases;

/// <summary>Which rows a case has: a pure function of its state.</summary>
internal static class CaseRows
{
    public static Row Step(CaseId id, CaseStep step) => Row.Of(CaseKeys.Step(id, step.Number), step);

    /// <summary>The entry of the loan, which only its last case touches, and that only until it is closed.</summary>
    public static Row Loan(CaseState state) =>
        Row.Of(CaseKeys.Loan(state.Id.Loan), new LoanEntry(state.Id.Ordinal, state.IsClosed ? null : state.Id, state.Maturity));

    /// <summary>The places in the index tables at which the case has to be found.</summary>
    /// <param name="steps">The steps that led here, for what the state does not keep: why an effect was given up.</param>
    public static IReadOnlyList<IndexPlace> Places(CaseState state, IReadOnlyList<CaseStep>? steps = null)
    {
        var (id, summary, places) = (state.Id, CaseSummary.Of(state), new List<IndexPlace>());
        if (state is { Outcome: { } outcome, ClosedAt: { } closedAt })
        {
            places.Add(IndexPlace.Of(CaseList.Closed, CaseKeys.Closed(closedAt, id), summary));
            places.Add(IndexPlace.Of(CaseList.Outcome, CaseKeys.Ended(outcome, closedAt, id), summary));
            if (state.NextDue is not null)
                places.Add(IndexPlace.Of(CaseList.Open, CaseKeys.Closing(closedAt, id), summary));
        }
        else
        {
            var deadline = state.NextDeadline ?? throw new InvalidOperationException($"Case {id} is open and has no next deadline.");
            places.Add(IndexPlace.Of(CaseList.Open, CaseKeys.Open(state.Stage, deadline, id), summary));
        }

        var details = steps?.SelectMany(step => step.Events).OfType<EffectGivenUp>().ToDictionary(given => given.Key, given => given.Detail);
        places.AddRange(state.DeadLetters.Select(effect => IndexPlace.Of(CaseList.DeadLetters, CaseKeys.Dead(effect),
            new DeadLetter(effect.Key, effect.Kind, id.ToString(), effect.AskedAt, details?.GetValueOrDefault(effect.Key)))));
        return places;
    }
}

/// <summary>What is stored of <see cref="LoanCases"/>.</summary>
internal sealed record LoanEntry(int Cases, CaseId? Open, DateOnly LastMaturity);
