using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Schedules;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>What came of a fact.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>It was taken: this step is to be stored, and the case stands like this after it.</summary>
    public sealed record Accepted(CaseStep Step, CaseState After) : Verdict;

    /// <summary>It was not taken and nothing changed.</summary>
    /// <param name="Reasons">Why; at least one.</param>
    /// <param name="NotNow">The case does not take such a fact at this point, whatever it says.</param>
    public sealed record Refused(IReadOnlyList<Refusal> Reasons, bool NotNow) : Verdict;

    /// <summary>There is nothing to do.</summary>
    public sealed record Nothing : Verdict;
}

/// <summary>
/// The state machine of a case: pure. The same state, fact and context give the same verdict on any machine at any
/// time. The rules themselves are in <see cref="CaseProcess"/>.
/// </summary>
public static class ReliefCase
{
    /// <summary>Opens a case. A loan on an exclusion list or past its maturity is closed in the same step, so that it is counted.</summary>
    public static Verdict Open(OpenFact fact, CaseContext context)
    {
        var step = new Step(null, context);
        if (!step.Require(!fact.Loan.IsSettled, "loan-settled"))
            return new Verdict.Refused(step.Refusals, NotNow: false);
        var packs = PolicyPacks.InForce(context.Packs, context.Today);
        var facts = new LoanFacts(fact.Loan, context.Today, fact.Policy.Signature.LastDayOf(fact.Loan)) { Lender = fact.Lender };
        step.Raise(new CaseOpened(fact.Id, fact.Loan, fact.Policy, [.. packs.Select(pack => pack.Reference)], fact.Lender, fact.Trigger,
            MeasureRules.ContactDeadline(packs, facts, fact.Policy.Contact.Rule, context.Calendar),
            ScheduleCalculator.Remaining(fact.Loan, context.Today, context.Calendar)));
        if (Examining.ScreenedOut(step))
            return Finish(null, step, "open");
        if (Signing.LastDayOf(step.Case) < context.Today)
            step.Close(Outcome.Lapsed, ReasonCodes.MaturedBeforehand);
        else
            step.Enter(Stage.Contact);
        return Finish(null, step, "open");
    }

    /// <summary>Takes a fact that somebody reports. Deadlines that came before it are dealt with first, in the same step.</summary>
    public static Verdict Report(CaseState state, Fact fact, CaseContext context)
    {
        var step = new Step(state, context);
        LetTimePass(step);
        var now = step.Case;
        if (CaseProcess.For(now.Stage, fact.GetType()) is not { } rule)
            return new Verdict.Refused([new Refusal(now.IsClosed ? "case-closed" : "not-in-this-stage").With("stage", now.Stage)], NotNow: true);
        if (now.IsHeld && !rule.EvenOnHold)
            return new Verdict.Refused([new Refusal("case-on-hold").With("until", now.Hold!.Until)], NotNow: true);
        step.Run(rule, fact);
        return step.Refusals.Count > 0
            ? new Verdict.Refused(step.Refusals, NotNow: false)
            : Finish(state, step, Fact.NameOf(fact.GetType()));
    }

    /// <summary>Lets time pass: every task that has come due by now is dealt with, in the order in which it came due.</summary>
    public static Verdict PassTime(CaseState state, CaseContext context)
    {
        var step = new Step(state, context);
        LetTimePass(step);
        return Finish(state, step, "time");
    }

    /// <summary>Records how attempts to send effects ended; open or closed, a case takes this at any time.</summary>
    public static Verdict RecordDeliveries(CaseState state, IReadOnlyList<EffectReport> reports, CaseContext context)
    {
        var step = new Step(state, context);
        foreach (var report in reports)
            Delivering.Record(step, report);
        return Finish(state, step, "delivery");
    }

    /// <summary>
    /// Other holidays became known than those with which the case was computed: dates that were counted in working days
    /// are counted again, and what is due by then is dealt with. A closed case stays as it was closed.
    /// </summary>
    public static Verdict Recount(CaseState state, CaseContext context)
    {
        var step = new Step(state, context);
        if (!state.IsClosed)
            Recounting.Recount(step);
        if (step.Events.Count == 0)
            return new Verdict.Nothing();
        LetTimePass(step);
        return Finish(state, step, "calendar");
    }

    /// <summary>An operator sends an effect from the dead-letter list again.</summary>
    public static Verdict Redrive(CaseState state, string effectKey, CaseContext context)
    {
        var step = new Step(state, context);
        if (!step.Require(state.DeadLetters.Any(effect => effect.Key == effectKey), "no-such-dead-letter"))
            return new Verdict.Refused(step.Refusals, NotNow: false);
        step.Raise(new EffectRedriven(effectKey));
        return Finish(state, step, "redrive");
    }

    /// <summary>Names of the facts that the case would take now.</summary>
    public static IReadOnlyList<string> AcceptedFacts(CaseState state) =>
    [
        .. CaseProcess.Rules
            .Where(rule => rule.Fact is not null && rule.Fact != typeof(LoanFact) && rule.Stages.Contains(state.Stage))
            .Where(rule => rule.EvenOnHold || !state.IsHeld)
            .Where(rule => rule.Fact != typeof(ReleaseFact) || state.IsHeld)
            .Select(rule => rule.Occasion),
    ];

    /// <inheritdoc cref="Examining.ListsWanted"/>
    public static DateOnly? ListsWanted(CaseState state, Fact fact, DateOnly today) => Examining.ListsWanted(state, fact, today);

    /// <summary>The last day on which relief can be asked for and the contract signed.</summary>
    public static DateOnly LastDayOf(CaseState state) => Signing.LastDayOf(state);

    private static void LetTimePass(Step step)
    {
        var now = step.Context.Now;
        while (step.Case.RunningTasks.Where(task => task.DueAt <= now).OrderBy(task => task.DueAt).ThenBy(task => task.Kind).FirstOrDefault() is { } task)
        {
            step.Run(CaseProcess.For(step.Case.Stage, task.Kind), null);
            if (step.Case.Task(task.Kind) == task)
                throw new InvalidOperationException($"Task {task.Kind} came due in stage {step.Case.Stage} and was neither done nor put off.");
        }
    }

    private static Verdict Finish(CaseState? before, Step step, string cause)
    {
        if (step.Events.Count == 0)
            return new Verdict.Nothing();
        var record = new CaseStep((before?.Version ?? 0) + 1, step.Context.Now, step.Context.By, cause, step.Context.Key, step.Events);
        var after = CaseFold.Stamp(step.Case, record);
        return !after.IsClosed && after.NextDeadline is null
            ? throw new InvalidOperationException($"Case {after.Id} would wait in stage {after.Stage} for ever.")
            : new Verdict.Accepted(record, after);
    }
}
