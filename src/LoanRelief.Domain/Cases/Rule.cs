namespace LoanRelief.Domain.Cases;

/// <summary>One line of the process: in this stage, on this occasion, do this, and go on to one of these stages.</summary>
/// <param name="Stages">Where the rule holds.</param>
/// <param name="Fact">The type of fact that it answers to, if it does.</param>
/// <param name="Due">The task whose coming due it answers to, if it does.</param>
/// <param name="LeadsTo">Stages that it may enter. A rule that enters another is a mistake in the program.</param>
/// <param name="EvenOnHold">Whether the fact is taken while the case is on hold.</param>
public sealed record Rule(
    IReadOnlyList<Stage> Stages,
    Type? Fact,
    TaskKind? Due,
    IReadOnlyList<Stage> LeadsTo,
    bool EvenOnHold)
{
    /// <summary>What to do; the fact is null unless the rule answers to one.</summary>
    internal Action<Step, Fact?> Apply { get; init; } = static (_, _) => { };

    /// <summary>The rule acts as soon as the stage is entered.</summary>
    public bool IsOnEntry => Fact is null && Due is null;

    /// <summary>The occasion in words, for the diagram: the name of the fact, the task that came due, or nothing on entry.</summary>
    public string Occasion => Fact is not null ? Cases.Fact.NameOf(Fact) : Due is { } due ? $"{due} due" : "";
}

/// <summary>Lets the process be written as sentences.</summary>
internal sealed class Where(params Stage[] stages)
{
    public Rule OnEntry(Action<Step> apply, params Stage[] leadsTo) =>
        new(stages, null, null, leadsTo, EvenOnHold: true) { Apply = (step, _) => apply(step) };

    public Rule On<T>(Action<Step, T> apply, params Stage[] leadsTo) where T : Fact =>
        new(stages, typeof(T), null, leadsTo, EvenOnHold: false) { Apply = (step, fact) => apply(step, (T)fact!) };

    public Rule EvenOnHold<T>(Action<Step, T> apply, params Stage[] leadsTo) where T : Fact =>
        On(apply, leadsTo) with { EvenOnHold = true };

    public Rule When(TaskKind due, Action<Step> apply, params Stage[] leadsTo) =>
        new(stages, null, due, leadsTo, EvenOnHold: true) { Apply = (step, _) => apply(step) };
}
