using LoanRelief.Domain.Calendars;
using LoanRelief.Domain.Lists;
using LoanRelief.Domain.Policies;
using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>What a decision may look at besides the case itself.</summary>
/// <param name="Now">Business time.</param>
/// <param name="By">Who reports, or <c>system</c>.</param>
/// <param name="Calendar">Working days.</param>
/// <param name="Packs">Policies: at the opening the latest version of each; afterwards at least those that the case began with.</param>
/// <param name="Key">The caller's idempotency key with a fingerprint of what it sent.</param>
public sealed record CaseContext(DateTimeOffset Now, string By, BusinessCalendar Calendar, IReadOnlyList<PolicyPack> Packs, string? Key = null)
{
    public const string System = "system";

    /// <summary>
    /// Entries of exclusion lists from outside about the borrower that are valid today, or on the day of the signature when
    /// that is reported. Looked up when the case is opened and when <see cref="ReliefCase.ListsWanted"/>; none at other times.
    /// </summary>
    public IReadOnlyList<Exclusion> Listed { get; init; } = [];

    /// <summary>Today in Beijing.</summary>
    public DateOnly Today => BeijingTime.DateOf(Now);
}

/// <summary>One step while it is being decided: collects events, or the reasons why the fact is refused.</summary>
internal sealed class Step(CaseState? before, CaseContext context)
{
    private static readonly TimeOnly StartOfWork = new(9, 0);

    private readonly List<CaseEvent> _events = [];
    private readonly List<Refusal> _refusals = [];
    private CaseState? _case = before;
    private Rule? _running;

    public CaseState Case => _case ?? throw new InvalidOperationException("The case has not been opened.");

    public CaseContext Context => context;

    /// <summary>The policies that the case began with, in the versions of that day.</summary>
    /// <exception cref="InvalidOperationException">The caller did not hand in one of them.</exception>
    public IReadOnlyList<PolicyPack> Packs =>
    [
        .. Case.Packs.Select(kept => context.Packs.FirstOrDefault(pack => pack.Reference == kept)
            ?? throw new InvalidOperationException($"Case {Case.Id} began with {kept}, which is not at hand.")),
    ];

    public IReadOnlyList<CaseEvent> Events => _events;

    public IReadOnlyList<Refusal> Refusals => _refusals;

    public void Raise(CaseEvent happened)
    {
        _events.Add(happened);
        _case = CaseFold.Apply(_case, happened, context.Now);
    }

    /// <summary>Refuses the fact; everything raised so far is dropped with it.</summary>
    public void Refuse(Refusal refusal) => _refusals.Add(refusal);

    /// <summary>Refuses unless the condition holds; returns whether it does.</summary>
    public bool Require(bool condition, string code, string? field = null)
    {
        if (!condition)
            Refuse(new(code, field));
        return condition;
    }

    public void Open(TaskKind kind, Assignee assignee, DueTime due)
    {
        if (Case.Task(kind) is not null)
            throw new InvalidOperationException($"Task {kind} is open already.");
        Raise(new TaskOpened(new(kind, assignee, context.Now, due.At) { Provisional = due.Provisional, Counted = due.Counted }));
    }

    /// <summary>Closes the task if it is open.</summary>
    public void Finish(TaskKind kind)
    {
        if (Case.Task(kind) is not null)
            Raise(new TaskClosed(kind));
    }

    /// <summary>The task is due at another time; it does not count as chased.</summary>
    public void Move(TaskKind kind, DueTime due) => Raise(new TaskMoved(kind, due.At, Case.Task(kind)!.Chases, due.Provisional, due.Counted));

    /// <summary>The task came due and was not done: look again at <paramref name="due"/>.</summary>
    /// <returns>How many times it has come due by now.</returns>
    public int Chase(TaskKind kind, DueTime due)
    {
        var chases = Case.Task(kind)!.Chases + 1;
        Raise(new TaskMoved(kind, due.At, chases, due.Provisional, due.Counted));
        return chases;
    }

    public void Ask(string kind, EffectDetails details)
    {
        var ordinal = Case.EffectCounts.GetValueOrDefault(kind) + 1;
        Raise(new EffectAsked(new($"{Case.Id}/{kind}/{ordinal}", kind, context.Now, details, 0, context.Now)));
    }

    /// <summary>Leaves the present stage with its tasks and begins the next one.</summary>
    public void Enter(Stage stage)
    {
        CheckLeadsTo(stage);
        foreach (var task in Case.Tasks.Where(task => !task.OutlivesStage))
            Raise(new TaskClosed(task.Kind));
        Raise(new StageEntered(stage));
        if (CaseProcess.OnEntry(stage) is { } rule)
            Run(rule, null);
    }

    public void Run(Rule rule, Fact? fact)
    {
        var outer = _running;
        _running = rule;
        rule.Apply(this, fact);
        _running = outer;
    }

    public void Close(Outcome outcome, string reason, string? note = null)
    {
        CheckLeadsTo(Stage.Closed);
        Raise(new CaseClosed(outcome, reason, note));
        Ask(EffectKinds.CaseClosed, new() { Outcome = outcome, Reason = reason, Proposal = Case.Proposal });
    }

    private void CheckLeadsTo(Stage stage)
    {
        if (_running is not null && !_running.LeadsTo.Contains(stage))
            throw new InvalidOperationException($"The line '{_running.Occasion}' of stage {Case.Stage} does not say that it leads to {stage}.");
    }

    /// <summary>The start of work on the n-th working day from today.</summary>
    public DueTime AfterWorkingDays(int days) => Due(new(context.Today, days));

    /// <summary>The start of work on a day that is counted in working days.</summary>
    public DueTime Due(WorkingDayCount counted)
    {
        var day = context.Calendar.AddWorkingDays(counted.From, counted.WorkingDays);
        return new(MorningOf(day.Date), day.Provisional, counted);
    }

    public static DateTimeOffset MorningOf(DateOnly day) => BeijingTime.At(day, StartOfWork);
}
