using LoanRelief.Desk;
using LoanRelief.Desk.Cases;
using LoanRelief.Domain.Cases;
using LoanRelief.Domain.Loans;
using LoanRelief.Tables.Rows;

namespace LoanRelief.Tables.Cases;

/// <summary>Which rows a case has besides its steps: a pure function of its state.</summary>
internal static class CaseRows
{
    public static Row Snapshot(CaseState state) => Row.Of(CaseKeys.Case(state.Id), state);

    public static Row Step(CaseId id, CaseStep step) => Row.Of(CaseKeys.Step(id, step.Number), step);

    /// <summary>The entry of the loan, which only its last case touches, and that only until it is closed.</summary>
    public static Row Loan(CaseState state) =>
        Row.Of(CaseKeys.Loan(state.Id.Loan), new LoanEntry(state.Id.Ordinal, state.IsClosed ? null : state.Id, state.Maturity));

    /// <summary>The rows by which the case is found.</summary>
    /// <param name="step">The step that led here, for what the state does not keep: why an effect was given up.</param>
    public static IReadOnlyList<Row> Index(CaseState state, CaseStep? step = null)
    {
        var (id, rows) = (state.Id, new List<Row>());
        if (state.NextDue is { } due)
            rows.Add(Row.Of(CaseKeys.Due(due, id), new DueCase(id, due)));

        var summary = CaseSummary.Of(state);
        if (state is { Outcome: { } outcome, ClosedAt: { } closedAt })
        {
            rows.Add(Row.Of(CaseKeys.Closed(closedAt, id), summary));
            rows.Add(Row.Of(CaseKeys.Ended(outcome, closedAt, id), summary));
        }
        else
        {
            var deadline = state.NextDeadline ?? throw new InvalidOperationException($"Case {id} is open and has no next deadline.");
            rows.Add(Row.Of(CaseKeys.Open(state.Stage, deadline, id), summary));
        }

        var details = step?.Events.OfType<EffectGivenUp>().ToDictionary(given => given.Key, given => given.Detail);
        rows.AddRange(state.DeadLetters.Select(effect => Row.Of(CaseKeys.Dead(effect),
            new DeadLetter(effect.Key, effect.Kind, id.ToString(), effect.AskedAt, details?.GetValueOrDefault(effect.Key)))));
        return rows;
    }
}

/// <summary>What is stored of <see cref="LoanCases"/>.</summary>
internal sealed record LoanEntry(int Cases, CaseId? Open, DateOnly LastMaturity);
