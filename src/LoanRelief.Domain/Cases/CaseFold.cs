using LoanRelief.Domain.Values;

namespace LoanRelief.Domain.Cases;

/// <summary>How events make up the state. No rules here: an event that has happened can not be refused.</summary>
public static class CaseFold
{
    /// <summary>The state after these steps.</summary>
    /// <exception cref="InvalidOperationException">The steps do not begin with an opening, or one is missing.</exception>
    public static CaseState Rebuild(IEnumerable<CaseStep> steps)
    {
        CaseState? state = null;
        foreach (var step in steps)
            state = Apply(state, step);
        return state ?? throw new InvalidOperationException("A case without a step is none.");
    }

    /// <summary>The state after one more step.</summary>
    public static CaseState Apply(CaseState? state, CaseStep step)
    {
        if (step.Number != (state?.Version ?? 0) + 1)
            throw new InvalidOperationException($"Step {step.Number} does not follow version {state?.Version ?? 0}.");
        foreach (var happened in step.Events)
            state = Apply(state, happened, step.At);
        return Stamp(state!, step);
    }

    internal static CaseState Stamp(CaseState state, CaseStep step) => state with
    {
        Version = step.Number,
        ChangedAt = step.At,
        Keys = step.Key is null ? state.Keys : [.. state.Keys, step.Key],
    };

    internal static CaseState Apply(CaseState? state, CaseEvent happened, DateTimeOffset at) => happened switch
    {
        CaseOpened e => new CaseState
        {
            Id = e.Id,
            Loan = e.Loan,
            Maturity = e.Loan.Maturity,
            Policy = e.Policy,
            Packs = e.Packs,
            Lender = e.Lender,
            Trigger = e.Trigger,
            ContactDeadline = e.ContactDeadline,
            OpenedAt = at,
            StageSince = at,
        },
        _ when state is null => throw new InvalidOperationException($"{happened.GetType().Name} comes before the case was opened."),

        LoanUpdated e => state with
        {
            Loan = e.Loan,
            Maturity = state.SignedOn is null ? e.Loan.Maturity : state.Maturity,
            ContactDeadline = e.ContactDeadline,
        },
        StageEntered e => state with { Stage = e.Stage, StageSince = at },

        TaskOpened e => state with { Tasks = [.. state.Tasks, e.Task] },
        TaskMoved e => state with
        {
            Tasks = Replace(state.Tasks, task => task.Kind == e.Kind,
                task => task with { DueAt = e.DueAt, Chases = e.Chases, Provisional = e.Provisional, Counted = e.Counted }),
        },
        TaskRecounted e => state with
        {
            Tasks = Replace(state.Tasks, task => task.Kind == e.Kind,
                task => task with { DueAt = e.After, Provisional = e.Provisional, Counted = e.Counted }),
        },
        TaskClosed e => state with { Tasks = Without(state.Tasks, task => task.Kind == e.Kind) },

        EffectAsked e => state with
        {
            PendingEffects = [.. state.PendingEffects, e.Effect],
            EffectCounts = new Dictionary<string, int>(state.EffectCounts)
            {
                [e.Effect.Kind] = state.EffectCounts.GetValueOrDefault(e.Effect.Kind) + 1,
            },
        },
        EffectDelivered e => state with { PendingEffects = Without(state.PendingEffects, effect => effect.Key == e.Key) },
        EffectPutOff e => state with
        {
            PendingEffects = Replace(state.PendingEffects, effect => effect.Key == e.Key,
                effect => effect with { Attempts = effect.Attempts + 1, NotBefore = e.NotBefore }),
        },
        EffectGivenUp e => state with
        {
            PendingEffects = Without(state.PendingEffects, effect => effect.Key == e.Key),
            DeadLetters = [.. state.DeadLetters, state.PendingEffects.Single(effect => effect.Key == e.Key)],
        },
        EffectRedriven e => state with
        {
            DeadLetters = Without(state.DeadLetters, effect => effect.Key == e.Key),
            PendingEffects = [.. state.PendingEffects, state.DeadLetters.Single(effect => effect.Key == e.Key) with { Attempts = 0, NotBefore = at }],
        },

        ContactAttempted e => state with
        {
            ContactAttempts = state.ContactAttempts + 1,
            ContactedOn = e is { Reached: true, Evidence: not null } ? state.ContactedOn ?? e.On : state.ContactedOn,
        },
        ContactDeadlineRecounted e => state with { ContactDeadline = e.After },
        ContactBreached => state with { ContactBreached = true },
        ContactBreachCleared => state with { ContactBreached = false },

        IntentDeclared e => state with
        {
            Intent = e.Intent,
            AskedOn = BeijingTime.DateOf(at),
            PreparedBy = e.PreparedBy,
            Screening = null,
            Proposal = null,
            Decision = null,
            DecidedBy = [],
            Consented = [],
        },
        FoundListed => state,
        Screened e => state with { Screening = e.Result },
        DocumentsReceived e => state with { DocumentsReceived = [.. state.DocumentsReceived.Union(e.Documents)] },
        ProposalMade e => state with { Proposal = e.Proposal },
        Decided e => state with { Decision = e.Decision, DecidedBy = [.. state.DecidedBy, e.By] },
        GuarantorAnswered { Consents: true } e => state with { Consented = [.. state.Consented, e.Guarantor] },
        GuarantorAnswered => state,
        ContractSigned e => state with { ContractNumber = e.ContractNumber, SignedOn = e.SignedOn },

        BookingInstructed e => state with { BookingAttempts = e.Attempt },
        BookingAnswered { Answer.Result: BookingResult.Confirmed } e => state with { Booking = e.Answer },
        BookingAnswered => state,
        ReversalInstructed e => state with { Reversal = e },

        CaseHeld e => state with { Hold = e },
        CaseReleased => state with { Hold = null },
        CaseClosed e => state with
        {
            Stage = Stage.Closed,
            StageSince = at,
            Outcome = e.Outcome,
            ReasonCode = e.Reason,
            ClosedAt = at,
            Hold = null,
            Tasks = [],
        },
        _ => throw new InvalidOperationException($"Unknown event {happened.GetType().Name}."),
    };

    private static IReadOnlyList<T> Without<T>(IReadOnlyList<T> items, Func<T, bool> which) => [.. items.Where(item => !which(item))];

    private static IReadOnlyList<T> Replace<T>(IReadOnlyList<T> items, Func<T, bool> which, Func<T, T> with) =>
        [.. items.Select(item => which(item) ? with(item) : item)];
}
